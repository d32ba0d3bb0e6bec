/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/slip.h"

#include <string.h>

#define NAME_MAX_LEN 40

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
	const unsigned d = a < b ? a : b;

	return d < c ? d : c;
}

unsigned
slip(const char *word, size_t len, const char *name)
{
	unsigned row[NAME_MAX_LEN + 1];
	const size_t n = strlen(name);

	if (n > NAME_MAX_LEN)
		return SLIP_MAX + 1;
	for (size_t j = 0; j <= n; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= len; i++) {
		unsigned corner = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= n; j++) {
			const unsigned up = row[j];

			row[j] = least(corner + (word[i - 1] != name[j - 1]),
			    up + 1, row[j - 1] + 1);
			corner = up;
		}
	}
	/* Of a name of two letters nothing would be left. */
	return row[n] < n ? row[n] : SLIP_MAX + 1;
}
