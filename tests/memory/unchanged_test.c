/* SPDX-License-Identifier: BSD-2-Clause */
/* What fails for want of memory changes nothing: after each failing call the
 * handle says what it said before, and the call can be made again. */
#include <security/pam_misc.h>
#include <security/pam_modutil.h>
#include <stdlib.h>

#include "base/drop.h"
#include "check.h"
#include "heap.h"
#include "pamtest.h"
#include "stage.h"

/* "before" is made without trouble, then "now" fails again and again until it
 * does not; "ask" looks. */
static const struct {
	const char *label;
	struct step before, now, ask;
	const char *old, *young;	/* what it sees before and after */
} rows[] = {
	{ "an item is set", { step_set, "a", PAM_TTY },
	  { step_set, "b", PAM_TTY }, { step_get, "", PAM_TTY }, "a", "b" },
	{ "a name is set", { step_set, "alice", PAM_USER },
	  { step_set, "bob", PAM_USER }, { step_get, "", PAM_USER },
	  "alice", "bob" },
	{ "a service is set", { step_set, "one", PAM_SERVICE },
	  { step_set, "TWO", PAM_SERVICE }, { step_get, "", PAM_SERVICE },
	  "one", "two" },
	{ "a variable is replaced", { step_putenv, "A=1" },
	  { step_putenv, "A=2" }, { step_getenv, "A" }, "1", "2" },
	{ "a variable is added", { step_putenv, "A=1" },
	  { step_putenv, "B=2" }, { step_list }, "1 A=1", "2 B=2" },
	{ "a variable is added to many", { step_envs, "", 31 },
	  { step_putenv, "B=2" }, { step_list }, "31 N30=61", "32 B=2" },
	{ "a variable is removed", { step_envs, "", 40 },
	  { step_putenv, "N39" }, { step_list }, "40 N39=79", "39 N38=78" },
	{ "a variable is set by its name", { step_putenv, "A=1" },
	  { step_setenv, "A", 0 }, { step_getenv, "A" }, "1", "value" },
	{ "the name is asked for", { step_nothing },
	  { step_user, NULL }, { step_get, "", PAM_USER }, "(null)", "root" },
};

static const struct scenario nobody = {
	.label = "nobody",
	.files = { { "svc", "" }, { "other", "" }, { "one", "" } },
	.replies = { { PAM_CONV_AGAIN, NULL } },
};

/* Answers as often as asked. */
static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct play play = { .scenario = &(struct scenario){
	    .replies = { { PAM_SUCCESS, "root" } } } };

	(void)data;
	return stage_converse(n, msg, resp, &play);
}

static const char *
look(struct play *play, const struct step *ask)
{
	play->text[0] = '\0';
	ask->act(play, ask);
	return play->text;
}

static void
check_row(size_t i)
{
	const struct pam_conv conv = { converse, NULL };
	struct play play = { .scenario = &nobody };
	size_t n;

	CHECK_INT("start", PAM_SUCCESS, pam_start_confdir("svc", NULL, &conv,
	    pamtest_confdir(), &play.pamh));
	CHECK_INT(rows[i].label, PAM_SUCCESS,
	    rows[i].before.act(&play, &rows[i].before));
	for (n = 1;; n++) {
		int rc;

		CHECK_STR(rows[i].label, rows[i].old, look(&play,
		    &rows[i].ask));
		heap_fail(n, n % 2 == 0);
		rc = rows[i].now.act(&play, &rows[i].now);
		heap_heal();
		if (rc == PAM_SUCCESS)
			break;
		CHECK_INT(rows[i].label, PAM_BUF_ERR, rc);
		/* A prompt that failed for good is not repeated: U-5. */
		pam_set_item(play.pamh, PAM_USER_PROMPT, NULL);
	}
	CHECK_STR(rows[i].label, rows[i].young, look(&play, &rows[i].ask));
	pam_end(play.pamh, PAM_SUCCESS);
}

/* I-12: half an authentication cookie would be worse than none. */
static void
check_cookie(void)
{
	const struct pam_conv conv = { stage_converse, NULL };
	const struct step first = { step_xauth, "cookie", 6 };
	const struct step second = { step_xauth, "biscuit", 7 };
	struct play play = { .scenario = &nobody };
	const struct pam_xauth_data *x;

	pam_start_confdir("svc", "root", &conv, pamtest_confdir(), &play.pamh);
	pam_get_item(play.pamh, PAM_XAUTHDATA, (const void **)&x);
	for (size_t n = 1; n < 4; n++) {
		CHECK_INT("cookie", PAM_SUCCESS, step_xauth(&play, &first));
		heap_fail(n, false);
		CHECK_INT("cookie", PAM_BUF_ERR, step_xauth(&play, &second));
		heap_heal();
		CHECK("none, or the old one, but whole", n == 1 ?
		    strcmp(x->name, "cookie") == 0 && x->datalen == 6 :
		    !x->name && !x->data && !x->datalen && !x->namelen);
	}
	pam_end(play.pamh, PAM_SUCCESS);
}

/* With a NULL handle the record is the caller's: nothing of a failed look-up
 * is. The C library keeps what it loads when its first source fails. */
static void
check_records(void)
{
	_drop_(freep) struct passwd *pw = pam_modutil_getpwnam(NULL, "root");

	for (size_t i = 0; i < 128; i++) {
		const struct heap_live before = heap_live();
		struct passwd *got;

		heap_fail(1 + i % 64, false);
		got = pam_modutil_getpwnam(NULL, "root");
		heap_heal();
		CHECK("the record or none", !got ||
		    strcmp(got->pw_dir, pw->pw_dir) == 0);
		free(got);
		CHECK("left behind", i < 64 ||
		    before.blocks == heap_live().blocks);
	}
}

/* A handle that could not be made is not there. */
static void
check_start(void)
{
	const struct pam_conv conv = { converse, NULL };
	size_t n;
	int rc;

	for (n = 1;; n++) {
		pam_handle_t *pamh = (void *)&pamh;

		heap_fail(n, false);
		rc = pam_start_confdir("svc", "root", &conv, pamtest_confdir(),
		    &pamh);
		heap_heal();
		CHECK("a handle comes with success alone",
		    !pamh == (rc != PAM_SUCCESS));
		pam_end(pamh, PAM_SUCCESS);
		if (rc == PAM_SUCCESS)
			break;
		CHECK_INT("start", PAM_BUF_ERR, rc);
	}
	CHECK("it needs some", n > 5);
}

int
main(void)
{
	CHECK("stage", stage_set(&nobody, "/"));
	check_start();
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i);
	check_cookie();
	check_records();
	return TEST_RESULT();
}
