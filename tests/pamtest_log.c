/* SPDX-License-Identifier: BSD-2-Clause */
/* The log of a test. */
#include <stdio.h>
#include <string.h>

#include "pamtest.h"
#include "syslog_front.h"

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
