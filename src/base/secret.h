/* SPDX-License-Identifier: BSD-2-Clause */
/* What must not stay in memory, and comparisons that must not tell by time. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* Overwrite n bytes in a way that the compiler may not leave out. */
void wipe(void *p, size_t n);

/* Wipe a string and free it. NULL is nothing. */
void secret_free(char *s);

/* The cleanup attribute's form of secret_free. */
void secret_freep(char **s);

/* Equal strings, in a time that depends on the length of candidate alone.
 * NULL is equal to nothing. */
bool secret_equal(const char *secret, const char *candidate);

#endif
