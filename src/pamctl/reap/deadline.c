/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/deadline.h"

#include <stddef.h>

#include "base/number.h"
#include "pamctl/pamctl.h"
#include "pamctl/reap/closer.h"

#define DEADLINE_MAX 86400

int
deadline_read(const char *text, unsigned *seconds)
{
	long long number = CLOSER_DEADLINE;

	if (text && number_read(text, 10, 1, DEADLINE_MAX, &number) < 0)
		return fail(STATUS_USAGE, "--deadline %s: not a number of "
		    "seconds from 1 to %d", text, DEADLINE_MAX);
	*seconds = (unsigned)number;
	return 0;
}
