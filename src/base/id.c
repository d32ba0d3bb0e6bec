/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/id.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

int
id_new(struct id *id)
{
	struct timespec now;
	uint64_t ms;

	if (getentropy(id->byte + 6, sizeof id->byte - 6) < 0)
		return -errno;
	clock_gettime(CLOCK_REALTIME, &now);
	ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	for (int i = 5; i >= 0; i--, ms >>= 8)
		id->byte[i] = (uint8_t)ms;
	id->byte[6] = (uint8_t)(0x70 | (id->byte[6] & 0x0f));
	id->byte[8] = (uint8_t)(0x80 | (id->byte[8] & 0x3f));
	return 0;
}

void
id_text(const struct id *id, char text[ID_TEXT])
{
	static const char hex[] = "0123456789abcdef";
	char *to = text;

	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*to++ = '-';
		*to++ = hex[id->byte[i] >> 4];
		*to++ = hex[id->byte[i] & 15];
	}
	*to = '\0';
}
