/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module that decides nothing and tells everything: who calls it, in what
 * state, with which handle. It stands in a real program's policy, in every
 * facility.
 *   CALL=CODE  give this answer to a call (auth, setcred, account, open, close,
 *              password) instead of PAM_IGNORE
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <security/pam_appl.h>
#include <security/pam_modules.h>

#include "base/drop.h"
#include "event.h"

#define NAME "conduct"

/* Lies in the handle from its first call on: copies of the handle have it too,
 * and what is written into it is seen in this process and its children only. */
struct mark {
	uint64_t id;
	pid_t made_by, opened_by;
};

static const struct {
	const char *name;
	int item;
} items[] = {
	{ "service", PAM_SERVICE },
	{ "user", PAM_USER },
	{ "tty", PAM_TTY },
	{ "rhost", PAM_RHOST },
	{ "ruser", PAM_RUSER },
};

static void
add_items(struct event *e, const pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(items); i++) {
		const void *value = NULL;

		if (pam_get_item(pamh, items[i].item, &value) == PAM_SUCCESS &&
		    value) {
			event_add(e, items[i].name, "%s", (const char *)value);
		}
	}
}

static void
add_environment(struct event *e, pam_handle_t *pamh)
{
	char **list = pam_getenvlist(pamh);

	event_add_names(e, "pamenv", list);
	for (size_t i = 0; list && list[i]; i++)
		free(list[i]);
	free(list);
}

static void
add_handle(struct event *e, pam_handle_t *pamh, const struct mark *mark)
{
	event_add(e, "handle", "%p", (void *)pamh);
	event_add(e, "mark", "%016llx", (unsigned long long)mark->id);
	event_add(e, "made-by", "%d", mark->made_by);
	event_add(e, "opened-by", "%d", mark->opened_by);
	add_items(e, pamh);
	add_environment(e, pamh);
}

static void
cleaned(pam_handle_t *pamh, void *data, int status)
{
	struct event e;

	event_begin(&e, "end");
	event_add(&e, "flags", "0x%x", (unsigned)status);
	add_handle(&e, pamh, data);
	event_send(&e);
	free(data);
}

/* The mark of this handle, a new one if it has none. */
static struct mark *
marked(pam_handle_t *pamh)
{
	const void *found = NULL;
	struct mark *mark;

	if (pam_get_data(pamh, NAME, &found) == PAM_SUCCESS && found)
		return (struct mark *)(uintptr_t)found;
	mark = calloc(1, sizeof(*mark));
	if (!mark)
		return NULL;
	mark->made_by = getpid();
	if (getrandom(&mark->id, sizeof(mark->id), 0) < 0 ||
	    pam_set_data(pamh, NAME, mark, cleaned) != PAM_SUCCESS) {
		free(mark);
		return NULL;
	}
	return mark;
}

static int
answer(const char *call, int argc, const char **argv)
{
	const size_t len = strlen(call);

	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], call, len) == 0 && argv[i][len] == '=')
			return atoi(argv[i] + len + 1);
	}
	return PAM_IGNORE;
}

/* What a module would put into the environment to name the session. */
static void
opened(pam_handle_t *pamh, struct mark *mark)
{
	char line[64];

	mark->opened_by = getpid();
	snprintf(line, sizeof(line), "CONDUCT_SESSION=%016llx",
	    (unsigned long long)mark->id);
	pam_putenv(pamh, line);
}

static int
told(pam_handle_t *pamh, const char *call, int flags, int argc,
    const char **argv)
{
	struct mark *mark = marked(pamh);
	const char *parent = getenv("CONDUCT_SESSION");
	const int rc = answer(call, argc, argv);
	struct event e;

	if (!mark)
		return PAM_BUF_ERR;
	/* An entry that only answers would tell everything twice. */
	if (argc == 0) {
		event_begin(&e, call);
		event_add(&e, "flags", "0x%x", (unsigned)flags);
		event_add(&e, "parent", "%s", parent ? parent : "");
		add_handle(&e, pamh, mark);
		event_send(&e);
	}
	if (strcmp(call, "open") == 0)
		opened(pamh, mark);
	return rc;
}

/* The library loads what the policy names in pam_start. */
__attribute__((constructor)) static void
loaded(void)
{
	struct event e;

	event_begin(&e, "load");
	event_send(&e);
}

#define CALL(function, name)                                  \
	int function(pam_handle_t *pamh, int flags, int argc, \
	    const char **argv)                                \
	{                                                     \
		return told(pamh, name, flags, argc, argv);   \
	}

CALL(pam_sm_authenticate, "auth")
CALL(pam_sm_setcred, "setcred")
CALL(pam_sm_acct_mgmt, "account")
CALL(pam_sm_open_session, "open")
CALL(pam_sm_close_session, "close")
CALL(pam_sm_chauthtok, "password")
