/* SPDX-License-Identifier: BSD-2-Clause */
/* In front of the C library's syslog, plain and as _FORTIFY_SOURCE has it, for
 * a program, libpam and the modules: the program has to be linked with its
 * symbols exported. For the one file of it that defines vsyslog(); all lines
 * come there. */
#ifndef TESTS_SYSLOG_FRONT_H
#define TESTS_SYSLOG_FRONT_H

#include <stdarg.h>

#define FRONT __attribute__((visibility("default")))

/* Not <syslog.h>: with _FORTIFY_SOURCE it defines these itself. */
FRONT void syslog(int priority, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
FRONT void vsyslog(int priority, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));
FRONT void __syslog_chk(int priority, int flag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
FRONT void __vsyslog_chk(int priority, int flag, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));

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

#endif
