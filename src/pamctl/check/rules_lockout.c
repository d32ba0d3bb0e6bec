/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks that nobody gets through. */
#include <security/_pam_types.h>

#include "pamctl/check/families.h"

/* Who only says yes, or only no, checks nobody. */
static bool
decides(const struct known *k)
{
	const uint32_t yes = UINT32_C(1) << PAM_SUCCESS;

	return k->first.answers & yes && k->first.answers != yes;
}

/* A refusal that comes before anybody could have been let in is meant. */
static bool
is_meant(const struct scene *s)
{
	for (size_t i = 0; i < s->chain->count; i++) {
		const struct entry *e = &s->chain->entry[i];
		const struct known *k = &s->study->known[i];

		if (e->kind == ENTRY_MODULE && decides(k) &&
		    (s->facility != FAC_AUTH ||
		    k->first.proof != PROOF_NOTHING))
			return false;
		if (is_module(e, "pam_deny") &&
		    (e->action[PAM_AUTH_ERR] == ACT_BAD ||
		    e->action[PAM_AUTH_ERR] == ACT_DIE))
			return true;
	}
	return false;
}

/* Somebody who is asked behind it, and for nothing. */
static const struct entry *
asked_in_vain(const struct scene *s)
{
	bool denied = false;

	for (size_t i = 0; i < s->chain->count; i++) {
		const struct entry *e = &s->chain->entry[i];
		const struct fact *fact = &s->study->known[i].first;

		denied |= is_module(e, "pam_deny");
		if (denied && e->kind == ENTRY_MODULE && s->study->x.reached[i] &&
		    fact->listed && fact->proof == PROOF_CREDENTIAL)
			return e;
	}
	return NULL;
}

/* The line that refuses although every module says yes if it can. */
static const struct entry *
refuser(const struct scene *s)
{
	const struct entry *e, *last = &s->chain->entry[0];
	struct walk w;

	walk_begin(&w);
	while ((e = walk_next(s->chain, &w))) {
		const struct known *k =
		    &s->study->known[e - s->chain->entry];
		struct step step = { .answer = PAM_PERM_DENIED };

		if (e->kind == ENTRY_MODULE)
			step.answer = may_answer(&k->first, PAM_SUCCESS) ?
			    PAM_SUCCESS : __builtin_ctz(k->first.answers);
		walk_take(s->chain, &w, &step, step.answer, false);
		last = e;
		if (w.verdict.mood == MOOD_BAD)
			break;
	}
	return last;
}

static const char *const lost[FAC_COUNT] = {
	[FAC_AUTH] = "nobody can prove who he is",
	[FAC_ACCOUNT] = "nobody is let in",
	[FAC_SESSION] = "no session can be opened",
	[FAC_PASSWORD] = "no password can be changed",
};

static void
look_lockout(struct scene *s)
{
	const struct exploration *x = &s->study->x;
	const struct entry *e;

	if (x->cut || explore_find(x, PAM_SUCCESS, 0, 0))
		return;
	if (is_meant(s)) {
		e = s->facility == FAC_AUTH ? asked_in_vain(s) : NULL;
		if (e)
			found_as(s, LEVEL_WARNING, e->at, "%s is asked although "
			    "pam_deny before it has refused everybody",
			    e->name);
		return;
	}
	e = refuser(s);
	found(s, e->at, "%s: whatever the modules answer, it ends in a "
	    "refusal, at %s", lost[s->facility],
	    e->name ? e->name : "this broken line");
}

const struct rule rules_lockout[] = {
	{ "lockout", LEVEL_ERROR, SCOPE_CHAIN, look_lockout,
	  "a stack that nobody gets through",
	  "All ways through the stack were tried, with every answer that its "
	  "modules can give, and none ends in success. A stack that begins "
	  "with pam_deny is taken to be meant so, unless somebody is asked for a "
	  "password behind it: that is a warning. Keep a root shell open and "
	  "look at the line that is named: a jump may be short of one, a "
	  "module may be missing, a required one may only ever refuse." },
	{ .code = NULL },
};
