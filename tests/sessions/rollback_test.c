/* SPDX-License-Identifier: BSD-2-Clause */
/* A failed open is undone: for every stack, wherever it fails and with whatever
 * code, those entries close that opened, the last first, and the program hears
 * what it would have heard. The engine foretells both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "model.h"
#include "place.h"
#include "policy/code.h"
#include "rig.h"

#include <security/pam_session.h>

/* Who fails and how; all others answer so. */
static struct {
	int at, code, others;
	bool puts;		/* who fails has put something before */
	bool asked;		/* its first answer was PAM_INCOMPLETE */
} now;

/* ---- The model ---- */

static int
answer_of(const char *name)
{
	return strtol(name, NULL, 10) == now.at ? now.code : now.others;
}

static bool
has_put(const struct entry *e)
{
	return now.puts && model_opens(e) &&
	    strtol(e->argv[0], NULL, 10) == now.at;
}

/* What is closed, from the last that was reached to the first. */
static void
foretell_closes(const struct model *m, char closes[256])
{
	const struct chain *chain = &m->policy->chain[FAC_SESSION];

	closes[0] = '\0';
	for (size_t i = chain->count; i > 0; i--) {
		const struct entry *e = &chain->entry[i - 1];
		const size_t used = strlen(closes);

		if (e->kind == ENTRY_MODULE && m->kept[i - 1] != KEPT_NONE &&
		    (m->kept[i - 1] == PAM_SUCCESS || has_put(e)))
			snprintf(closes + used, 256 - used,
			    " %s.close_session", e->argv[0]);
	}
}

/* ---- The library ---- */

static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	const bool me = strtol(call->argv[0], NULL, 10) == now.at;

	if (strcmp(call->what, "open_session") != 0)
		return PAM_SUCCESS;
	if (me && now.code == PAM_INCOMPLETE && now.asked)
		return PAM_SUCCESS;
	now.asked |= me;
	if (me && now.puts)
		CHECK_INT("put", PAM_SUCCESS,
		    pam_session_put(pamh, "key", "value", 0));
	return answer_of(call->argv[0]);
}

static pam_handle_t *
start(const char *user)
{
	pam_handle_t *pamh = NULL;

	rig.called[0] = '\0';
	rig.module = act;
	now.asked = false;
	rig_must(pam_start_confdir("svc", user, &rig_conv, rig_confdir(),
	    &pamh) == PAM_SUCCESS, "transaction");
	return pamh;
}

/* What was called behind the openings. */
static const char *
closes(void)
{
	const char *last = NULL;

	for (const char *at = rig.called;
	    (at = strstr(at, ".open_session")); at++)
		last = at;
	return last ? last + strlen(".open_session") : rig.called;
}

static void
check_undone(const char *label, pam_handle_t *pamh, const struct model *m)
{
	char before[sizeof rig.called], want[256];

	foretell_closes(m, want);
	CHECK_STR(label, want, closes());
	CHECK_INT("no record is left", 0, place_records());
	strcpy(before, rig.called);
	CHECK_INT("a later close is well", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("and runs nothing", before, rig.called);
}

static void
check_one(const char *label, const struct model *m, bool recorded)
{
	pam_handle_t *pamh = start("alice");

	CHECK_INT(label, m->code, pam_open_session(pamh, 0));
	if (m->code == PAM_SUCCESS) {
		CHECK_STR(label, "", closes());
		CHECK_INT("on record", recorded, place_records());
		pam_close_session(pamh, 0);
	} else if (m->code == PAM_INCOMPLETE) {
		CHECK_STR("nothing is undone yet", "", closes());
		CHECK_STR("not ready", recorded ? "opening" : "none",
		    place_state());
	} else {
		check_undone(label, pamh, m);
	}
	pam_end(pamh, PAM_SUCCESS);
}

/* The codes that stand for all, where not all are tried. */
static const int some[] = {
	PAM_SUCCESS, PAM_SESSION_ERR, PAM_IGNORE, PAM_INCOMPLETE
};

static void
check_code(const char *text, struct model *m, int at, int code, bool recorded)
{
	char label[400];

	now.at = at;
	now.code = code;
	now.puts = code % 2;
	snprintf(label, sizeof label, "%d says %s, others %s%s, in\n%s", at,
	    code_word(code), code_word(now.others),
	    recorded ? "" : ", no records", text);
	model_open(m, answer_of);
	check_one(label, m, recorded);
	if (m->code == PAM_INCOMPLETE)
		place_clear();
}

/* Every entry with every code, or with some. */
static void
check_stack(const char *text, bool all, bool recorded)
{
	struct model m;

	rig_policy("svc", text);
	model_read(&m, "svc");
	for (int at = 0; at < 5; at++) {
		for (int i = 0; i < (all ? CODE_COUNT : (int)COUNT(some)); i++)
			check_code(text, &m, at, all ? i : some[i], recorded);
	}
	model_free(&m);
}

static void
check_stacks(int others, bool all, bool recorded)
{
	now.others = others;
	for (size_t i = 0; i < model_stack_count; i++)
		check_stack(model_stacks[i], all, recorded);
	place_clear();
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	rig_policy("sub", model_sub);
	check_stacks(PAM_SUCCESS, true, true);
	check_stacks(PAM_IGNORE, false, true);
	rig_policy("usher.conf", "record no\n");
	check_stacks(PAM_SUCCESS, false, false);
	return TEST_RESULT();
}
