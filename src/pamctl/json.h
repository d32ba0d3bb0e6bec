/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings of JSON. */
#ifndef PAMCTL_JSON_H
#define PAMCTL_JSON_H

#include <stddef.h>
#include <stdio.h>

/* How many bytes the UTF-8 character at text has; 0 when it is none. */
size_t json_character(const char *text);

/* Write a string in its quotes. Bytes that are no UTF-8 become U+FFFD, so that
 * what comes out is JSON whatever is in the files. */
void json_string(FILE *to, const char *text);

#endif
