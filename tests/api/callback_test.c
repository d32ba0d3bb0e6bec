/* SPDX-License-Identifier: BSD-2-Clause */
/* What callbacks do behind the library's back: a conversation that sets what is
 * just being used, cleanups and delay functions that call, who ends the handle
 * where he may not. I-5, D-4, D-7, S-11, F-5, L-2, AU-1. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int clock_nanosleep(clockid_t id, int flags,
    const struct timespec *until, struct timespec *left);

static char recorded[sizeof rig_audit.records];	/* when the delay began */

int
clock_nanosleep(clockid_t id, int flags, const struct timespec *until,
    struct timespec *left)
{
	(void)id;
	(void)flags;
	(void)until;
	(void)left;
	snprintf(recorded, sizeof recorded, "%s", rig_audit.records);
	return 0;
}

/* ---- The conversation sets what is being used ---- */

static void
set_token(pam_handle_t *pamh)
{
	pam_set_item(pamh, PAM_AUTHTOK, "something else");
}

static void
clear_token(pam_handle_t *pamh)
{
	pam_set_item(pamh, PAM_AUTHTOK, NULL);
}

static void
set_question(pam_handle_t *pamh)
{
	pam_set_item(pamh, PAM_USER_PROMPT, "something else");
}

/* The item itself is what is compared: T-13. */
static int
verify_item(pam_handle_t *pamh, const struct rig_call *call)
{
	const void *item = NULL;
	const char *token;

	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	pam_set_item(pamh, PAM_AUTHTOK, "x");
	pam_get_item(pamh, PAM_AUTHTOK, &item);
	token = item;
	return pam_get_authtok_verify(pamh, &token, NULL);
}

static int
ask_by_item(pam_handle_t *pamh, const struct rig_call *call)
{
	const void *item = NULL;
	const char *token = NULL;

	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	pam_set_item(pamh, PAM_USER_PROMPT, "Word: ");
	pam_get_item(pamh, PAM_USER_PROMPT, &item);
	return pam_get_authtok(pamh, PAM_AUTHTOK, &token, item);
}

static const struct {
	const char *label;
	int (*module)(pam_handle_t *pamh, const struct rig_call *call);
	void (*during)(pam_handle_t *pamh);
	const char *answer;
	int want;
	const char *said;
} changes[] = {
	{ "the token that was there is verified", verify_item, set_token, "x",
	  PAM_SUCCESS, "[1 Retype new password: ]" },
	{ "also when it goes meanwhile", verify_item, clear_token, "x",
	  PAM_SUCCESS, "[1 Retype new password: ]" },
	{ "and not the one that came", verify_item, set_token,
	  "something else", PAM_TRY_AGAIN, "[1 Retype new password: ]"
	  "[3 Sorry, passwords do not match.]" },
	{ "the same question is asked twice", ask_by_item, set_question, "x",
	  PAM_SUCCESS, "[1 Word: ][1 Retype Word: ]" },
};

static void
check_changes(void)
{
	for (size_t i = 0; i < COUNT(changes); i++) {
		pam_handle_t *pamh = rig_start("password required %M\n", "a");

		rig_reset();
		rig.module = changes[i].module;
		rig.during = changes[i].during;
		for (size_t k = 0; k < COUNT(rig.reply); k++)
			rig.reply[k] = (struct rig_reply){
				RIG_TEXT, changes[i].answer, PAM_SUCCESS };
		CHECK_INT(changes[i].label, changes[i].want,
		    pam_chauthtok(pamh, 0));
		CHECK_STR(changes[i].label, changes[i].said, rig.said);
		rig_reset();
		rig_end(pamh);
	}
}

/* ---- Who ends the handle ---- */

static int ended;

static void
end_it(pam_handle_t *pamh)
{
	ended = pam_end(pamh, 0);
}

static void
check_program_asks(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a\n", NULL);
	const char *user = NULL;

	rig.during = end_it;
	rig.reply[0] = (struct rig_reply)SAY("alice");
	ended = -1;
	CHECK_INT("asked by the program itself", PAM_SUCCESS,
	    pam_get_user(pamh, &user, NULL));
	CHECK_INT("a conversation may not end it", PAM_SYSTEM_ERR, ended);
	CHECK_STR("and goes on", "alice", user);
	rig_reset();
	rig_end(pamh);
}

static pam_handle_t *ends;

static void
end_in_delay(int result, unsigned usec, void *appdata)
{
	(void)result;
	(void)usec;
	(void)appdata;
	end_it(ends);
}

/* It is the last thing that a call does. */
static void
check_delay_function(void)
{
	union {
		void (*fn)(int, unsigned, void *);
		const void *item;
	} delay = { end_in_delay };

	ends = rig_start("auth required %M a auth_err\n", "a");
	pam_set_item(ends, PAM_FAIL_DELAY, delay.item);
	ended = -1;
	CHECK_INT("ended by the program's delay", PAM_AUTH_ERR,
	    pam_authenticate(ends, 0));
	CHECK_INT("is a good end", PAM_SUCCESS, ended);
}

/* ---- Cleanups that call ---- */

static int cleaned, answered;

static void
set_again(pam_handle_t *pamh, void *data, int status)
{
	(void)status;
	cleaned++;
	if (pam_set_data(pamh, "x", NULL, NULL) == PAM_SUCCESS)
		answered++;
	free(data);
}

static void
call_again(pam_handle_t *pamh, void *data, int status)
{
	(void)status;
	cleaned++;
	answered = pam_authenticate(pamh, 0);
	end_it(pamh);
	free(data);
}

static int
replace(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	pam_set_data(pamh, "x", strdup("first"), set_again);
	return pam_set_data(pamh, "x", strdup("second"), set_again);
}

static int
leave_three(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	pam_set_data(pamh, "a", strdup("a"), call_again);
	pam_set_data(pamh, "b", strdup("b"), call_again);
	return pam_set_data(pamh, "c", strdup("c"), call_again);
}

static void
check_cleanups(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", "a");

	rig.module = replace;
	cleaned = answered = 0;
	CHECK_INT("a value is replaced", PAM_SUCCESS,
	    pam_authenticate(pamh, 0));
	CHECK("its cleanup may set the name, and each value is cleaned up "
	    "once", cleaned == 2 && answered == 2);
	rig_end(pamh);
	CHECK_INT("nothing was left", 2, cleaned);

	pamh = rig_start("auth required %M\n", "a");
	rig.module = leave_three;
	CHECK_INT("values are left", PAM_SUCCESS, pam_authenticate(pamh, 0));
	cleaned = 0;
	ended = answered = -1;
	rig_end(pamh);
	CHECK_INT("each is cleaned up once", 3, cleaned);
	CHECK_INT("no call begins at the end", PAM_SYSTEM_ERR, answered);
	CHECK_INT("nor another end", PAM_SYSTEM_ERR, ended);
	rig_reset();
}

/* ---- What is on record, and when ---- */

static int
ask_for_delay(pam_handle_t *pamh, const struct rig_call *call)
{
	pam_fail_delay(pamh, 2000000);
	return rig_default(pamh, call);
}

/* Whoever kills his own su while it waits has been recorded. */
static void
check_order(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a auth_err\n", "a");

	rig.module = ask_for_delay;
	rig_audit.records[0] = recorded[0] = '\0';
	pam_authenticate(pamh, 0);
	CHECK_STR("a failure is on record before it waits: AU-1",
	    rig_audit.records, recorded);
	CHECK("which is something", *recorded);
	rig_reset();
	rig_end(pamh);
}

static int told;

static void
tell(int result, unsigned usec, void *appdata)
{
	(void)usec;
	(void)appdata;
	told = result;
}

static void
check_final(void)
{
	union {
		void (*fn)(int, unsigned, void *);
		const void *item;
	} delay = { tell };
	pam_handle_t *pamh = rig_start("auth required %M a\n", "a");

	pam_set_item(pamh, PAM_FAIL_DELAY, delay.item);
	rig_audit.write_rc = 0;
	CHECK_INT("what cannot be recorded fails: AU-4", PAM_SYSTEM_ERR,
	    pam_authenticate(pamh, 0));
	CHECK_INT("and the delay function hears that: F-5", PAM_SYSTEM_ERR,
	    told);
	rig_audit.write_rc = 1;
	rig_end(pamh);
}

/* ---- Who speaks in the log ---- */

static int
speak(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	pam_syslog(pamh, 6, "text");
	return PAM_SUCCESS;
}

static void
check_prefix(void)
{
	pam_handle_t *pamh;

	rig_policy("other", "auth required %M\n");
	rig_must(pam_start_confdir("a\nb\33[2J", "a", &rig_conv, rig_confdir(),
	    &pamh) == PAM_SUCCESS, "a service from outside");
	rig_reset();
	rig.module = speak;
	rig_log_clear();
	pam_authenticate(pamh, 0);
	CHECK_STR("a service writes no lines of its own: L-2",
	    "6 usher_probe(a?b?[2j:auth): text\n", rig_log());
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_changes();
	check_program_asks();
	check_delay_function();
	check_cleanups();
	check_order();
	check_final();
	check_prefix();
	return TEST_RESULT();
}
