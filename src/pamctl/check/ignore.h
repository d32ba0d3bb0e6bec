/* SPDX-License-Identifier: BSD-2-Clause */
/* Comments by which an administrator says that he knows:
 *     # pamctl: ignore open-door this is the kiosk
 * on the line, on a line of its own above it, or, for what concerns the file as
 * a whole, anywhere in it. Several codes stand with commas between them. */
#ifndef PAMCTL_CHECK_IGNORE_H
#define PAMCTL_CHECK_IGNORE_H

#include "pamctl/check/rule.h"

/* The reason (perhaps "") why what the rule says of this place is ignored, or
 * NULL. */
const char *ignored_because(const struct scene *s, struct place at);

/* The list of codes of such a comment; NULL when it is another comment. */
const char *ignore_codes(const char *comment);

/* The reason for which a comment ignores a code, in it; NULL: it does not. */
const char *ignore_reason(const char *comment, const char *code);

#endif
