/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "pamtest_script.h"

#define SKIPPED 77

const char *const pamtest_do_name[] = {
	[PAMTEST_END] = "end",
	[PAMTEST_AUTH] = "authenticate",
	[PAMTEST_CRED] = "setcred",
	[PAMTEST_ACCOUNT] = "acct_mgmt",
	[PAMTEST_OPEN] = "open_session",
	[PAMTEST_CLOSE] = "close_session",
	[PAMTEST_CHANGE] = "chauthtok",
};

/* What every row may use as well. */
struct suite {
	const char *module;
	bool theirs, memory;
	pamtest_observer *observe;
};

int
pamtest_do(pam_handle_t *pamh, enum pamtest_do what, int flags)
{
	switch (what) {
	case PAMTEST_AUTH:
		return pam_authenticate(pamh, flags);
	case PAMTEST_CRED:
		return pam_setcred(pamh, flags);
	case PAMTEST_ACCOUNT:
		return pam_acct_mgmt(pamh, flags);
	case PAMTEST_OPEN:
		return pam_open_session(pamh, flags);
	case PAMTEST_CLOSE:
		return pam_close_session(pamh, flags);
	case PAMTEST_CHANGE:
		return pam_chauthtok(pamh, flags);
	case PAMTEST_END:
		break;
	}
	return -1;
}

static bool
row_policy(const struct pamtest *row, const char *module)
{
	static const char *const kinds[] = { "auth", "account", "session",
		"password" };
	_drop_(freep) char *text = NULL;
	_drop_(fclosep) FILE *f = NULL;
	size_t size;

	if (row->policy)
		return pamtest_policy("pamtest", row->policy, module);
	f = open_memstream(&text, &size);
	for (size_t i = 0; f && i < COUNT(kinds); i++)
		fprintf(f, PAMTEST_ENTRY, kinds[i],
		    row->args ? row->args : "");
	return f && fflush(f) == 0 && pamtest_policy("pamtest", text, module);
}

const char *
pamtest_environment(pam_handle_t *pamh)
{
	static char text[1 << 15];
	char **list = pam_getenvlist(pamh);

	text[0] = '\0';
	for (char **e = list; e && *e; e++) {
		const size_t used = strlen(text);

		snprintf(text + used, sizeof text - used, "%s%s",
		    used ? " " : "", *e);
		free(*e);
	}
	free(list);
	return text;
}

const char *
pamtest_user(pam_handle_t *pamh)
{
	const void *user = NULL;

	pam_get_item(pamh, PAM_USER, &user);
	return user ? user : "(none)";
}

bool
pamtest_prepare(pam_handle_t *pamh, const struct pamtest *row)
{
	for (size_t i = 0; i < COUNT(row->items) && row->items[i].item; i++)
		if (pam_set_item(pamh, row->items[i].item,
			row->items[i].value) != PAM_SUCCESS)
			return false;
	for (size_t i = 0; i < COUNT(row->env) && row->env[i]; i++)
		if (pam_putenv(pamh, row->env[i]) != PAM_SUCCESS)
			return false;
	return true;
}

static bool
become(const struct pamtest *row)
{
	if (row->uid)
		return setgroups(0, NULL) == 0 &&
		    setresgid(row->uid, row->uid, row->uid) == 0 &&
		    setresuid(row->uid, row->uid, row->uid) == 0;
	return !row->ruid || setresuid(row->ruid, 0, 0) == 0;
}

/* See PAMTEST_ENTRY. */
static int
answer_of(pam_handle_t *pamh, const struct pamtest_op *op)
{
	const int rc = pamtest_do(pamh, op->what, op->flags);

	if (op->want == PAM_IGNORE && rc == PAM_MODULE_UNKNOWN)
		return PAM_IGNORE;
	return rc;
}

/* A session that did not open is closed by another handle: for the one that
 * failed our library has nothing left to call. */
static int
close_apart(const struct pamtest *row, const struct pam_conv *conv,
    const struct pamtest_op *op)
{
	pam_handle_t *pamh = NULL;
	int rc = pam_start_confdir("pamtest", row->user, conv,
	    pamtest_confdir(), &pamh);

	if (rc == PAM_SUCCESS && pamtest_prepare(pamh, row))
		rc = answer_of(pamh, op);
	pam_end(pamh, rc);
	return rc;
}

static void
operate(pam_handle_t *pamh, const struct pamtest *row,
    const struct pam_conv *conv)
{
	bool failed = false;
	char label[256];

	for (size_t i = 0; i < COUNT(row->ops) && row->ops[i].what; i++) {
		const struct pamtest_op *op = &row->ops[i];
		const int rc = failed && op->what == PAMTEST_CLOSE ?
		    close_apart(row, conv, op) : answer_of(pamh, op);

		snprintf(label, sizeof label, "%s: operation %zu, %s",
		    row->label, i + 1, pamtest_do_name[op->what]);
		CHECK_INT(label, op->want, rc);
		failed = op->what == PAMTEST_OPEN && rc != PAM_SUCCESS;
	}
}

static void
compare(pam_handle_t *pamh, const struct pamtest *row, const struct suite *s,
    const struct pamtest_script *script)
{
	const char *log = pamtest_log();

	if (row->says)
		CHECK_STR(row->label, row->says, script->said);
	if (row->leaves)
		CHECK_STR(row->label, row->leaves, s->observe(pamh));
	if (s->theirs)
		return;
	if (row->logs && !strstr(log, row->logs))
		CHECK_STR(row->label, row->logs, log);
	if (row->hides && strstr(log, row->hides))
		CHECK_STR(row->label, "(hidden)", log);
}

static void
run_row(const struct pamtest *row, const struct suite *s)
{
	struct pamtest_script script = { .row = row };
	const struct pam_conv conv = { pamtest_converse, &script };
	pam_handle_t *pamh = NULL;

	CHECK_INT(row->label, PAM_SUCCESS, pam_start_confdir("pamtest",
	    row->user, &conv, pamtest_confdir(), &pamh));
	if (!pamh)
		return;
	pamtest_log_clear();
	CHECK(row->label, pamtest_prepare(pamh, row) && become(row));
	operate(pamh, row, &conv);
	compare(pamh, row, s, &script);
	pam_end(pamh, PAM_SUCCESS);
}

static bool
needs_world(const struct pamtest *row)
{
	const char *user = row->user ? row->user : "root";

	return row->files[0].path || row->ruid || row->uid || row->root ||
	    strcmp(user, "alice") == 0 || strcmp(user, "bob") == 0;
}

static bool
needs_root(const struct pamtest *row)
{
	return row->root || row->uid || row->ruid;
}

static bool
furnish(const struct pamtest *row)
{
	for (size_t i = 0; i < COUNT(row->files) && row->files[i].path; i++)
		if (!pamtest_put(&row->files[i]))
			return false;
	return true;
}

static void
child(const struct pamtest *row, const struct suite *s)
{
	const bool root = geteuid() == 0;

	if (!pamtest_world()) {
		if (needs_world(row))
			exit(SKIPPED);
	} else if (needs_root(row) && !root) {
		exit(SKIPPED);
	} else {
		CHECK(row->label, furnish(row));
	}
	if (s->memory && pamtest_memory)
		exit(pamtest_memory(row));
	run_row(row, s);
	exit(TEST_RESULT());
}

static int
fork_row(const struct pamtest *row, const struct suite *s)
{
	int status = 1;
	pid_t pid;

	if (!row_policy(row, s->module))
		return 1;
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		child(row, s);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 1;
	if (!WIFEXITED(status))
		printf("%s: killed by signal %d\n", row->label,
		    WTERMSIG(status));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int
pamtest_main(int argc, char **argv, const struct pamtest *rows, size_t n,
    pamtest_observer *observe)
{
	struct suite s = { .observe = observe };
	size_t failed = 0, skipped = 0, run = 0;

	if (argc < 2 || argv[1][0] != '/') {
		fprintf(stderr, "usage: %s /path/to/module.so [theirs]\n",
		    argv[0]);
		return 2;
	}
	s.module = argv[1];
	s.theirs = argc > 2 && strcmp(argv[2], "theirs") == 0;
	s.memory = argc > 2 && strcmp(argv[2], "memory") == 0;
	for (size_t i = 0; i < n; i++) {
		int rc;

		if (s.theirs && rows[i].differs)
			continue;
		rc = fork_row(&rows[i], &s);
		skipped += rc == SKIPPED;
		failed += rc != SKIPPED && rc != 0;
		run++;
	}
	printf("%zu rows, %zu failed, %zu not possible here\n", run, failed,
	    skipped);
	if (failed)
		return 1;
	return run && run == skipped ? SKIPPED : 0;
}
