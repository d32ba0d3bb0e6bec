/* SPDX-License-Identifier: BSD-2-Clause */
/* Stand in front of the C library's syslog, also for libpam and the modules:
 * the program has to be linked with its symbols exported. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pamtest.h"

/* Not <syslog.h>: with _FORTIFY_SOURCE it defines these itself. */
void syslog(int priority, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), visibility("default")));
void vsyslog(int priority, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0), visibility("default")));
void __syslog_chk(int priority, int flag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4), visibility("default")));
void __vsyslog_chk(int priority, int flag, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0), visibility("default")));

static char text[1 << 16];
static size_t used;

void
vsyslog(int priority, const char *fmt, va_list args)
{
	const size_t room = sizeof text - used;
	int n;

	(void)priority;
	n = vsnprintf(text + used, room, fmt, args);
	if (n < 0 || (size_t)n + 2 > room)
		return;
	used += (size_t)n;
	text[used++] = '\n';
	text[used] = '\0';
}

void
syslog(int priority, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsyslog(priority, fmt, args);
	va_end(args);
}

void
__vsyslog_chk(int priority, int flag, const char *fmt, va_list args)
{
	(void)flag;
	vsyslog(priority, fmt, args);
}

void
__syslog_chk(int priority, int flag, const char *fmt, ...)
{
	va_list args;

	(void)flag;
	va_start(args, fmt);
	vsyslog(priority, fmt, args);
	va_end(args);
}

const char *
pamtest_log(void)
{
	return text;
}

void
pamtest_log_clear(void)
{
	used = 0;
	text[0] = '\0';
}
