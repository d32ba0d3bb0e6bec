/* SPDX-License-Identifier: BSD-2-Clause */
/* ASCII text: no function here looks at the locale. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

char ascii_lower(char c);
bool ascii_space(char c);
bool ascii_digit(char c);

/* Lower-case s in place. */
void text_lower(char *s);

/* Same text, upper and lower case being one. */
bool text_same(const char *a, const char *b);

/* What follows prefix in s, or NULL when s does not begin with it. */
const char *text_after(const char *s, const char *prefix);

/* A text by printf's rules, from malloc; NULL: no memory. Measured first, so that
 * no piece of it is left elsewhere in memory, as vasprintf leaves them while it
 * grows (and writes one byte too far when it cannot). */
char *text_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *text_vformat(const char *fmt, va_list args)
    __attribute__((format(printf, 1, 0)));

/* Put "?" in the place of every control character, those of UTF-8's second
 * page (U+0080 to U+009F) included, which terminals obey as well. */
void text_defuse(char *s);

/* What follows the last slash of a path; the path itself without one. */
const char *text_base(const char *path);

#endif
