/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_faillock is two or three lines that need each other. */
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/check/families.h"
#include "pamctl/check/kinds.h"

#define BIT(code) (UINT32_C(1) << (code))

enum {
	PREAUTH = 1,
	AUTHFAIL = 2,
	AUTHSUCC = 4,
};

/* FL-1: the last word counts, and without one it is preauth. */
static unsigned
part_of(const struct entry *e)
{
	unsigned part = PREAUTH;

	if (!is_module(e, "pam_faillock"))
		return 0;
	for (int i = 0; i < e->argc; i++) {
		if (strcmp(e->argv[i], "preauth") == 0)
			part = PREAUTH;
		if (strcmp(e->argv[i], "authfail") == 0)
			part = AUTHFAIL;
		if (strcmp(e->argv[i], "authsucc") == 0)
			part = AUTHSUCC;
	}
	return part;
}

static unsigned
parts_in(const struct chain *chain, const struct entry **last)
{
	unsigned parts = 0;

	for (size_t i = 0; i < chain->count; i++) {
		const unsigned part = part_of(&chain->entry[i]);

		parts |= part;
		if (part)
			*last = &chain->entry[i];
	}
	return parts;
}

static bool
forgets(const struct service *v)
{
	static const char *const names[] = { "pam_faillock", NULL };
	const struct entry *e;

	return parts_in(&v->policy->chain[FAC_AUTH], &e) & AUTHSUCC ||
	    find_module(&v->policy->chain[FAC_ACCOUNT], 0, names);
}

/* The count is one for all services. */
static bool
somebody_forgets(const struct check *c)
{
	for (size_t i = 0; i < c->services; i++) {
		if (forgets(&c->service[i]))
			return true;
	}
	return false;
}

static void
look_partner(struct scene *s)
{
	const struct service *v = s->service;
	const struct entry *e = NULL;
	const unsigned parts = parts_in(&v->policy->chain[FAC_AUTH], &e);

	/* Where there is no password none is wrong. */
	if (!parts || v->kind & KIND_OPEN)
		return;
	if (!(parts & AUTHFAIL))
		found(s, e->at, "nothing counts failures: pam_faillock "
		    "authfail is missing");
	else if (!(parts & PREAUTH))
		found_as(s, LEVEL_NOTE, e->at, "who is locked is asked for his "
		    "password all the same: pam_faillock preauth is missing");
	if (parts & AUTHFAIL && !forgets(v))
		found_as(s, somebody_forgets(s->check) ? LEVEL_NOTE :
		    LEVEL_WARNING, e->at, "a good login forgets no failures: "
		    "neither pam_faillock authsucc nor pam_faillock in the "
		    "account stack");
}

/* Marks of ways: a wrong credential, a right one, and that it was counted. */
enum {
	WRONG = 1,
	RIGHT = 2,
	COUNTED = 4,
};

static const struct known *
known_of(const struct scene *s, const struct entry *e)
{
	return &s->study->known[e - s->chain->entry];
}

static bool
asks_credential(const struct scene *s, const struct entry *e)
{
	return e->kind == ENTRY_MODULE &&
	    known_of(s, e)->first.proof == PROOF_CREDENTIAL;
}

/* A credential is right or wrong here; what else may happen to a module that
 * checks one is nobody's guess at a password. */
static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct scene *s = ctx;
	const uint32_t all = known_of(s, e)->first.answers;

	return asks_credential(s, e) ?
	    all & (BIT(PAM_SUCCESS) | BIT(PAM_AUTH_ERR)) : all;
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct scene *s = ctx;

	if (asks_credential(s, e))
		return answer == PAM_SUCCESS ? RIGHT : WRONG;
	return part_of(e) == AUTHFAIL ? COUNTED : 0;
}

static const struct entry *
first_wrong(const struct scene *s, const struct exploration *x,
    const struct outcome *o)
{
	const struct entry *e = NULL;
	struct trail trail = { 0 };

	explore_way(x, o, &trail);
	for (size_t i = 0; i < trail.count && !e; i++) {
		if (asks_credential(s, trail.step[i].entry))
			e = trail.step[i].entry;
	}
	trail_free(&trail);
	return e;
}

static const struct entry *
uncounted(const struct scene *s, const struct exploration *x)
{
	for (size_t i = 0; i < x->outcomes; i++) {
		const struct outcome *o = &x->outcome[i];

		if (o->code != PAM_SUCCESS &&
		    (o->marks & (WRONG | RIGHT | COUNTED)) == WRONG)
			return first_wrong(s, x, o);
	}
	return NULL;
}

static void
look_skipped(struct scene *s)
{
	const struct quest quest = { s->chain, answers, marks, s,
		GRAIN_SUCCESS };
	const struct entry *e = NULL;
	struct exploration x;

	if (s->facility != FAC_AUTH ||
	    !(parts_in(s->chain, &e) & AUTHFAIL))
		return;
	if (explore(&quest, &x) < 0) {
		s->check->report.failed = true;
		return;
	}
	e = uncounted(s, &x);
	if (e)
		found(s, e->at, "a wrong password for %s is not counted: the "
		    "stack ends before pam_faillock authfail", e->name);
	explore_end(&x);
}

const struct rule rules_faillock[] = {
	{ "faillock-partner", LEVEL_WARNING, SCOPE_SERVICE, look_partner,
	  "one of the lines of pam_faillock is missing",
	  "preauth, before the password is asked for, refuses who is locked. "
	  "authfail, behind it, counts a failure. authsucc, or a line in the "
	  "account stack, forgets the failures when the password was right. "
	  "Without the second nobody is ever locked; without the third, "
	  "sooner or later, everybody." },
	{ "faillock-skipped", LEVEL_WARNING, SCOPE_CHAIN, look_skipped,
	  "a wrong password that pam_faillock does not count",
	  "There is a way on which the password is wrong, the stack refuses, "
	  "and pam_faillock authfail was not asked: whoever takes that way can "
	  "guess as often as he likes. Usual reasons are a requisite before "
	  "it, or a jump over it." },
	{ .code = NULL },
};
