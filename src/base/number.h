/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers as people write them, all of the text or none. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

/* The number that text is in base 8 or 10, or 0 for C's prefixes, if it is
 * from min to max: digits, perhaps behind a minus; no blank, no plus, nothing
 * behind. 0; -EINVAL when it is no number; -ERANGE. */
int number_read(const char *text, int base, long long min, long long max,
    long long *out);

#endif
