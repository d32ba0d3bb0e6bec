/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_prompt and its kin: P-1 to P-8, H-1. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\n"

static const struct {
	const char *label;
	int style;
	const char *text;
	struct rig_reply reply;
	int want;
	const char *said, *answer, *log;
} rows[] = {
	{ "a question", PAM_PROMPT_ECHO_ON, "name? ", SAY("alice"),
	  PAM_SUCCESS, "[2 name? ]", "alice", "" },
	{ "a hidden one", PAM_PROMPT_ECHO_OFF, "secret? ", SAY("x"),
	  PAM_SUCCESS, "[1 secret? ]", "x", "" },
	{ "an empty text: P-1", PAM_TEXT_INFO, "", SAY(""), PAM_SUCCESS,
	  "[4 ]", "", "" },
	{ "an unknown style: P-2", 4711, "x", SAY("y"), PAM_SUCCESS,
	  "[4711 x]", "y", "" },
	{ "a negative one", -1, "x", SAY("y"), PAM_SUCCESS, "[-1 x]", "y",
	  "" },
	{ "no answer: P-6", PAM_ERROR_MSG, "x",
	  { RIG_NULL, NULL, PAM_SUCCESS }, PAM_SUCCESS, "[3 x]", NULL, "" },
	{ "no array", PAM_ERROR_MSG, "x", FAIL(PAM_SUCCESS), PAM_SUCCESS,
	  "[3 x]", NULL, "" },
	{ "its own code: P-4", PAM_ERROR_MSG, "x", FAIL(PAM_CONV_AGAIN),
	  PAM_CONV_AGAIN, "[3 x]", NULL, "3 PAM conversation failed\n" },
	{ "as it is", PAM_ERROR_MSG, "x", FAIL(-77), -77, "[3 x]", NULL,
	  "3 PAM conversation failed\n" },
	{ "an answer beside a failure is handed on", PAM_PROMPT_ECHO_ON, "x",
	  { RIG_TEXT, "odd", PAM_CONV_ERR }, PAM_CONV_ERR, "[2 x]", "odd",
	  "3 PAM conversation failed\n"
	  "4 PAM the failed conversation gave an answer\n" },
};

static void
check_rows(pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		_drop_(freep) char *answer = (char *)(size_t)&rig;

		rig_reset();
		rig.reply[0] = rows[i].reply;
		CHECK_INT(rows[i].label, rows[i].want, pam_prompt(pamh,
		    rows[i].style, &answer, "%s", rows[i].text));
		CHECK_STR(rows[i].label, rows[i].said, rig.said);
		CHECK_STR(rows[i].label, rows[i].answer, answer);
		CHECK_STR(rows[i].label, rows[i].log, rig_log());
	}
}

/* P-3: nobody wants the answer. The address sanitizer sees if it stays. */
static void
check_no_place(pam_handle_t *pamh)
{
	rig_reset();
	rig.reply[0] = (struct rig_reply)SAY("dropped");
	CHECK_INT("dropped", PAM_SUCCESS,
	    pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, NULL, "x"));
	rig.reply[1] = (struct rig_reply){ RIG_TEXT, "odd", PAM_CONV_ERR };
	CHECK_INT("dropped on a failure too", PAM_CONV_ERR,
	    pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, NULL, "x"));
}

static void
check_missing(pam_handle_t *pamh)
{
	const struct pam_conv none = { NULL, NULL };
	char *answer = (char *)(size_t)&rig;

	CHECK_INT("no handle", PAM_SYSTEM_ERR,
	    pam_prompt(NULL, PAM_TEXT_INFO, &answer, "x"));
	CHECK("no answer", !answer);
	pam_set_item(pamh, PAM_CONV, &none);
	answer = (char *)(size_t)&rig;
	CHECK_INT("no function: P-5", PAM_SYSTEM_ERR,
	    pam_prompt(pamh, PAM_TEXT_INFO, &answer, "x"));
	CHECK("no answer", !answer);
	pam_set_item(pamh, PAM_CONV, &rig_conv);
}

static void
check_formats(pam_handle_t *pamh)
{
	char *answer = NULL, text[3000];

	rig_reset();
	for (int i = 0; i < 3; i++)
		rig.reply[i] = (struct rig_reply)SAY("");
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	pam_info(pamh, "%s %d", "seven is", 7);
	pam_error(pamh, "%c%%", 'y');
	CHECK_STR("formatted, with the macros' styles: H-1",
	    "[4 seven is 7][3 y%]", rig.said);
	rig.said[0] = '\0';
	CHECK_INT("any length: P-1, A-9", PAM_SUCCESS,
	    pam_prompt(pamh, PAM_PROMPT_ECHO_ON, &answer, "%s", text));
	CHECK("nothing is cut", strlen(rig.said) == sizeof rig.said - 1);
	free(answer);
}

/* P-8: a program that wants silence asks for none. */
static int
talk(pam_handle_t *pamh, const struct rig_call *call)
{
	CHECK_INT("the flag", PAM_SILENT, call->flags);
	rig.reply[0] = (struct rig_reply)SAY("");
	return pam_info(pamh, "hello");
}

static void
check_silent(pam_handle_t *pamh)
{
	rig_reset();
	rig.module = talk;
	CHECK_INT("talks", PAM_SUCCESS, pam_authenticate(pamh, PAM_SILENT));
	CHECK_STR("all the same", "[4 hello]", rig.said);
	rig_reset();
}

int
main(int argc, char **argv)
{
	pam_handle_t *pamh;

	rig_main(argc, argv);
	pamh = rig_start(POLICY, "alice");
	check_rows(pamh);
	check_no_place(pamh);
	check_missing(pamh);
	check_formats(pamh);
	check_silent(pamh);
	rig_end(pamh);
	return TEST_RESULT();
}
