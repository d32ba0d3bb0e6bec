/* SPDX-License-Identifier: BSD-2-Clause */
/* A session is closed by its record as by the handle that opened it: the same
 * entries in the same order, and the same code, for every stack.
 * The engine foretells both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "model.h"
#include "place.h"
#include "policy/code.h"
#include "rig.h"

/* What one entry answers to open and to close; the others succeed. */
static struct {
	int at, open, close;
} now;

static int
answer_of(const char *name)
{
	return strtol(name, NULL, 10) == now.at ? now.open : PAM_SUCCESS;
}

static int
closing_answer_of(const char *name)
{
	return strtol(name, NULL, 10) == now.at ? now.close : PAM_SUCCESS;
}

static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)pamh;
	return strcmp(call->what, "open_session") == 0 ?
	    answer_of(call->argv[0]) : closing_answer_of(call->argv[0]);
}

static pam_handle_t *
start(void)
{
	pam_handle_t *pamh = NULL;

	rig_must(pam_start_confdir("svc", "alice", &rig_conv, rig_confdir(),
	    &pamh) == PAM_SUCCESS, "transaction");
	return pamh;
}

/* By the handle that opened, or by another one that attaches. */
static void
check_close(const char *label, const struct model *m, bool attaches)
{
	pam_handle_t *pamh = start();
	const char *own = NULL;
	char id[40] = "";

	CHECK_INT(label, PAM_SUCCESS, pam_open_session(pamh, 0));
	pam_session_id(pamh, &own);
	strncat(id, own, sizeof id - 1);
	if (attaches) {
		pam_end(pamh, PAM_SUCCESS);
		pamh = start();
		CHECK_INT(label, PAM_SUCCESS, pam_session_attach(pamh, id));
	}
	rig.called[0] = '\0';
	CHECK_INT(label, m->code, pam_close_session(pamh, 0));
	CHECK_STR(label, m->called, rig.called);
	pam_end(pamh, PAM_SUCCESS);
	if (place_records())
		place_clear();
}

static void
check_codes(const char *text, struct model *m)
{
	char label[400];

	snprintf(label, sizeof label, "%d opens with %s, closes with %s in\n%s",
	    now.at, code_word(now.open), code_word(now.close), text);
	model_open(m, answer_of);
	if (m->code != PAM_SUCCESS)
		return;
	model_close(m, closing_answer_of);
	check_close(label, m, false);
	check_close(label, m, true);
}

static void
check_stack(const char *text)
{
	static const int opens[] = { PAM_SUCCESS, PAM_IGNORE, PAM_SESSION_ERR,
		PAM_NEW_AUTHTOK_REQD };
	static const int closes[] = { PAM_SUCCESS, PAM_IGNORE, PAM_CRED_ERR };
	struct model m;

	rig_policy("svc", text);
	model_read(&m, "svc");
	for (size_t i = 0; i < 5 * COUNT(opens) * COUNT(closes); i++) {
		now.at = (int)(i / COUNT(opens) / COUNT(closes));
		now.open = opens[i / COUNT(closes) % COUNT(opens)];
		now.close = closes[i % COUNT(closes)];
		check_codes(text, &m);
	}
	model_free(&m);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	rig_policy("sub", model_sub);
	rig.module = act;
	for (size_t i = 0; i < model_stack_count; i++)
		check_stack(model_stacks[i]);
	return TEST_RESULT();
}
