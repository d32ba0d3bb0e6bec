/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/process.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/number.h"

#define STAT_START 20		/* of the fields behind the process's name */
#define TEXT_MAX 4096

/* A file of a process, read into text. */
static bool
read_of(const char *pid, const char *name, char text[TEXT_MAX])
{
	char path[64];
	_drop_(fclosep) FILE *from = NULL;
	size_t len;

	snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
	from = fopen(path, "re");
	len = from ? fread(text, 1, TEXT_MAX - 1, from) : 0;
	text[len] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return len > 0;
}

uint32_t
process_session(const char *pid)
{
	char text[TEXT_MAX];
	long long id;

	if (!read_of(pid, "sessionid", text) ||
	    number_read(text, 10, 0, UINT32_MAX, &id) < 0)
		return NO_SESSION;
	return (uint32_t)id;
}

/* When a process was started, in ticks after the boot; -1: it is gone. */
static long long
start_of(const char *pid)
{
	char text[TEXT_MAX], *field, *save = NULL;
	long long ticks;

	if (!read_of(pid, "stat", text))
		return -1;
	/* "pid (name) state ...": anything may be in the name. */
	field = strrchr(text, ')');
	field = field ? strtok_r(field + 1, " ", &save) : NULL;
	for (int i = 1; field && i < STAT_START; i++)
		field = strtok_r(NULL, " ", &save);
	return field && number_read(field, 10, 0, INT64_MAX, &ticks) == 0 ?
	    ticks : -1;
}

/* In one tick with it counts as before: no newcomer by a hundredth of a
 * second. */
bool
process_older(const char *pid, const struct timespec *than)
{
	const long long hz = sysconf(_SC_CLK_TCK), ticks = start_of(pid);

	return ticks >= 0 &&
	    ticks <= than->tv_sec * hz + than->tv_nsec * hz / 1000000000;
}
