/* SPDX-License-Identifier: BSD-2-Clause */
/* What the facts say of modules, against what those modules answer, and which
 * functions they have. Each module is asked in a process and world of its own;
 * only such modules that leave the machine alone. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/facts.h"
#include "base/drop.h"
#include "check.h"
#include "pamtest.h"

#define WORDS 8

/* NULL as the folder of our own modules: one argument each. */
static const struct {
	const char *module, *args;
} asked[] = {
	{ "pam_access", "" },
	{ "pam_access", "accessfile=/nonexistent" },
	{ "pam_debug", "" },
	{ "pam_debug", "auth=new_authtok_reqd cred=cred_expired" },
	{ "pam_debug", "acct=acct_expired prechauthtok=try_again" },
	{ "pam_debug", "open_session=abort close_session=ignore" },
	{ "pam_deny", "" },
	{ "pam_echo", "hello" },
	{ "pam_echo", "file=/nonexistent" },
	{ "pam_env", "" },
	{ "pam_env", "conffile=/nonexistent" },
	{ "pam_exec", "/bin/true" },
	{ "pam_exec", "/bin/false" },
	{ "pam_exec", "type=auth /bin/true" },
	{ "pam_exec", "" },
	{ "pam_faildelay", "" },
	{ "pam_faildelay", "delay=x" },
	{ "pam_faillock", "preauth" },
	{ "pam_faillock", "authfail" },
	{ "pam_faillock", "authsucc" },
	{ "pam_faillock", "authfail local_users_only" },
	{ "pam_faillock", "conf=/nonexistent" },
	{ "pam_group", "" },
	{ "pam_issue", "" },
	{ "pam_issue", "issue=/etc/passwd" },
	{ "pam_limits", "" },
	{ "pam_limits", "conf=/nonexistent" },
	{ "pam_listfile", "" },
	{ "pam_listfile", "item=user sense=allow file=/etc/passwd" },
	{ "pam_listfile", "item=user sense=deny file=/x onerr=succeed" },
	{ "pam_listfile", "item=tty sense=deny file=/etc/passwd apply=bob" },
	{ "pam_localuser", "" },
	{ "pam_localuser", "file=/nonexistent" },
	{ "pam_loginuid", "" },
	{ "pam_mail", "" },
	{ "pam_nologin", "" },
	{ "pam_nologin", "successok" },
	{ "pam_nologin", "file=/etc/passwd" },
	{ "pam_nologin", "successok file=/etc/passwd" },
	{ "pam_permit", "" },
	{ "pam_rootok", "" },
	{ "pam_securetty", "" },
	{ "pam_sepermit", "" },
	{ "pam_shells", "" },
	{ "pam_succeed_if", "" },
	{ "pam_succeed_if", "uid = 0" },
	{ "pam_succeed_if", "uid eq x" },
	{ "pam_succeed_if", "user" },
	{ "pam_time", "" },
	{ "pam_umask", "" },
	{ "pam_usertype", "isregular" },
	{ "pam_usertype", "issystem" },
	{ "pam_usertype", "" },
	{ "pam_userdb", "db=/nonexistent" },
	{ "pam_warn", "" },
	{ "pam_wheel", "" },
	{ "pam_wheel", "trust" },
	{ "pam_wheel", "trust group=root use_uid" },
	{ "pam_wheel", "deny group=wheel use_uid" },
};

static const struct {
	enum pamtest_do what;
	const char *type;
	enum function function;
} calls[] = {
	{ PAMTEST_AUTH, "auth", FUNCTION_AUTH },
	{ PAMTEST_CRED, "auth", FUNCTION_SETCRED },
	{ PAMTEST_ACCOUNT, "account", FUNCTION_ACCOUNT },
	{ PAMTEST_OPEN, "session", FUNCTION_OPEN },
	{ PAMTEST_CLOSE, "session", FUNCTION_CLOSE },
	{ PAMTEST_CHANGE, "password", FUNCTION_PASSWORD },
};

static struct facts *facts;

/* Nobody is there to answer. */
static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n, (void)msg, (void)resp, (void)data;
	return PAM_CONV_ERR;
}

static void
wait_not(int rc, unsigned usec, void *data)
{
	(void)rc, (void)usec, (void)data;
}

static int
answer(const char *module, size_t call, const char *args, const char *user)
{
	const struct pam_conv conv = { converse, NULL };
	pam_handle_t *pamh = NULL;
	char policy[512];
	int rc;

	snprintf(policy, sizeof policy, PAMTEST_ENTRY, calls[call].type, args);
	if (!pamtest_policy("pamtest", policy, module) ||
	    pam_start_confdir("pamtest", user, &conv, pamtest_confdir(),
		&pamh) != PAM_SUCCESS)
		exit(1);
	pam_set_item(pamh, PAM_FAIL_DELAY, (const void *)wait_not);
	rc = pamtest_do(pamh, calls[call].what, 0);
	pam_end(pamh, rc);
	return rc;
}

/* As PAMTEST_ENTRY shows it: module_unknown stands for ignore too. */
static bool
allowed(const struct fact *fact, int code)
{
	if (code == PAM_MODULE_UNKNOWN && fact->answers >> PAM_IGNORE & 1)
		return true;
	return fact->answers >> code & 1;
}

static void
check_call(const char *path, size_t row, size_t call)
{
	static const char *const users[] = { "root", "alice", "no-such-user" };
	char words[256], *rest = words;
	const char *argv[WORDS] = { NULL };
	struct entry e = { .name = asked[row].module, .argv = argv };
	struct fact fact;

	snprintf(words, sizeof words, "%s", asked[row].args);
	while (rest && *rest && e.argc < WORDS - 1)
		argv[e.argc++] = strsep(&rest, " ");
	fact = facts_of(facts, &e, calls[call].function);
	for (size_t i = 0; i < COUNT(users); i++) {
		const int code = answer(path, call, asked[row].args, users[i]);
		char label[900];

		snprintf(label, sizeof label, "%s %s: %s answers %s to %s",
		    path, asked[row].args,
		    function_word(calls[call].function), code_word(code),
		    users[i]);
		CHECK(label, !fact.listed || allowed(&fact, code));
		CHECK(label, fact.listed || code == PAM_MODULE_UNKNOWN);
	}
}

static void
check_row(const char *path, size_t row)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		check_bad = 0;
		/* Without a world of our own some may write to the host's. */
		if (!pamtest_world())
			exit(0);
		for (size_t i = 0; i < COUNT(calls); i++)
			check_call(path, row, i);
		exit(check_bad != 0);
	}
	CHECK(path, pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
}

/* The module as a file in one of the folders that ours are built in, or in the
 * system's. */
static void
check_in(const char *folder, size_t *found)
{
	for (size_t row = 0; row < COUNT(asked); row++) {
		char path[512];

		snprintf(path, sizeof path, "%s/%s.so", folder,
		    asked[row].module);
		if (access(path, R_OK) < 0)
			continue;
		++*found;
		check_row(path, row);
	}
}

int
main(int argc, char **argv)
{
	unsigned wrong;
	size_t found = 0;

	if (argc < 3 || facts_load(argv[1], &facts, &wrong) < 0)
		return 2;
	for (int i = 2; i < argc; i++)
		check_in(argv[i], &found);
	printf("%zu rows\n", found);
	facts_free(facts);
	return TEST_RESULT();
}
