/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: texts_test ASKER marked|hostile FOLDER, with the catalogue of that
 * name for the language xx in FOLDER: what do libpam and libpam_misc say? */
#include <stdlib.h>

#include <security/pam_appl.h>
#include <security/pam_misc.h>

#include "catalogue.h"
#include "check.h"
#include "pamtest.h"

#include "base/drop.h"

static const struct pamtest marked[] = {
	{ "a password", .args = "password", .user = "root",
	    .replies = { "old" }, .ops = {{ PAMTEST_AUTH, PAM_SUCCESS }},
	    .says = "secret: <password>: " },
	{ "the user's name", .args = "user", .replies = { "root" },
	    .ops = {{ PAMTEST_AUTH, PAM_SUCCESS }},
	    .says = "ask: <login>:" },
	{ "the program's own question for it stays", .args = "user",
	    .replies = { "root" }, .items = {{ PAM_USER_PROMPT, "login:" }},
	    .ops = {{ PAMTEST_AUTH, PAM_SUCCESS }}, .says = "ask: login:" },
	{ "a change", .args = "current password", .user = "root",
	    .replies = { "old", "new", "new" },
	    .ops = {{ PAMTEST_CHANGE, PAM_SUCCESS }},
	    .says = "secret: <current password>: \n"
		    "secret: <new password>: \n"
		    "secret: <new password again>: " },
	{ "a change of a kind of password",
	    .args = "authtok_type=UNIX current password", .user = "root",
	    .replies = { "old", "new", "new" },
	    .ops = {{ PAMTEST_CHANGE, PAM_SUCCESS }},
	    .says = "secret: <current password for UNIX>: \n"
		    "secret: <new password for UNIX>: \n"
		    "secret: <new password for UNIX again>: " },
	{ "the module's own words are its own", .args = "pin", .user = "root",
	    .replies = { "1", "1" },
	    .ops = {{ PAMTEST_CHANGE, PAM_SUCCESS }},
	    .says = "secret: PIN: \nsecret: <again> PIN: " },
	{ "two that differ", .args = "password", .user = "root",
	    .replies = { "new", "other" },
	    .ops = {{ PAMTEST_CHANGE, PAM_TRY_AGAIN }},
	    .says = "secret: <new password>: \n"
		    "secret: <new password again>: \n"
		    "error: <not the same>" },
	{ "no answer", .args = "password", .user = "root",
	    .ops = {{ PAMTEST_CHANGE, PAM_AUTHTOK_ERR }},
	    .says = "secret: <new password>: \nerror: <aborted>" },
};

static const struct pamtest hostile[] = {
	{ "arguments that are not there", .args = "current", .user = "root",
	    .replies = { "old" }, .ops = {{ PAMTEST_CHANGE, PAM_SUCCESS }},
	    .says = "secret: Current password: " },
	{ "an argument left out", .args = "authtok_type=UNIX current",
	    .user = "root", .replies = { "old" },
	    .ops = {{ PAMTEST_CHANGE, PAM_SUCCESS }},
	    .says = "secret: Current UNIX password: " },
	{ "an argument of another type", .args = "pin", .user = "root",
	    .replies = { "1", "1" },
	    .ops = {{ PAMTEST_CHANGE, PAM_SUCCESS }},
	    .says = "secret: PIN: \nsecret: Retype PIN: " },
	{ "no arguments in what is no format", .args = "password",
	    .user = "root", .replies = { "new", "other" },
	    .ops = {{ PAMTEST_CHANGE, PAM_TRY_AGAIN }},
	    .says = "secret: New password: \nsecret: Retype new password: \n"
		    "error: %s%n%99999999d" },
};

/* Of the others no catalogue has our wording. */
static const int translated[] = {
	PAM_SUCCESS, PAM_SYSTEM_ERR, PAM_PERM_DENIED, PAM_AUTH_ERR,
	PAM_USER_UNKNOWN, PAM_MAXTRIES, PAM_ACCT_EXPIRED, PAM_CONV_ERR,
	PAM_AUTHTOK_ERR, PAM_ABORT, PAM_MODULE_UNKNOWN,
};

static void
check_codes(void)
{
	char want[16];

	for (size_t i = 0; i < COUNT(translated); i++) {
		snprintf(want, sizeof want, "<%d>", translated[i]);
		CHECK_STR("a code", want, pam_strerror(NULL, translated[i]));
	}
	CHECK_STR("no code", "<none>", pam_strerror(NULL, 4711));
	CHECK_STR("a wording of ours", "Memory error",
	    pam_strerror(NULL, PAM_BUF_ERR));
}

/* What misc_conv writes to stderr when asked a question now, to which nobody
 * has an answer. */
static const char *
misc_conv_says(void)
{
	static char said[256];
	const struct pam_message question = { PAM_PROMPT_ECHO_ON, "?" };
	const struct pam_message *questions[] = { &question };
	_drop_(freep) struct pam_response *response = NULL;
	_drop_(fclosep) FILE *file = tmpfile();
	_drop_(closep) int before = dup(STDERR_FILENO);
	size_t len;

	if (!file || before < 0 || !freopen("/dev/null", "r", stdin))
		return NULL;
	dup2(fileno(file), STDERR_FILENO);
	misc_conv(1, questions, &response, NULL);
	dup2(before, STDERR_FILENO);
	rewind(file);
	len = fread(said, 1, sizeof said - 1, file);
	said[len] = '\0';
	return said;
}

static void
check_time(void)
{
	pam_misc_conv_warn_time = 1;
	CHECK_STR("time runs out", "<soon>\n?\n", misc_conv_says());
	pam_misc_conv_die_time = 1;
	CHECK_STR("time is up", "<over>\n", misc_conv_says());
	pam_misc_conv_die_line = "Good bye\n";
	CHECK_STR("the program's own line", "Good bye\n", misc_conv_says());
	pam_misc_conv_die_line = NULL;
	CHECK_STR("no line", "", misc_conv_says());
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	if (!catalogue_speak(argv[3]))
		return CANNOT_RUN;
	if (strcmp(argv[2], "hostile") == 0) {
		CHECK_STR("a code", "%s%n",
		    pam_strerror(NULL, PAM_MODULE_UNKNOWN));
		return TEST_RESULT() ||
		    pamtest_main(2, argv, hostile, COUNT(hostile), NULL);
	}
	check_codes();
	check_time();
	return TEST_RESULT() ||
	    pamtest_main(2, argv, marked, COUNT(marked), NULL);
}
