/* SPDX-License-Identifier: BSD-2-Clause */
/* Slips of who writes. */
#ifndef PAMCTL_CHECK_SLIP_H
#define PAMCTL_CHECK_SLIP_H

#include <stddef.h>

#define SLIP_MAX 2		/* so many wrong letters are a slip */

/* How many letters must be changed, added or dropped to make the name of the
 * first len bytes of a word; more than SLIP_MAX when it is another one. */
unsigned slip(const char *word, size_t len, const char *name);

#endif
