/* SPDX-License-Identifier: BSD-2-Clause */
/* A module whose sessions end by themselves refuses to end one from outside of
 * it: that keeps nobody's session on record. */
#include <string.h>

#include <security/pam_appl.h>

#include "check.h"
#include "place.h"
#include "rig.h"

#define STACK "session required %M a\nsession optional %M b\n"

static int answer;		/* of b, when it is to close */

static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	if (strcmp(call->what, "close_session") == 0 &&
	    strcmp(call->argv[0], "b") == 0)
		return answer;
	return rig_default(pamh, call);
}

static pam_handle_t *
begin(void)
{
	pam_handle_t *pamh = rig_start(STACK, "alice");

	rig.module = act;
	pam_set_item(pamh, PAM_TTY, "tty1");
	return pamh;
}

static int
open_one(void *unused)
{
	(void)unused;
	return pam_open_session(begin(), 0);
}

static const struct {
	const char *label, *conf;
	int answer;
	bool elsewhere;		/* it is closed in another process */
	int code;
	unsigned left;		/* records */
	const char *line;
} rows[] = {
	{ "its failure elsewhere does not count", "self-closing usher_probe\n",
	  PAM_SESSION_ERR, true, PAM_SUCCESS, 0,
	  "session_err of usher_probe does not count" },
	{ "another module's does", "self-closing other\n",
	  PAM_SESSION_ERR, true, PAM_SESSION_ERR, 1, NULL },
	{ "where it belongs it counts", "self-closing usher_probe\n",
	  PAM_SESSION_ERR, false, PAM_SESSION_ERR, 1, NULL },
	{ "success is success", "self-closing usher_probe\n",
	  PAM_SUCCESS, true, PAM_SUCCESS, 0, NULL },
};

static void
check_row(size_t i)
{
	pam_handle_t *pamh;

	place_clear();
	rig_policy("usher.conf", rows[i].conf);
	answer = rows[i].answer;
	if (rows[i].elsewhere)
		CHECK_INT("opened elsewhere", PAM_SUCCESS,
		    place_child(open_one, NULL));
	pamh = begin();
	if (!rows[i].elsewhere)
		CHECK_INT("opened", PAM_SUCCESS, pam_open_session(pamh, 0));
	CHECK_INT(rows[i].label, rows[i].code, pam_close_session(pamh, 0));
	CHECK_INT(rows[i].label, rows[i].left, place_records());
	CHECK_INT(rows[i].label, rows[i].line != NULL,
	    rig_logged(rows[i].line ? rows[i].line : "does not count"));
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check_row(i);
	return TEST_RESULT();
}
