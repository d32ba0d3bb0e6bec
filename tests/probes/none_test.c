/* SPDX-License-Identifier: BSD-2-Clause */
/* A build without probes: their arguments are not even looked at. */
#include <stddef.h>

#include "check.h"

#include "host/probe_none.h"

int
main(void)
{
	const int *nowhere = NULL;

	PROBE(one, *nowhere);
	PROBE(several, "text", nowhere[1], nowhere);
	CHECK("nobody went there", nowhere == NULL);
	return TEST_RESULT();
}
