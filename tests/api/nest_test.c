/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls within calls, and ways out of them that no return takes,
 * S-9, W-24. */
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\naccount required %M\n"                       \
	"session required %M\npassword required %M\n"

static const char all_calls[] = "acmospe";

/* Every call of the same handle is refused, and nothing is logged of it. */
static void
call_all(pam_handle_t *pamh)
{
	for (const char *c = all_calls; *c; c++) {
		const char label[] = { *c, '\0' };

		rig_log_clear();
		CHECK_INT(label, PAM_SYSTEM_ERR, rig_do(pamh, *c, 0));
		CHECK_STR("silently", "", rig_log());
	}
}

static int
call_all_in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	call_all(pamh);
	return PAM_SUCCESS;
}

static int
ask(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	return pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, NULL, "?");
}

static void *
call_all_in_thread(void *pamh)
{
	call_all(pamh);
	return NULL;
}

static int
wait_for_thread(pam_handle_t *pamh, const struct rig_call *call)
{
	pthread_t thread;

	(void)call;
	CHECK_INT("a thread", 0,
	    pthread_create(&thread, NULL, call_all_in_thread, pamh));
	pthread_join(thread, NULL);
	return PAM_SUCCESS;
}

/* Another handle is another transaction. */
static int
login_within(pam_handle_t *pamh, const struct rig_call *call)
{
	pam_handle_t *inner = NULL;

	if (call->argc)
		return rig_default(pamh, call);
	rig_policy("inner", "auth required %M inner acct_expired\n");
	CHECK_INT("begun inside", PAM_SUCCESS, pam_start_confdir("inner", "x",
	    &rig_conv, rig_confdir(), &inner));
	CHECK_INT("walked inside", PAM_ACCT_EXPIRED,
	    pam_authenticate(inner, 0));
	CHECK_INT("ended inside", PAM_SUCCESS, pam_end(inner, 0));
	return PAM_SUCCESS;
}

static const struct {
	const char *label;
	int (*module)(pam_handle_t *pamh, const struct rig_call *call);
	void (*during)(pam_handle_t *pamh);
} places[] = {
	{ "in a module", call_all_in_module, NULL },
	{ "in the conversation of one", ask, call_all },
	{ "in another thread meanwhile", wait_for_thread, NULL },
	{ "with a handle of one's own", login_within, NULL },
};

static void
check_places(void)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		for (const char *c = "acmosp"; *c; c++) {
			pam_handle_t *pamh = rig_start(POLICY, "alice");

			rig_reset();
			rig.module = places[i].module;
			rig.during = places[i].during;
			rig.reply[0] = rig.reply[1] =
			    (struct rig_reply)SAY("x");
			CHECK_INT(places[i].label, PAM_SUCCESS,
			    rig_do(pamh, *c, 0));
			rig_reset();
			rig_end(pamh);
		}
	}
	for (const char *c = all_calls; *c; c++)
		CHECK_INT("no handle: X-2", PAM_SYSTEM_ERR,
		    rig_do(NULL, *c, 0));
}

/* A program's own question, and a cleanup: nothing is freed under the feet of
 * who is still at it. Its own delay is the last thing that a call does. */
static void
end_it(pam_handle_t *pamh)
{
	CHECK_INT("not now", PAM_SYSTEM_ERR, pam_end(pamh, 0));
}

static void
end_in_delay(int result, unsigned usec, void *appdata)
{
	(void)result;
	(void)usec;
	(void)appdata;
	CHECK_INT("at the end of a call", PAM_SUCCESS, pam_end(rig.pamh, 0));
}

static void
end_in_cleanup(pam_handle_t *pamh, void *data, int status)
{
	(void)data;
	(void)status;
	end_it(pamh);
	for (const char *c = "acmosp"; *c; c++)
		CHECK_INT("nor any call", PAM_SYSTEM_ERR, rig_do(pamh, *c, 0));
}

static int
set_cleanup(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	return pam_set_data(pamh, "x", NULL, end_in_cleanup);
}

static void
check_ends(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	union {
		void (*fn)(int, unsigned, void *);
		const void *data;
	} item = { end_in_delay };
	const char *user = NULL;

	rig_reset();
	rig.during = end_it;
	rig.reply[0] = rig.reply[1] = (struct rig_reply)SAY("alice");
	CHECK_INT("its own question", PAM_SUCCESS,
	    pam_get_user(pamh, &user, NULL));
	CHECK_INT("another", PAM_SUCCESS,
	    pam_prompt(pamh, PAM_PROMPT_ECHO_ON, NULL, "?"));
	rig_reset();
	pam_set_item(pamh, PAM_FAIL_DELAY, item.data);
	rig.module = set_cleanup;
	CHECK_INT("its own delay", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_reset();
}

/* Whoever jumps out leaves the text of the question behind; nothing else. */
const char *__lsan_default_suppressions(void);

__attribute__((visibility("default"))) const char *
__lsan_default_suppressions(void)
{
	return "leak:pam_vprompt\nleak:vasprintf\n";
}

/* A way out of the conversation. */
static jmp_buf out;

static void
jump_out(pam_handle_t *pamh)
{
	(void)pamh;
	longjmp(out, 1);
}

static int
set_and_ask(pam_handle_t *pamh, const struct rig_call *call)
{
	pam_set_item(pamh, PAM_AUTHTOK, "secret");
	pam_set_data(pamh, "kept", NULL, NULL);
	return ask(pamh, call);
}

static pam_handle_t *
jumped(void)
{
	/* Where longjmp finds it as it was. */
	pam_handle_t *volatile pamh = rig_start(POLICY, "alice");

	rig_reset();
	rig.module = set_and_ask;
	rig.during = jump_out;
	if (setjmp(out) == 0)
		pam_authenticate(pamh, 0);
	rig_reset();
	return pamh;
}

/* Somewhere below. What tells that the walk is gone is a mark in its frame: it
 * is known for sure only when others have written there. */
static int __attribute__((noinline))
do_from_below(pam_handle_t *pamh, char call, int flags)
{
	volatile char frame[65536];

	for (size_t i = 0; i < sizeof frame; i++)
		frame[i] = 0;
	return rig_do(pamh, call, flags) + frame[0];
}

static int (*const ways[])(pam_handle_t *pamh, char call, int flags) = {
	rig_do, do_from_below,
};

static void
check_jumps(void)
{
	for (size_t i = 0; i < COUNT(ways); i++) {
		pam_handle_t *pamh = jumped();

		CHECK_INT("it can be ended", PAM_SUCCESS,
		    ways[i](pamh, 'e', 0));
		CHECK_STR("with a line", "3 PAM pam_authenticate was left "
		    "without a return: its result is lost\n", rig_log());
	}
}

/* And it can be used: the call that was left counts as never made. */
static void
check_use(void)
{
	for (size_t i = 0; i < COUNT(ways); i++) {
		pam_handle_t *pamh = jumped();

		CHECK_INT("another call", PAM_SUCCESS, ways[i](pamh, 'm', 0));
		CHECK_INT("the same one", PAM_SUCCESS, ways[i](pamh, 'a', 0));
		rig_end(pamh);
	}
}

/* Whoever jumped out is a program again, from his next call on. */
static void
check_rights(void)
{
	pam_handle_t *pamh = jumped();
	const void *item = NULL;

	pam_acct_mgmt(pamh, 0);
	CHECK_INT("no tokens: I-4", PAM_BAD_ITEM,
	    pam_get_item(pamh, PAM_AUTHTOK, &item));
	CHECK("none", !item);
	CHECK_INT("nor may it set them", PAM_BAD_ITEM,
	    pam_set_item(pamh, PAM_AUTHTOK, "x"));
	CHECK_INT("no data: D-1", PAM_SYSTEM_ERR,
	    pam_get_data(pamh, "kept", &item));
	rig_log_clear();
	pam_syslog(pamh, 3, "text");
	CHECK_STR("it speaks for itself: L-3", "3 PAM text\n", rig_log());
	rig_end(pamh);
}

/* A module that ends the process ends it, and no more. */
static void
leave(pam_handle_t *pamh)
{
	(void)pamh;
	exit(3);
}

static void
check_exit(void)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		pam_handle_t *pamh = rig_start(POLICY, "alice");

		rig.module = ask;
		rig.during = leave;
		pam_authenticate(pamh, 0);
		_exit(1);
	}
	CHECK("waited", waitpid(child, &status, 0) == child);
	CHECK("it left in peace", WIFEXITED(status) &&
	    WEXITSTATUS(status) == 3);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_places();
	check_ends();
	check_jumps();
	check_use();
	check_rights();
	check_exit();
	return TEST_RESULT();
}
