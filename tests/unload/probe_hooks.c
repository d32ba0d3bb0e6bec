/* SPDX-License-Identifier: BSD-2-Clause */
/* In front of the C library's syslog and of pam_set_data, for libpam and the
 * modules: the program has to be linked with its symbols exported. */
#include <dlfcn.h>
#include <security/pam_modules.h>
#include <stdarg.h>
#include <stdio.h>

#define EXPORT __attribute__((visibility("default")))

/* Not <syslog.h>: with _FORTIFY_SOURCE it defines these itself. */
EXPORT void syslog(int priority, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
EXPORT void vsyslog(int priority, const char *fmt, va_list args)
    __attribute__((format(printf, 2, 0)));
EXPORT void __syslog_chk(int priority, int flag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
EXPORT void __vsyslog_chk(int priority, int flag, const char *fmt,
    va_list args) __attribute__((format(printf, 3, 0)));

void
vsyslog(int priority, const char *fmt, va_list args)
{
	printf("logs %d: ", priority);
	vprintf(fmt, args);
	printf("\n");
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

typedef void cleanup_fn(pam_handle_t *pamh, void *data, int status);

EXPORT int
pam_set_data(pam_handle_t *pamh, const char *name, void *data, cleanup_fn *fn)
{
	union {
		void *symbol;
		int (*fn)(pam_handle_t *, const char *, void *, cleanup_fn *);
	} real = { dlsym(RTLD_NEXT, "pam_set_data") };

	printf("data %s%s%s\n", name, data ? "" : " empty",
	    fn ? "" : " without cleanup");
	return real.fn(pamh, name, data, fn);
}
