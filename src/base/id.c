/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/id.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static const char hex[] = "0123456789abcdef";

/* Where a program may not ask for randomness (seccomp): an id must differ from
 * all others, not be hard to guess. It is shown, so nothing secret goes in. */
static void
make_do(uint8_t *to, size_t n)
{
	static atomic_uint count;
	struct timespec up, now;
	uint64_t x;

	clock_gettime(CLOCK_MONOTONIC, &up);
	clock_gettime(CLOCK_REALTIME, &now);
	x = (uint64_t)getpid() << 40 ^ (uint64_t)up.tv_sec << 30 ^
	    (uint64_t)up.tv_nsec ^ (uint64_t)now.tv_nsec << 24;
	x += atomic_fetch_add(&count, 1);
	for (size_t i = 0; i < n; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		to[i] = (uint8_t)(x >> 56);
	}
}

void
id_new(struct id *id)
{
	struct timespec now;
	uint64_t ms;

	if (getentropy(id->byte + 6, sizeof id->byte - 6) < 0)
		make_do(id->byte + 6, sizeof id->byte - 6);
	clock_gettime(CLOCK_REALTIME, &now);
	ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	for (int i = 5; i >= 0; i--, ms >>= 8)
		id->byte[i] = (uint8_t)ms;
	id->byte[6] = (uint8_t)(0x70 | (id->byte[6] & 0x0f));
	id->byte[8] = (uint8_t)(0x80 | (id->byte[8] & 0x3f));
}

void
id_text(const struct id *id, char text[ID_TEXT])
{
	char *to = text;

	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		*to++ = hex[id->byte[i] >> 4];
		*to++ = hex[id->byte[i] & 15];
	}
	*to = '\0';
}

static bool
is_version_7(const char *text)
{
	static const char form[] = "xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx";

	for (int i = 0; i < ID_TEXT; i++) {
		const bool good = form[i] == 'x' ?
		    text[i] && strchr(hex, text[i]) : text[i] == form[i];

		if (!good)
			return false;
	}
	return true;
}

int
id_time(const char *text, int64_t *ms)
{
	if (!is_version_7(text))
		return -EINVAL;
	*ms = 0;
	for (int i = 0; i < 13; i++) {
		if (text[i] != '-')
			*ms = *ms * 16 + (strchr(hex, text[i]) - hex);
	}
	return 0;
}
