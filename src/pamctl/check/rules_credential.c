/* SPDX-License-Identifier: BSD-2-Clause */
/* Who gets in, and by what. */
#include <stdio.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/check/families.h"
#include "pamctl/check/kinds.h"

#define MARKS (MARK_PROOF | MARK_CHECKED | MARK_GUESS)

static bool
is_other(const struct scene *s)
{
	return strcmp(s->service->name, "other") == 0;
}

/* The auth stack, where it is the service's own matter. */
static bool
concerned(const struct scene *s)
{
	return s->facility == FAC_AUTH && s->service->own[FAC_AUTH];
}

/* The line that says the yes which counts. */
static struct place
place_of_yes(const struct scene *s, const struct outcome *o)
{
	struct trail trail = { 0 };
	const struct step *step;
	struct place at = s->chain->entry[0].at;

	explore_way(&s->study->x, o, &trail);
	step = trail_decider(&trail);
	if (step)
		at = step->entry->at;
	trail_free(&trail);
	return at;
}

static const struct outcome *
open_way(const struct scene *s)
{
	return explore_find(&s->study->x, PAM_SUCCESS, MARKS, 0);
}

static void
look_open(struct scene *s)
{
	const struct outcome *o = open_way(s);

	if (!concerned(s) || is_other(s) || !o)
		return;
	if (s->service->kind & KIND_OPEN)
		found_as(s, LEVEL_NOTE, place_of_yes(s, o),
		    "%s lets in without a credential, as its name says",
		    s->service->name);
	else
		found(s, place_of_yes(s, o), "anybody gets in: there is a way "
		    "on which no module has checked anything");
}

static void
look_other(struct scene *s)
{
	const struct outcome *o;

	if (s->facility != FAC_AUTH || !is_other(s))
		return;
	o = explore_find(&s->study->x, PAM_SUCCESS, MARK_PROOF | MARK_GUESS, 0);
	if (o)
		found(s, place_of_yes(s, o), "whoever asks with the name of no "
		    "service gets in without a credential");
}

/* Those who said yes on a way, each once. */
static void
names_on(const struct scene *s, const struct outcome *o, char *text,
    size_t size)
{
	struct trail trail = { 0 };
	const char *between = "";

	*text = '\0';
	explore_way(&s->study->x, o, &trail);
	for (size_t i = 0; i < trail.count; i++) {
		const struct step *step = &trail.step[i];
		const size_t len = strlen(text);

		if (step->answer != PAM_SUCCESS || !step->entry->name ||
		    strstr(text, step->entry->name))
			continue;
		snprintf(text + len, size - len, "%s%s", between,
		    step->entry->name);
		between = ", ";
	}
	trail_free(&trail);
}

static void
look_unproved(struct scene *s)
{
	const struct outcome *o = explore_find(&s->study->x, PAM_SUCCESS,
	    MARKS, MARK_CHECKED);
	char names[200];

	if (!concerned(s) || is_other(s) || !o ||
	    s->service->kind & KIND_OPEN)
		return;
	names_on(s, o, names, sizeof names);
	found(s, place_of_yes(s, o), "who satisfies %s gets in without a "
	    "credential", names);
}

/* Where nobody has told what a module answers, it may have nothing to say. */
static void
look_guess(struct scene *s)
{
	const struct exploration *x = &s->study->x;
	const struct outcome *o = explore_find(x, PAM_SUCCESS,
	    MARK_PROOF | MARK_GUESS, MARK_GUESS);
	struct trail trail = { 0 };

	if (!concerned(s) || !o || open_way(s) ||
	    explore_find(x, PAM_SUCCESS, MARKS, MARK_CHECKED))
		return;
	explore_way(x, o, &trail);
	for (size_t i = 0; i < trail.count; i++) {
		const struct step *step = &trail.step[i];
		const size_t at = (size_t)(step->entry - s->chain->entry);

		if (!s->study->known[at].first.vague ||
		    step->answer == PAM_SUCCESS)
			continue;
		found(s, step->entry->at, "if %s ever answers %s, that is a "
		    "way in without a credential", step->entry->name,
		    code_word(step->answer));
		break;
	}
	trail_free(&trail);
}

static void
look_stranger(struct scene *s)
{
	const struct entry *e = s->entry;

	if (!concerned(s) || facts_know(s->check->facts, e->name))
		return;
	found(s, e->at, "nobody has told what %s answers; it is taken for one "
	    "that checks a credential", e->name);
}

static void
look_nullok(struct scene *s)
{
	static const char *const unix_like[] = { "pam_unix", "pam_unix_ng",
		NULL };

	if (!concerned(s) || !(s->service->kind & KIND_REMOTE) ||
	    !is_any_of(s->entry, unix_like) || !has_argument(s->entry,
	    "nullok"))
		return;
	found(s, s->entry->at, "over the network, too, an empty password is "
	    "enough (nullok)");
}

static void
look_rootok(struct scene *s)
{
	const struct entry *e = s->entry;

	if (!concerned(s) || !(s->service->kind & KIND_REMOTE) ||
	    !is_module(e, "pam_rootok") ||
	    (e->action[PAM_SUCCESS] != ACT_OK &&
	    e->action[PAM_SUCCESS] != ACT_DONE &&
	    e->action[PAM_SUCCESS] != ACT_JUMP))
		return;
	found(s, e->at, "pam_rootok asks who runs the service, not who comes: "
	    "as that is root, everybody passes");
}

const struct rule rules_credential[] = {
	{ "open-door", LEVEL_ERROR, SCOPE_CHAIN, look_open,
	  "there is a way in on which nobody has checked anything",
	  "All answers of all modules were tried, and on some way the only "
	  "ones to say yes are modules that always say so, as pam_permit. "
	  "Whoever comes that way gets in as any user. The line that is named "
	  "says the deciding yes; what has to be mended is most often before "
	  "it: a control that lets a failure pass (optional, default=ignore), "
	  "a refusal that is missing, a jump that is too long. Services whose "
	  "names say that this is their purpose, as gdm-autologin, get a "
	  "note." },
	{ "no-credential", LEVEL_WARNING, SCOPE_CHAIN, look_unproved,
	  "there is a way in without a credential",
	  "On some way the modules that say yes look at something, as the name "
	  "or the group of the user, but at nothing that only the right person "
	  "knows or has. That can be wanted (a group that logs in without a "
	  "password at the console); then say so in a comment." },
	{ "other-permits", LEVEL_ERROR, SCOPE_CHAIN, look_other,
	  "the policy \"other\" lets in without a credential",
	  "Every program whose service has no policy of its own is served by "
	  "\"other\", also one that is installed tomorrow. It should refuse, "
	  "by pam_deny, and say so, by pam_warn; or ask for a password as "
	  "everybody does." },
	{ "guess", LEVEL_NOTE, SCOPE_CHAIN, look_guess,
	  "an answer that nobody knows of would let in",
	  "The manual of the module does not tell what it can answer. If it "
	  "had nothing to say (ignore), or gave some other unusual answer, a "
	  "line behind it would let the user in. Make the control refuse all "
	  "but success: requisite, or default=die." },
	{ "module-stranger", LEVEL_NOTE, SCOPE_ENTRY, look_stranger,
	  "a module of which nothing is known",
	  "The list of what modules answer (modules.facts) does not have it. "
	  "Whatever is proved of this stack holds if the module checks a "
	  "credential. Add it to a copy of the list and use --facts." },
	{ "nullok-remote", LEVEL_WARNING, SCOPE_ENTRY, look_nullok,
	  "an empty password is enough over the network",
	  "With nullok an account whose password is empty needs none. At the "
	  "console that may be wanted; a service that the network reaches "
	  "hands such accounts to everybody. Some programs, as sshd, refuse "
	  "empty passwords themselves unless told otherwise, which is a second "
	  "lock and no reason to leave the first one open." },
	{ "rootok-remote", LEVEL_ERROR, SCOPE_ENTRY, look_rootok,
	  "pam_rootok in a service that people come to over the network",
	  "pam_rootok looks at who runs the program. In su or passwd that is "
	  "the person who asks. A daemon is run by root, whoever comes: the "
	  "line lets everybody pass. Remove it." },
	{ .code = NULL },
};
