/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

void
wipe(void *p, size_t n)
{
	if (p)
		explicit_bzero(p, n);
}

void
secret_free(char *s)
{
	if (!s)
		return;
	wipe(s, strlen(s));
	free(s);
}

void
secret_freep(char **s)
{
	secret_free(*s);
}

bool
secret_equal(const char *secret, const char *candidate)
{
	volatile unsigned char differ = 0;
	size_t ns, nc;

	if (!secret || !candidate)
		return false;
	ns = strlen(secret);
	nc = strlen(candidate);
	for (size_t i = 0; i <= nc; i++) {
		const char s = secret[i <= ns ? i : ns];

		differ = (unsigned char)(differ | (s ^ candidate[i]));
	}
	return !differ && ns == nc;
}
