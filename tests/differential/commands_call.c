/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that begin and end transactions and run operations. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <security/pam_modules.h>

#include "base/drop.h"
#include "player.h"

static const struct {
	const char *name;
	int (*fn)(pam_handle_t *pamh, int flags);
} operations[] = {
	{ "auth", pam_authenticate },
	{ "setcred", pam_setcred },
	{ "acct", pam_acct_mgmt },
	{ "open", pam_open_session },
	{ "close", pam_close_session },
	{ "chauthtok", pam_chauthtok },
};

/* What is not the library's to set, so that leaving it alone can be seen. */
static pam_handle_t *const untouched = (pam_handle_t *)1;

static void
run_start(struct player *p, char **w, struct event *e)
{
	int rc;

	p->pamh = untouched;
	p->waiting = NULL;
	if (w[3])
		rc = pam_start_confdir(w[1], w[2], &p->conv, w[3], &p->pamh);
	else
		rc = pam_start(w[1], w[2], &p->conv, &p->pamh);
	event_code(e, rc);
	if (!p->pamh)
		event_text(e, "null");
	else
		event_text(e, p->pamh == untouched ? "untouched" : "set");
	if (rc != PAM_SUCCESS)
		p->pamh = NULL;
}

/* another operation leaves the one that waits alone. */
static void
finished(struct player *p, const char *name, int rc)
{
	if (p->waiting && strcmp(p->waiting, name) != 0)
		return;
	p->waiting = rc == PAM_INCOMPLETE ? name : NULL;
	if (p->waiting)
		return;
	p->wipe_due = p->wiping;
	if (p->forgetting)
		conv_forget(p->pamh);
}

static void
run_operation(struct player *p, char **w, struct event *e)
{
	int rc;

	for (size_t i = 0; i < COUNT(operations); i++) {
		if (strcmp(w[0], operations[i].name) != 0)
			continue;
		rc = operations[i].fn(p->pamh, word_int(w[1]));
		event_code(e, rc);
		finished(p, operations[i].name, rc);
	}
}

static void
run_wiping(struct player *p, char **w, struct event *e)
{
	(void)w;
	(void)e;
	p->wiping = true;
}

static void
run_forgetting(struct player *p, char **w, struct event *e)
{
	(void)w;
	(void)e;
	p->forgetting = true;
}

static void
run_typing(struct player *p, char **w, struct event *e)
{
	(void)w;
	(void)e;
	p->typing = true;
}

static void
run_pin(struct player *p, char **w, struct event *e)
{
	(void)p;
	(void)e;
	for (size_t i = 1; w[i]; i++) {
		if (!dlopen(w[i], RTLD_NOW | RTLD_NODELETE))
			abort();
	}
}

static void
run_end(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_end(p->pamh, word_int(w[1])));
	p->pamh = NULL;
}

static void
run_forkend(struct player *p, char **w, struct event *e)
{
	const pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		_exit(pam_end(p->pamh, word_int(w[1])));
	waitpid(pid, &status, 0);
	if (WIFEXITED(status))
		event_code(e, WEXITSTATUS(status));
	else
		event_int(e, -WTERMSIG(status));
}

/* S-1, and what the library does without a handle. */
static void
run_badstart(struct player *p, char **w, struct event *e)
{
	pam_handle_t *pamh = untouched;
	const int which = word_int(w[1]);

	event_code(e, pam_start(which == 1 ? NULL : "x", "u",
	    which == 2 ? NULL : &p->conv, which == 0 ? NULL : &pamh));
	event_text(e, pamh == untouched ? "untouched" : "set");
}

static void
run_badh(struct player *p, char **w, struct event *e)
{
	const void *item;
	const char *user;

	(void)p;
	(void)w;
	for (size_t i = 0; i < COUNT(operations); i++)
		event_code(e, operations[i].fn(NULL, 0));
	event_code(e, pam_end(NULL, 0));
	event_code(e, pam_set_item(NULL, PAM_USER, "x"));
	event_code(e, pam_get_item(NULL, PAM_USER, &item));
	event_code(e, pam_putenv(NULL, "A=b"));
	event_word(e, pam_getenv(NULL, "A"));
	event_text(e, pam_getenvlist(NULL) ? "list" : "null");
	event_code(e, pam_fail_delay(NULL, 1));
	event_code(e, pam_get_user(NULL, &user, NULL));
}

static void
run_strerror(struct player *p, char **w, struct event *e)
{
	(void)p;
	event_word(e, pam_strerror(NULL, word_int(w[1])));
}

const struct command call_commands[] = {
	{ "acct", run_operation, NEEDS_HANDLE },
	{ "auth", run_operation, NEEDS_HANDLE },
	{ "badh", run_badh, NEEDS_NOTHING },
	{ "badstart", run_badstart, NEEDS_NOTHING },
	{ "chauthtok", run_operation, NEEDS_HANDLE },
	{ "close", run_operation, NEEDS_HANDLE },
	{ "end", run_end, NEEDS_HANDLE },
	{ "forkend", run_forkend, NEEDS_HANDLE },
	{ "forgetting", run_forgetting, NEEDS_SILENCE },
	{ "open", run_operation, NEEDS_HANDLE },
	{ "pin", run_pin, NEEDS_SILENCE },
	{ "setcred", run_operation, NEEDS_HANDLE },
	{ "start", run_start, NEEDS_NOTHING },
	{ "strerror", run_strerror, NEEDS_NOTHING },
	{ "typing", run_typing, NEEDS_SILENCE },
	{ "wiping", run_wiping, NEEDS_SILENCE },
	{ 0 },
};
