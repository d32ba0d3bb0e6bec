/* SPDX-License-Identifier: BSD-2-Clause */
/* The values of an option that are wanted: "3", "sha512", "1..5", "14..",
 * "..-1". */
#ifndef PAMCTL_CHECK_WANT_H
#define PAMCTL_CHECK_WANT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a value is one of those that are wanted; the list ends with NULL. */
bool want_fits(const char *const *want, const char *value);

/* The list for people, cut to size bytes: "0 or 14 or more". */
void want_text(const char *const *want, char *text, size_t size);

#endif
