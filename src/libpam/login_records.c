/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/login_records.h"

#include <errno.h>
#include <paths.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <utmp.h>
#include <utmpx.h>

#include "base/drop.h"
#include "base/text.h"
#include "libpam/conf.h"
#include "libpam/head.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "libpam/modutil/lookup.h"
#include "libpam/session.h"
#include "record/limits.h"
#include "record/login.h"
#include "record/utmp_file.h"

#define PATH_BTMP "/var/log/btmp"	/* no header has it */

static bool
is_wanted(const pam_handle_t *pamh)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;

	return conf_names(conf->login_records, pamh->item[PAM_SERVICE]) &&
	    geteuid() == 0;
}

static struct login
login_of(const pam_handle_t *pamh)
{
	const char *tty = pamh->item[PAM_TTY];
	const char *line = tty ? text_after(tty, "/dev/") : "";
	struct login l = {
		.line = line ? line : tty,
		.user = pamh->item[PAM_USER], .host = pamh->item[PAM_RHOST],
	};

	clock_gettime(CLOCK_REALTIME, &l.when);
	return l;
}

/* A system that has no such file does not want it. */
static void
report(const pam_handle_t *pamh, const char *path, int rc)
{
	if (rc < 0 && rc != -ENOENT)
		pam_syslog(pamh, LOG_ERR, "(%s) no login record in %s: %s",
		    pamh->item[PAM_SERVICE], path, strerrordesc_np(-rc));
}

/* Nobody is in anywhere without a name and a terminal. */
static bool
is_somewhere(const struct login *l)
{
	return *l->line && l->user;
}

static void
enter(pam_handle_t *pamh, const struct login *l)
{
	const uid_t uid = head_uid(pamh);
	struct lastlog last;
	struct utmpx u;

	login_utmp(l, USER_PROCESS, &u);
	report(pamh, _PATH_UTMPX, utmp_enter(_PATH_UTMPX, &u));
	report(pamh, _PATH_WTMPX, utmp_append(_PATH_WTMPX, &u));
	login_lastlog(l, &last);
	if (uid != (uid_t)-1)
		report(pamh, _PATH_LASTLOG,
		    lastlog_put(_PATH_LASTLOG, uid, &last));
}

void
login_records_opened(pam_handle_t *pamh)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	struct session *s = pamh->session;
	struct login l;

	if (!is_wanted(pamh) || s->again)
		return;
	l = login_of(pamh);
	if (!is_somewhere(&l))
		return;
	if (!s->recorded)
		s->opener = process_self();
	l.pid = s->opener.pid;
	limits_lift(&limits);
	enter(pamh, &l);
}

/* A close that is resumed was told when it began; what an earlier boot has left
 * is over anyway, and its pid is somebody else's. */
static bool
is_told(const pam_handle_t *pamh)
{
	const struct session *s = pamh->session;

	return pamh->pending.call != CALL_NONE ||
	    s->state == SESSION_OPENING || s->lasting;
}

static void
leave(pam_handle_t *pamh, struct login *l)
{
	struct utmpx dead;
	const int rc = utmp_leave(_PATH_UTMPX, l, &dead);

	/* The program has told it itself, or the terminal is another session's
	 * by now, which last(1) would take for ended. */
	if (rc == -ESRCH || (rc < 0 && !l->pid))
		return;
	report(pamh, _PATH_UTMPX, rc);
	l->user = l->host = NULL;
	if (rc < 0)
		login_utmp(l, DEAD_PROCESS, &dead);
	report(pamh, _PATH_WTMPX, utmp_append(_PATH_WTMPX, &dead));
}

void
login_records_closing(pam_handle_t *pamh)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	struct login l;

	if (!is_wanted(pamh) || is_told(pamh))
		return;
	l = login_of(pamh);
	if (!is_somewhere(&l))
		return;
	l.pid = pamh->session->opener.pid;
	limits_lift(&limits);
	leave(pamh, &l);
}

/* People type passwords where a name is asked for: only one that somebody has
 * is told. */
void
login_records_refused(pam_handle_t *pamh)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	struct login l;
	struct utmpx u;

	if (!is_wanted(pamh))
		return;
	l = login_of(pamh);
	l.pid = getpid();
	if (!l.user || !lookup_seen(pamh, l.user))
		l.user = "UNKNOWN";
	login_utmp(&l, LOGIN_PROCESS, &u);
	limits_lift(&limits);
	report(pamh, PATH_BTMP, utmp_append(PATH_BTMP, &u));
}
