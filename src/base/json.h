/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings of JSON (RFC 8259), whatever bytes they are made from. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>

#define JSON_PIECE 7

/* How many bytes of text, at most so many, stand for themselves. */
size_t json_plain(const char *text, size_t most);

/* The next character of *text as it stands between the quotes of a string,
 * NUL-terminated; *text moves behind it. A byte that is no UTF-8 becomes
 * U+FFFD. Length of the piece; 0 at the end of text. */
size_t json_piece(const char **text, char piece[JSON_PIECE]);

#endif
