/* SPDX-License-Identifier: BSD-2-Clause */
/* The log of a test, and what it has in place of libaudit: the program exports
 * its symbols, so libpam finds these first. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "rig.h"
#include "syslog_front.h"

/* Two numbers of <syslog.h>, which defines some of these itself. */
#define FACILITY_AUTHPRIV (10 << 3)
#define PRIORITY 7

#define EXPORT __attribute__((visibility("default")))

EXPORT int audit_open(void);
EXPORT int audit_log_acct_message(int fd, int type, const char *program,
    const char *text, const char *account, unsigned id, const char *host,
    const char *address, const char *tty, int result);

static char text[1 << 20];
static size_t used;

/* What does not fit any more is left out. */
void
vsyslog(int priority, const char *fmt, va_list args)
{
	char *line = text + used;
	const size_t room = sizeof text - used;
	int begin, n;

	begin = snprintf(line, room, "%d%s ", priority & PRIORITY,
	    (priority & ~PRIORITY) == FACILITY_AUTHPRIV ? "" : "!");
	n = (size_t)begin < room ? vsnprintf(line + begin,
	    room - (size_t)begin, fmt, args) : -1;
	if (n < 0 || (size_t)begin + (size_t)n + 2 > room) {
		*line = '\0';
		return;
	}
	used += (size_t)begin + (size_t)n;
	text[used++] = '\n';
	text[used] = '\0';
}

/* The length of an id at this place, or 0. */
static size_t
id_at(const char *at)
{
	static const char form[] = "xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; form[i]; i++) {
		if (form[i] == 'x' ? !strchr("0123456789abcdef", at[i]) ||
		    !at[i] : at[i] != form[i])
			return 0;
	}
	return sizeof form - 1;
}

static size_t
folder_at(const char *at, const char *folder)
{
	const size_t n = strlen(folder);

	return strncmp(at, folder, n) == 0 ? n : 0;
}

const char *
rig_log(void)
{
	static char plain[sizeof text];
	char *to = plain;
	size_t n;

	for (const char *at = text; *at; at += n) {
		if ((n = id_at(at)))
			to = stpcpy(to, "ID");
		else if ((n = folder_at(at, rig_confdir())))
			to = stpcpy(to, "DIR");
		else if ((n = folder_at(at, rig_modules())))
			to = stpcpy(to, "MODULES");
		else
			to = mempcpy(to, at, n = 1);
	}
	*to = '\0';
	return plain;
}

void
rig_log_clear(void)
{
	used = 0;
	text[0] = '\0';
}

bool
rig_logged(const char *part)
{
	return strstr(text, part) != NULL;
}

struct rig_audit rig_audit = { .write_rc = 1 };

int
audit_open(void)
{
	if (rig_audit.open_errno) {
		errno = rig_audit.open_errno;
		return -1;
	}
	rig_audit.opened++;
	return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

int
audit_log_acct_message(int fd, int type, const char *program,
    const char *message, const char *account, unsigned id, const char *host,
    const char *address, const char *tty, int result)
{
	char line[512];

	(void)program;
	(void)id;
	(void)address;
	if (fcntl(fd, F_GETFD) < 0)
		message = "(descriptor closed)";
	snprintf(line, sizeof line, "%d %s acct=%s host=%s tty=%s %s\n", type,
	    message, account, host ? host : "-", tty ? tty : "-",
	    result ? "yes" : "no");
	strncat(rig_audit.records, line, sizeof rig_audit.records -
	    strlen(rig_audit.records) - 1);
	errno = rig_audit.write_errno;
	return rig_audit.write_rc;
}
