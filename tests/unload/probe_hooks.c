/* SPDX-License-Identifier: BSD-2-Clause */
/* What is logged and pam_set_data, seen in front of them. */
#include <dlfcn.h>
#include <security/pam_modules.h>
#include <stdio.h>

#include "syslog_front.h"

#define EXPORT __attribute__((visibility("default")))

void
vsyslog(int priority, const char *fmt, va_list args)
{
	printf("logs %d: ", priority);
	vprintf(fmt, args);
	printf("\n");
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
