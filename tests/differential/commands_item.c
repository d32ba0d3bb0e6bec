/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that read and write what a handle keeps. */
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>

#include "base/drop.h"
#include "player.h"

static void
run_set(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_set_item(p->pamh, word_int(w[1]), w[2]));
}

/* I-2: on failure the result is NULL, and no longer what it was. */
static void
run_get(struct player *p, char **w, struct event *e)
{
	const int item = word_int(w[1]);
	const void *value = "poison";

	event_code(e, pam_get_item(p->pamh, item, &value));
	if (item == PAM_CONV || item == PAM_FAIL_DELAY || item == PAM_XAUTHDATA)
		event_text(e, value ? "pointer" : "-");
	else
		event_word(e, value);
}

static void
run_getnull(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_get_item(p->pamh, word_int(w[1]), NULL));
}

static struct pam_xauth_data
xauth_of(char *name, char *data)
{
	return (struct pam_xauth_data){
		.name = name, .namelen = name ? (int)strlen(name) : 0,
		.data = data, .datalen = data ? (int)strlen(data) : 0,
	};
}

static void
run_xauth(struct player *p, char **w, struct event *e)
{
	const struct pam_xauth_data data = xauth_of(w[1], w[2]),
	    *got;
	const void *item = NULL;
	const bool clear = w[1] && strcmp(w[1], "clear") == 0;

	event_code(e, pam_set_item(p->pamh, PAM_XAUTHDATA,
	    clear ? NULL : &data));
	if (pam_get_item(p->pamh, PAM_XAUTHDATA, &item) != PAM_SUCCESS)
		return;
	got = item;
	event_word(e, got && got->namelen ? got->name : NULL);
}

static void
run_putenv(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_putenv(p->pamh, w[1]));
}

static void
run_getenv(struct player *p, char **w, struct event *e)
{
	event_word(e, pam_getenv(p->pamh, w[1]));
}

static void
run_envlist(struct player *p, char **w, struct event *e)
{
	char **list = pam_getenvlist(p->pamh);

	(void)w;
	if (!list)
		event_text(e, "null");
	for (size_t i = 0; list && list[i]; i++) {
		event_word(e, list[i]);
		free(list[i]);
	}
	free(list);
}

static void
run_faildelay(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_fail_delay(p->pamh,
	    (unsigned)strtoul(w[1], NULL, 0)));
}

static void
run_getuser(struct player *p, char **w, struct event *e)
{
	const char *user = "poison";

	event_code(e, pam_get_user(p->pamh, &user, w[1]));
	event_word(e, user);
}

static void
run_authtok(struct player *p, char **w, struct event *e)
{
	const char *token = NULL;
	const int rc = pam_get_authtok(p->pamh, word_int(w[1]), &token, w[2]);

	event_code(e, rc);
	event_word(e, rc == PAM_SUCCESS ? token : NULL);
}

static void
run_prompt(struct player *p, char **w, struct event *e)
{
	_drop_(freep) char *reply = NULL;

	event_code(e, pam_prompt(p->pamh, word_int(w[1]), &reply, "%s", w[2]));
	event_word(e, reply);
}

static void
run_setdata(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_set_data(p->pamh, w[1], NULL, NULL));
}

static void
run_getdata(struct player *p, char **w, struct event *e)
{
	const void *data;

	event_code(e, pam_get_data(p->pamh, w[1], &data));
}

static void
run_syslog(struct player *p, char **w, struct event *e)
{
	pam_syslog(p->pamh, LOG_NOTICE, "%s", w[1]);
	event_text(e, "done");
}

static void
run_pwnam(struct player *p, char **w, struct event *e)
{
	const struct passwd *pw = pam_modutil_getpwnam(p->pamh, w[1]);

	event_word(e, pw ? pw->pw_name : NULL);
}

const struct command item_commands[] = {
	{ "authtok", run_authtok, NEEDS_HANDLE },
	{ "envlist", run_envlist, NEEDS_HANDLE },
	{ "faildelay", run_faildelay, NEEDS_HANDLE },
	{ "get", run_get, NEEDS_HANDLE },
	{ "getdata", run_getdata, NEEDS_HANDLE },
	{ "getenv", run_getenv, NEEDS_HANDLE },
	{ "getnull", run_getnull, NEEDS_HANDLE },
	{ "getuser", run_getuser, NEEDS_HANDLE },
	{ "prompt", run_prompt, NEEDS_HANDLE },
	{ "putenv", run_putenv, NEEDS_HANDLE },
	{ "pwnam", run_pwnam, NEEDS_HANDLE },
	{ "set", run_set, NEEDS_HANDLE },
	{ "setdata", run_setdata, NEEDS_HANDLE },
	{ "syslog", run_syslog, NEEDS_HANDLE },
	{ "xauth", run_xauth, NEEDS_HANDLE },
	{ 0 },
};
