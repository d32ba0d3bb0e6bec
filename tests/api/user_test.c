/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_get_user: what is asked, what is remembered. U-1 to U-8, W-14. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\n"

/* One question of a program on a new handle. */
static const struct {
	const char *label;
	const char *user, *item, *prompt;	/* PAM_USER, PAM_USER_PROMPT */
	struct rig_reply reply;
	int want;
	const char *said, *name;
} rows[] = {
	{ "who is known is not asked: U-2", "alice", NULL, NULL,
	  SAY("bob"), PAM_SUCCESS, "", "alice" },
	{ "an empty name is known", "", NULL, NULL, SAY("bob"),
	  PAM_SUCCESS, "", "" },
	{ "the usual question: U-4", NULL, NULL, NULL, SAY("bob"),
	  PAM_SUCCESS, "[2 login:]", "bob" },
	{ "the item's", NULL, "who? ", NULL, SAY("bob"), PAM_SUCCESS,
	  "[2 who? ]", "bob" },
	{ "the caller's before it", NULL, "who? ", "you: ", SAY("bob"),
	  PAM_SUCCESS, "[2 you: ]", "bob" },
	{ "no format in it", NULL, NULL, "%s%n%d", SAY("bob"), PAM_SUCCESS,
	  "[2 %s%n%d]", "bob" },
	{ "an empty answer is a name: U-6", NULL, NULL, NULL, SAY(""),
	  PAM_SUCCESS, "[2 login:]", "" },
	{ "codes that pass: U-5", NULL, NULL, NULL, FAIL(PAM_BUF_ERR),
	  PAM_BUF_ERR, "[2 login:]", NULL },
	{ "codes that pass", NULL, NULL, NULL, FAIL(PAM_CONV_ERR),
	  PAM_CONV_ERR, "[2 login:]", NULL },
	{ "codes that pass", NULL, NULL, NULL, FAIL(PAM_CONV_AGAIN),
	  PAM_CONV_AGAIN, "[2 login:]", NULL },
	{ "any other is a broken conversation", NULL, NULL, NULL,
	  FAIL(PAM_AUTH_ERR), PAM_CONV_ERR, "[2 login:]", NULL },
	{ "impossible ones too", NULL, NULL, NULL, FAIL(-1), PAM_CONV_ERR,
	  "[2 login:]", NULL },
	{ "PAM_IGNORE too", NULL, NULL, NULL, FAIL(PAM_IGNORE),
	  PAM_CONV_ERR, "[2 login:]", NULL },
	{ "success without an answer", NULL, NULL, NULL,
	  { RIG_NULL, NULL, PAM_SUCCESS }, PAM_CONV_ERR, "[2 login:]", NULL },
	{ "success without an array", NULL, NULL, NULL, FAIL(PAM_SUCCESS),
	  PAM_CONV_ERR, "[2 login:]", NULL },
	{ "an answer beside a failure does not count: U-8", NULL, NULL, NULL,
	  { RIG_TEXT, "mallory", PAM_CONV_ERR }, PAM_CONV_ERR, "[2 login:]",
	  NULL },
	{ "nor beside a delay", NULL, NULL, NULL,
	  { RIG_TEXT, "mallory", PAM_CONV_AGAIN }, PAM_CONV_AGAIN,
	  "[2 login:]", NULL },
};

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		pam_handle_t *pamh = rig_start(POLICY, rows[i].user);
		const char *name = "before";
		const void *item = NULL;

		rig_reset();
		pam_set_item(pamh, PAM_USER_PROMPT, rows[i].item);
		rig.reply[0] = rows[i].reply;
		CHECK_INT(rows[i].label, rows[i].want,
		    pam_get_user(pamh, &name, rows[i].prompt));
		CHECK_STR(rows[i].label, rows[i].said, rig.said);
		CHECK_STR(rows[i].label, rows[i].name, name);
		pam_get_item(pamh, PAM_USER, &item);
		CHECK_STR("and so it is", rows[i].name, item);
		CHECK_INT("a dropped answer is logged",
		    rows[i].want && rows[i].reply.kind == RIG_TEXT,
		    rig_logged("4 PAM the failed conversation gave an "
			"answer"));
		CHECK("without what it was: L-8", !rig_logged("mallory"));
		rig_end(pamh);
	}
}

static void
check_arguments(void)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice");
	const char *name = "before";

	CHECK_INT("no handle: U-1", PAM_SYSTEM_ERR,
	    pam_get_user(NULL, &name, NULL));
	CHECK_INT("no result", PAM_SYSTEM_ERR, pam_get_user(pamh, NULL, NULL));
	rig_end(pamh);
}

/* What clears a remembered failure: I-11, W-14. */
static int
set_user(pam_handle_t *pamh)
{
	return pam_set_item(pamh, PAM_USER, NULL);
}

static int
set_prompt(pam_handle_t *pamh)
{
	return pam_set_item(pamh, PAM_USER_PROMPT, "again: ");
}

static int
set_conv(pam_handle_t *pamh)
{
	return pam_set_item(pamh, PAM_CONV, &rig_conv);
}

static int
set_host(pam_handle_t *pamh)
{
	return pam_set_item(pamh, PAM_RHOST, "host");
}

static int
set_nothing(pam_handle_t *pamh)
{
	return pam_set_item(pamh, PAM_CONV, NULL) == PAM_PERM_DENIED ?
	    PAM_SUCCESS : PAM_SYSTEM_ERR;
}

static int
call(pam_handle_t *pamh)
{
	return pam_acct_mgmt(pamh, 0);
}

static const struct {
	const char *label;
	int (*between)(pam_handle_t *pamh);
	bool asked;		/* a second time */
} memories[] = {
	{ "it is remembered: U-5", NULL, false },
	{ "setting the user forgets it", set_user, true },
	{ "setting the prompt too", set_prompt, true },
	{ "setting the conversation too", set_conv, true },
	{ "not when that failed", set_nothing, false },
	{ "nothing else does", set_host, false },
	{ "but the end of a call does: W-14", call, true },
};

static void
check_memories(void)
{
	for (size_t i = 0; i < COUNT(memories); i++) {
		pam_handle_t *pamh = rig_start("account required %M\n", NULL);
		const char *name = NULL;

		rig_reset();
		rig.reply[0] = (struct rig_reply)FAIL(PAM_BUF_ERR);
		rig.reply[1] = (struct rig_reply)SAY("alice");
		CHECK_INT("fails", PAM_BUF_ERR,
		    pam_get_user(pamh, &name, NULL));
		if (memories[i].between)
			CHECK_INT("between", PAM_SUCCESS,
			    memories[i].between(pamh));
		CHECK_INT(memories[i].label,
		    memories[i].asked ? PAM_SUCCESS : PAM_BUF_ERR,
		    pam_get_user(pamh, &name, NULL));
		CHECK_INT(memories[i].label, memories[i].asked ? 2 : 1,
		    rig.replies);
		rig_end(pamh);
	}
}

/* Within one call a stack asks once. */
static int
want_name(pam_handle_t *pamh, const struct rig_call *call_)
{
	const char *name;

	(void)call_;
	return pam_get_user(pamh, &name, NULL);
}

static void
check_stack(void)
{
	pam_handle_t *pamh = rig_start(
	    "auth optional %M\nauth optional %M\nauth required %M\n", NULL);

	rig.module = want_name;
	for (int i = 1; i <= 2; i++) {
		CHECK_INT("refused", PAM_CONV_ERR, pam_authenticate(pamh, 0));
		CHECK_STR("asked once a call", i == 1 ? "[2 login:]" :
		    "[2 login:][2 login:]", rig.said);
	}
	rig_reset();
	rig_end(pamh);
}

/* U-7 */
static void
check_again(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const char *name = NULL;

	rig_reset();
	rig.reply[0] = rig.reply[1] =
	    (struct rig_reply)FAIL(PAM_CONV_AGAIN);
	rig.reply[2] = (struct rig_reply)SAY("alice");
	CHECK_INT("not yet", PAM_CONV_AGAIN, pam_get_user(pamh, &name, "a:"));
	CHECK_INT("another question", PAM_ABORT,
	    pam_get_user(pamh, &name, "b:"));
	CHECK_INT("is not asked", 1, rig.replies);
	CHECK_INT("the same one", PAM_CONV_AGAIN,
	    pam_get_user(pamh, &name, "a:"));
	CHECK_INT("is, as often as it takes", PAM_SUCCESS,
	    pam_get_user(pamh, &name, "a:"));
	CHECK_STR("the name", "alice", name);
	pam_set_item(pamh, PAM_USER, NULL);
	rig.reply[3] = (struct rig_reply)SAY("bob");
	CHECK_INT("and then any may be asked", PAM_SUCCESS,
	    pam_get_user(pamh, &name, "b:"));
	rig_end(pamh);
}

/* While it is asked, the conversation may set what the question is made of. */
static void
change_prompt(pam_handle_t *pamh)
{
	pam_set_item(pamh, PAM_USER_PROMPT, "a new question, and a long one: ");
}

static void
name_itself(pam_handle_t *pamh)
{
	pam_set_item(pamh, PAM_USER, "mallory");
}

static void
check_during(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const char *name = "before";

	rig_reset();
	pam_set_item(pamh, PAM_USER_PROMPT, "the first question: ");
	rig.during = change_prompt;
	rig.reply[0] = (struct rig_reply)FAIL(PAM_CONV_AGAIN);
	CHECK_INT("the question changes while it is asked", PAM_CONV_AGAIN,
	    pam_get_user(pamh, &name, NULL));
	rig.during = NULL;
	rig.reply[1] = (struct rig_reply)SAY("alice");
	CHECK_INT("the one that was asked counts", PAM_SUCCESS,
	    pam_get_user(pamh, &name, "the first question: "));
	rig_end(pamh);

	pamh = rig_start(POLICY, NULL);
	rig_reset();
	rig.during = name_itself;
	CHECK_INT("it sets a name and fails", PAM_CONV_ERR,
	    pam_get_user(pamh, &name, NULL));
	CHECK("a failure gives no name: U-1", !name);
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_rows();
	check_arguments();
	check_memories();
	check_stack();
	check_again();
	check_during();
	return TEST_RESULT();
}
