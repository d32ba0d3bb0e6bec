/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands in the log, who speaks, and what never stands there: L-1 to L-8,
 * X-26, CL-2, the line about a refusal, the trail. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

/* In place of the C library's: it stands, so that nothing takes time. */
__attribute__((visibility("default"))) int
clock_gettime(clockid_t id, struct timespec *ts)
{
	(void)id;
	*ts = (struct timespec){ 1000, 0 };
	return 0;
}

#define EACH "auth required %M a\naccount required %M a\n"                     \
	"session required %M a\npassword required %M a\n"

/* L-2: one prefix for each kind of call. */
static const struct {
	char call;
	const char *want;
} prefixes[] = {
	{ 'a', "3 usher_probe(svc:auth): text 7\n" },
	{ 'c', "3 usher_probe(svc:setcred): text 7\n" },
	{ 'm', "3 usher_probe(svc:account): text 7\n" },
	{ 'o', "3 usher_probe(svc:session): text 7\n" },
	{ 's', "3 usher_probe(svc:session): text 7\n" },
	{ 'p', "3 usher_probe(svc:chauthtok): text 7\n"
	  "3 usher_probe(svc:chauthtok): text 7\n" },
};

static int
speak(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	pam_syslog(pamh, LOG_ERR, "text %d", 7);
	return PAM_SUCCESS;
}

static void
check_prefixes(void)
{
	pam_handle_t *pamh = rig_start(EACH, "alice");

	for (size_t i = 0; i < COUNT(prefixes); i++) {
		rig_reset();
		rig.module = speak;
		rig_do(pamh, prefixes[i].call, 0);
		CHECK_STR("who speaks", prefixes[i].want, rig_log());
	}
	rig_reset();
	pam_syslog(pamh, LOG_ERR, "text");
	pam_syslog(NULL, LOG_DEBUG, "text");
	CHECK_STR("outside of modules: L-3", "3 PAM text\n7 PAM text\n",
	    rig_log());
	rig_end(pamh);
}

/* The name is the file's, without its last suffix; the service is that of the
 * moment. */
static int
speak_as_other(pam_handle_t *pamh, const struct rig_call *call)
{
	pam_set_item(pamh, PAM_SERVICE, "Other_Name");
	return speak(pamh, call);
}

static void
check_names(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", "alice");

	rig_reset();
	rig.module = speak_as_other;
	pam_authenticate(pamh, 0);
	CHECK_STR("the service as it is now",
	    "3 usher_probe(other_name:auth): text 7\n", rig_log());
	rig_reset();
	rig_end(pamh);
}

/* A service comes from outside, and writes no lines of its own. */
static int
speak_as_forger(pam_handle_t *pamh, const struct rig_call *call)
{
	pam_set_item(pamh, PAM_SERVICE, "x\nforged\x1b[31m");
	return speak(pamh, call);
}

static void
check_forged(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", "alice");

	rig_reset();
	rig.module = speak_as_forger;
	pam_authenticate(pamh, 0);
	CHECK_STR("in the prefix neither",
	    "3 usher_probe(x?forged?[31m:auth): text 7\n", rig_log());
	rig_reset();
	rig_end(pamh);
}

static const struct {
	const char *label;
	int priority, err;
	const char *format, *word, *want;
} texts[] = {
	{ "plain", LOG_INFO, 0, "%s", "hello", "6 PAM hello\n" },
	{ "another priority", LOG_ALERT, 0, "%s", "x", "1 PAM x\n" },
	{ "the caller's errno: L-4", LOG_ERR, ENOENT, "%s: %m", "x",
	  "3 PAM x: No such file or directory\n" },
	{ "empty", LOG_ERR, 0, "%s", "", "3 PAM \n" },
	{ "no format in a word", LOG_ERR, 0, "%s", "%s%n%d", "3 PAM %s%n%d\n" },
	{ "control characters do not get through", LOG_ERR, 0, "%s",
	  "a\nb\rc\x1b[1md\te\x7f", "3 PAM a?b?c?[1md?e?\n" },
	{ "letters of other alphabets do", LOG_ERR, 0, "%s",
	  "gr\xc3\xbc\xc3\x9f", "3 PAM gr\xc3\xbc\xc3\x9f\n" },
};

static void say(int priority, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
say(int priority, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	pam_vsyslog(NULL, priority, format, args);
	va_end(args);
}

static void
check_texts(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		rig_log_clear();
		errno = texts[i].err;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		say(texts[i].priority, texts[i].format, texts[i].word);
#pragma GCC diagnostic pop
		CHECK_STR(texts[i].label, texts[i].want, rig_log());
	}
}

/* Every refusal explains itself. */
static const struct {
	const char *label, *policy;
	char call;
	const char *want;
} refusals[] = {
	{ "a success says nothing", "auth required %M a success\n", 'a', "" },
	{ "who decided, and where",
	  "auth optional %M a auth_err\nauth required %M b acct_expired\n"
	  "auth required %M c success\n", 'a',
	  "5 PAM (svc) pam_authenticate: acct_expired by usher_probe at "
	  "DIR/svc:2 [ID]\n" },
	{ "a broken line", "session required\n", 'o',
	  "5 PAM (svc) pam_open_session: perm_denied by a broken line at "
	  "DIR/svc:1 [ID]\n" },
	{ "nobody", "account optional %M a acct_expired\n", 'm',
	  "5 PAM (svc) pam_acct_mgmt: perm_denied: nobody said yes [ID]\n" },
	{ "no line at all: X-4", "auth required %M\n", 's',
	  "3 PAM no modules loaded for `svc' service\n"
	  "5 PAM (svc) pam_close_session: perm_denied: nobody said yes "
	  "[ID]\n" },
	{ "a jump out of the stack: X-13",
	  "auth [default=3] %M a success\n", 'a',
	  "3 PAM bad jump in stack at DIR/svc:1\n"
	  "5 PAM (svc) pam_authenticate: perm_denied by usher_probe at "
	  "DIR/svc:1 [ID]\n" },
	{ "the first pass of a change",
	  "password required %M a try_again\n", 'p',
	  "5 PAM (svc) pam_chauthtok: try_again by usher_probe at "
	  "DIR/svc:1 [ID]\n" },
	{ "what waits is no refusal", "auth required %M a incomplete\n",
	  'a', "" },
	{ "a pass for the program: K-6", "password required %M a\n", 'P',
	  "3 PAM pam_chauthtok: the passes are the library's to ask for\n" },
};

static void
check_refusals(void)
{
	for (size_t i = 0; i < COUNT(refusals); i++) {
		pam_handle_t *pamh = rig_start(refusals[i].policy, "alice");

		rig_log_clear();
		if (refusals[i].call == 'P')
			pam_chauthtok(pamh, PAM_UPDATE_AUTHTOK);
		else
			rig_do(pamh, refusals[i].call, 0);
		CHECK_STR(refusals[i].label, refusals[i].want, rig_log());
		rig_end(pamh);
	}
}

/* usher.conf(5), trace: a line for each entry that was reached. */
static void
check_trail(void)
{
	static const char want[] =
	    "7 PAM trail ID pam_authenticate DIR/svc:1 usher_probe "
	    "auth_err -> ignore, 0 ms\n"
	    "7 PAM trail ID pam_authenticate DIR/svc:2 usher_probe "
	    "success -> jump 1, 0 ms\n"
	    "7 PAM trail ID pam_authenticate DIR/svc:4 usher_probe "
	    "success -> ok, 0 ms\n";
	pam_handle_t *pamh;

	rig_policy("usher.conf", "trace other SVC\n");
	pamh = rig_start("auth optional %M a auth_err\n"
	    "auth [success=1] %M b success\nauth requisite %M c auth_err\n"
	    "auth required %M d success\n", "alice");
	rig_log_clear();
	CHECK_INT("a success", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_STR("leaves a trail", want, rig_log());
	rig_policy("usher.conf", "");
	rig_end(pamh);
}

/* L-8, CVE-2004-0366: secrets and answers, whatever goes wrong with them. */
static int
ask_for_all(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *word = NULL;

	pam_set_item(pamh, PAM_OLDAUTHTOK, "sesame");
	pam_get_user(pamh, &word, NULL);
	pam_get_authtok(pamh, PAM_AUTHTOK, &word, NULL);
	pam_get_authtok_verify(pamh, &word, NULL);
	pam_prompt(pamh, PAM_PROMPT_ECHO_ON, NULL, "?");
	pam_putenv(pamh, "PASSWORD=sesame");
	pam_putenv(pamh, "PASSWORD");
	return rig_default(pamh, call);
}

static void
check_secrets(void)
{
	pam_handle_t *pamh;

	rig_policy("usher.conf", "trace svc\n");
	pamh = rig_start("auth required %M a user_unknown\n"
	    "password required %M a success,auth_err\n", NULL);
	rig_log_clear();
	for (int i = 0; i < 4; i++) {
		rig.module = ask_for_all;
		rig.replies = 0;
		for (size_t k = 0; k < COUNT(rig.reply); k++)
			rig.reply[k] = (struct rig_reply){ RIG_TEXT, "sesame",
				(i + (int)k) % 3 ? PAM_SUCCESS :
				PAM_CONV_ERR };
		rig_do(pamh, i % 2 ? 'p' : 'a', 0);
		pam_set_item(pamh, PAM_USER, NULL);
	}
	CHECK("there is a log", rig_logged("conversation failed"));
	CHECK("and no secret in it", !rig_logged("sesame"));
	rig_policy("usher.conf", "");
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_prefixes();
	check_names();
	check_forged();
	check_texts();
	check_refusals();
	check_trail();
	check_secrets();
	return TEST_RESULT();
}
