/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings of JSON. */
#ifndef PAMCTL_JSON_H
#define PAMCTL_JSON_H

#include <stdio.h>

/* Write a string in its quotes. Bytes that are no UTF-8 become U+FFFD, so that
 * what comes out is JSON whatever is in the files. */
void json_string(FILE *to, const char *text);

/* A copy of text with U+FFFD for bytes that are no UTF-8, owned by the caller;
 * NULL: no memory. For who quotes it himself. */
char *json_utf8(const char *text);

#endif
