/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/audit.h"

#include <errno.h>
#include <security/pam_modutil.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

#include "base/drop.h"
#include "host/audit.h"
#include "libpam/log.h"

/* Names and commas of this many bytes; a longer list ends in "...". */
#define GRANTORS_MAX 1024
#define NAME_MAX_BYTES 255

/* Host and terminal as they may stand in a record. */
struct names {
	char host[NAME_MAX_BYTES + 1], tty[NAME_MAX_BYTES + 1];
};

static const enum host_audit_type types[CALL_COUNT] = {
	[CALL_NONE] = HOST_AUDIT_ERR,
	[CALL_AUTHENTICATE] = HOST_AUDIT_AUTH,
	[CALL_ACCOUNT] = HOST_AUDIT_ACCT,
	[CALL_OPEN] = HOST_AUDIT_START,
	[CALL_CLOSE] = HOST_AUDIT_END,
	[CALL_CHAUTHTOK] = HOST_AUDIT_CHAUTHTOK,
};

/* AU-1: pam_setcred has a type for each of its meanings. */
static enum host_audit_type
type_of(enum call call, int flags)
{
	if (call != CALL_SETCRED)
		return types[call];
	if (flags & PAM_ESTABLISH_CRED)
		return HOST_AUDIT_CRED_ACQUIRE;
	if (flags & (PAM_REINITIALIZE_CRED | PAM_REFRESH_CRED))
		return HOST_AUDIT_CRED_REFRESH;
	if (flags & PAM_DELETE_CRED)
		return HOST_AUDIT_CRED_DISPOSE;
	return HOST_AUDIT_ERR;
}

/* Whether a later step, of the second pass of pam_chauthtok, is this entry's
 * too. */
static bool
comes_again(const struct trail *trail, size_t i)
{
	for (size_t k = i + 1; k < trail->count; k++) {
		if (trail->step[k].granted &&
		    trail->step[k].entry == trail->step[i].entry)
			return true;
	}
	return false;
}

/* AU-2: whose success counted. */
static void
grantors(const struct trail *trail, char text[GRANTORS_MAX])
{
	size_t used = 0;
	int n;

	snprintf(text, GRANTORS_MAX, "?");
	for (size_t i = 0; i < trail->count; i++) {
		if (!trail->step[i].granted || comes_again(trail, i))
			continue;
		n = snprintf(text + used, GRANTORS_MAX - used, "%s%s",
		    used ? "," : "", trail->step[i].entry->name);
		used += (size_t)n;
		if (used >= GRANTORS_MAX - 4) {
			snprintf(text + GRANTORS_MAX - 4, 4, "...");
			return;
		}
	}
}

/* libaudit quotes the account and nothing else: what stands in a host's or a
 * terminal's name must not look like fields of the record, or make it longer
 * than it takes. */
static const char *
fit(const char *name, char room[NAME_MAX_BYTES + 1])
{
	size_t n = 0;

	if (!name)
		return NULL;
	for (; name[n] && n < NAME_MAX_BYTES; n++) {
		const char c = name[n];

		room[n] = c > ' ' && c < 0x7f && c != '"' && c != '\'' &&
		    c != '=' ? c : '?';
	}
	room[n] = '\0';
	return room;
}

static struct host_audit_record
record_of(const pam_handle_t *pamh, const char *text, int rc,
    struct names *names)
{
	const char *user = pamh->item[PAM_USER];

	/* A name that nobody has may be a password. */
	if (!user || rc == PAM_USER_UNKNOWN)
		user = "?";
	return (struct host_audit_record){
		.text = text, .account = user,
		.host = fit(pamh->item[PAM_RHOST], names->host),
		.tty = fit(pamh->item[PAM_TTY], names->tty),
		.success = rc == PAM_SUCCESS,
	};
}

static unsigned long
socket_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode) ? st.st_ino : 0;
}

int
audit_begin(const pam_handle_t *pamh, struct audit *a)
{
	a->fd = host_audit_open();
	a->ino = a->fd >= 0 ? socket_of(a->fd) : 0;
	if (a->fd >= 0 || a->fd == -ENOSYS)
		return PAM_SUCCESS;
	pam_syslog(pamh, LOG_CRIT, "no way to the audit system: %s",
	    strerrordesc_np(-a->fd));
	return PAM_SYSTEM_ERR;
}

static bool
is_ours(const struct audit *a)
{
	return socket_of(a->fd) == a->ino;
}

/* The descriptor, unless a module closed it and it is something else now. */
static int
still_ours(const pam_handle_t *pamh, struct audit *a)
{
	if (is_ours(a))
		return PAM_SUCCESS;
	a->fd = -1;
	return audit_begin(pamh, a);
}

void
audit_abandon(struct audit *a)
{
	if (a->fd >= 0 && is_ours(a))
		close(a->fd);
	a->fd = -1;
}

static int
write_record(pam_handle_t *pamh, struct audit *a, enum call call, int flags,
    int rc)
{
	char who[GRANTORS_MAX], text[GRANTORS_MAX + 64];
	struct host_audit_record record;
	struct names names;
	int err;

	if (still_ours(pamh, a) != PAM_SUCCESS)
		return PAM_SYSTEM_ERR;
	if (a->fd < 0)
		return rc;
	grantors(&pamh->trail, who);
	snprintf(text, sizeof text, "PAM:%s grantors=%s",
	    call_kinds[call].audit, who);
	record = record_of(pamh, text, rc, &names);
	err = host_audit_write(a->fd, type_of(call, flags), &record);
	if (err < 0) {
		pam_syslog(pamh, LOG_CRIT, "audit record failed: %s",
		    strerrordesc_np(-err));
		return PAM_SYSTEM_ERR;
	}
	pamh->audited = true;
	return rc;
}

int
audit_finish(pam_handle_t *pamh, struct audit *a, enum call call, int flags,
    int rc)
{
	int result;

	if (a->fd < 0)
		return rc;
	result = write_record(pamh, a, call, flags, rc);
	if (a->fd >= 0)
		close(a->fd);
	return result;
}

void
audit_end(pam_handle_t *pamh)
{
	struct audit a;

	if (pamh->audited || audit_begin(pamh, &a) != PAM_SUCCESS)
		return;
	audit_finish(pamh, &a, CALL_NONE, 0, PAM_SYSTEM_ERR);
}

int
pam_modutil_audit_write(pam_handle_t *pamh, int type, const char *message,
    int retval)
{
	struct host_audit_record record;
	struct names names;
	struct audit a;
	int err = 0;

	if (!pamh || audit_begin(pamh, &a) != PAM_SUCCESS)
		return PAM_SYSTEM_ERR;
	if (a.fd < 0)
		return PAM_SUCCESS;
	record = record_of(pamh, message, retval, &names);
	err = host_audit_write_number(a.fd, type, &record);
	close(a.fd);
	return err < 0 ? PAM_SYSTEM_ERR : PAM_SUCCESS;
}
