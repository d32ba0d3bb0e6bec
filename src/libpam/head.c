/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/head.h"

#include <errno.h>
#include <security/pam_modutil.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/text.h"
#include "libpam/env.h"
#include "libpam/instance.h"
#include "libpam/modutil/lookup.h"
#include "libpam/session.h"
#include "record/limits.h"

/* No account has a longer name, and not every source of accounts survives the
 * question. */
#define USER_MAX 255

/* For what is noted of the opening, in bytes: an answer of each entry, what it
 * puts and the environment. More is appended at more cost. */
#define ROOM_ENTRY 32
#define ROOM 2048

uid_t
head_uid(pam_handle_t *pamh)
{
	const char *user = pamh->item[PAM_USER];
	const struct passwd *pw;

	if (!user || strlen(user) > USER_MAX)
		return (uid_t)-1;
	pw = lookup_seen(pamh, user);
	if (!pw)
		pw = pam_modutil_getpwnam(pamh, user);
	return pw ? pw->pw_uid : (uid_t)-1;
}

/* login, nested, background or greeter. The variable counts only where root
 * began the program: whoever is switched to another user may hand his on. */
static const char *
class_of(pam_handle_t *pamh, uint32_t outer)
{
	const char *wanted = pam_getenv(pamh, "XDG_SESSION_CLASS");
	const char *tty = pamh->item[PAM_TTY];

	if (outer != NO_AUDIT_SESSION)
		return "nested";
	if (wanted && getuid() == 0 && (strcmp(wanted, "greeter") == 0 ||
	    strcmp(wanted, "background") == 0))
		return strcmp(wanted, "greeter") == 0 ? "greeter" :
		    "background";
	return !tty || strcmp(tty, "cron") == 0 ? "background" : "login";
}

static unsigned long long
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (unsigned long long)now.tv_sec * 1000000 +
	    (unsigned long long)now.tv_nsec / 1000;
}

/* The file of a module, or what the policy calls it. */
static const char *
path_of(const struct instance *in, size_t at)
{
	const struct entry *e =
	    &in->plan->snapshot.policy->chain[FAC_SESSION].entry[at];
	const struct module *m = e->kind == ENTRY_MODULE ?
	    instance_module(in, FAC_SESSION, at) : NULL;

	if (e->kind != ENTRY_MODULE)
		return NULL;
	return m ? m->path : e->module;
}

static int
fill_entries(const struct instance *in, struct record *r)
{
	const struct chain *chain =
	    &in->plan->snapshot.policy->chain[FAC_SESSION];

	r->entry = calloc(chain->count + 1, sizeof *r->entry);
	if (!r->entry)
		return -ENOMEM;
	r->entries = chain->count;
	for (size_t i = 0; i < chain->count; i++) {
		const struct entry *e = &chain->entry[i];

		r->entry[i].module = path_of(in, i);
		r->entry[i].argc = e->kind == ENTRY_MODULE ?
		    (size_t)e->argc : 0;
		/* Borrowed: see head_free. */
		r->entry[i].argv = (const char **)(uintptr_t)e->argv;
	}
	return 0;
}

/* What is borrowed is not record_free's. */
static void
head_free(struct record *r)
{
	for (size_t i = 0; i < r->entries; i++)
		r->entry[i].argv = NULL;
	r->auth = NULL;
	record_free(r);
}

/* Who deletes the credentials takes the path on which they were set: X-20. */
static void
fill_auth(const struct instance *in, struct record *r)
{
	r->auth = in->kept[FAC_AUTH];
	r->auths = in->plan->snapshot.policy->chain[FAC_AUTH].count;
}

static int
fill(pam_handle_t *pamh, struct record *r, char boot[BOOT_TEXT])
{
	struct session *s = pamh->session;

	*r = (struct record){
		.id = s->id, .boot = boot_name(boot),
		.service = pamh->item[PAM_SERVICE],
		.user = pamh->item[PAM_USER], .tty = pamh->item[PAM_TTY],
		.rhost = pamh->item[PAM_RHOST], .ruser = pamh->item[PAM_RUSER],
		.class = s->class, .confdir = pamh->confdir,
		.uid = head_uid(pamh), .opened = now_us(),
		.policy = pamh->instance->plan->mark, .outer = s->outer,
		.opener = s->opener, .established = pamh->established,
	};
	space_self(&r->space, s->opener.pid);
	fill_auth(pamh->instance, r);
	return fill_entries(pamh->instance, r);
}

/* In the open store. 0 or -errno. */
static int
create(pam_handle_t *pamh, int dir)
{
	_drop_(rows_free) struct rows rows = { 0 };
	_drop_(head_free) struct record r = { 0 };
	struct session *s = pamh->session;
	char boot[BOOT_TEXT];

	if (fill(pamh, &r, boot) < 0 ||
	    !store_name(&s->name, (uid_t)r.uid, s->id))
		return -ENOMEM;
	record_head(&r, &rows);
	return page_create(&s->page, dir, &s->store, &s->name, &rows,
	    ROOM + r.entries * ROOM_ENTRY);
}

int
head_write(pam_handle_t *pamh)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	struct session *s = pamh->session;
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &s->store);
	int rc;

	if (dir < 0)
		return dir;
	limits_lift_size(&limits);
	s->opener = process_self();
	s->outer = audit_session_glance(&s->glance);
	s->class = class_of(pamh, s->outer);
	rc = create(pamh, dir);
	if (rc < 0)
		audit_session_again(&s->glance);
	return rc;
}

/* Those that others set before are in the handle too, and may be needed. */
void
head_after(const pam_handle_t *pamh, uint32_t inner, struct rows *to)
{
	for (size_t i = 0; i < pamh->env.count; i++) {
		const char *variable = pamh->env.slot[i].value;

		if (variable && !text_after(variable, ENV_SESSION "="))
			row_add(to, "env", variable);
	}
	if (inner != pamh->session->outer && inner != NO_AUDIT_SESSION)
		row_add_number(to, "audit-session", inner);
}
