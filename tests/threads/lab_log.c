/* SPDX-License-Identifier: BSD-2-Clause */
/* In front of the C library's syslog, for many threads: the program has to be
 * linked with its symbols exported. */
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"

/* Not <syslog.h>: with _FORTIFY_SOURCE it defines these itself. */
EXPORT void syslog(int priority, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
EXPORT void vsyslog(int priority, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));
EXPORT void __syslog_chk(int priority, int flag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
EXPORT void __vsyslog_chk(int priority, int flag, const char *fmt,
    va_list args) __attribute__((format(printf, 3, 0)));

/* Each line takes its place by one addition: no lock that a forked child could
 * inherit taken. */
static char text[1 << 18];
static atomic_size_t used;

void
vsyslog(int priority, const char *fmt, va_list args)
{
	char line[1024];
	size_t n, at;

	(void)priority;
	vsnprintf(line, sizeof line - 1, fmt, args);
	if (getenv("LAB_SHOW_LOG"))
		dprintf(2, "%s\n", line);
	strcat(line, "\n");
	n = strlen(line);
	at = atomic_fetch_add(&used, n);
	if (at + n < sizeof text)
		memcpy(text + at, line, n);
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

unsigned
lab_logged(const char *part)
{
	unsigned lines = 0;

	for (const char *p = text; *p; p = strchr(p, '\n') + 1) {
		const char *end = strchr(p, '\n');
		const char *hit = strstr(p, part);

		lines += hit && hit < end;
	}
	return lines;
}

void
lab_log_clear(void)
{
	memset(text, 0, sizeof text);
	atomic_store(&used, 0);
}

/* Asked by the thread sanitizer: libaudit notes the program's name in a static
 * buffer, and so does each thread that is among the first. */
EXPORT const char *__tsan_default_suppressions(void);

const char *
__tsan_default_suppressions(void)
{
	return "race:libaudit.so\n";
}
