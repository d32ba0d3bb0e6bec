/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/deadline.h"

#include <stddef.h>

#include "base/number.h"
#include "pamctl/pamctl.h"
#include "pamctl/reap/closer.h"

#define DEADLINE_MAX 86400

int
deadline_read(const char *const *values, unsigned *seconds)
{
	long long number = CLOSER_DEADLINE;

	for (; values && *values; values++) {
		if (number_read(*values, 10, 1, DEADLINE_MAX, &number) < 0)
			return fail(STATUS_USAGE,
			    "--deadline %s: not a number of seconds from 1 "
			    "to %d", *values, DEADLINE_MAX);
	}
	*seconds = (unsigned)number;
	return 0;
}
