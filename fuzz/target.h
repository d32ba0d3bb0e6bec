/* SPDX-License-Identifier: BSD-2-Clause */
/* A target takes any bytes at all, hands them to a part of ours, and holds it
 * to its promises. */
#ifndef TARGET_H
#define TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Called by whoever makes up the bytes. 0. */
__attribute__((visibility("default"))) int LLVMFuzzerTestOneInput(
    const uint8_t *data, size_t size);

static inline void
promised(int kept, const char *what, int line)
{
	if (kept)
		return;
	fprintf(stderr, "line %d: broken promise: %s\n", line, what);
	abort();
}

#define PROMISE(what, condition) promised(!!(condition), what, __LINE__)

/* A copy with nothing behind it, so that a sanitizer sees who reads on. */
static inline char *
exactly(const void *bytes, size_t size)
{
	char *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	if (size)
		memcpy(copy, bytes, size);
	return copy;
}

/* The same as a string. */
static inline char *
text_of(const void *bytes, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	if (size)
		memcpy(text, bytes, size);
	text[size] = '\0';
	return text;
}

#endif
