/* SPDX-License-Identifier: BSD-2-Clause */
/* The log of a test with many threads. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"
#include "syslog_front.h"

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
