/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts for people in the language of the program's locale. They are looked up
 * in the catalogues "Linux-PAM" that distributions install already, by the
 * English text itself: what has no translation there stays English.
 *
 * No folder is bound to the domain: libc looks where the distribution keeps
 * its catalogues, and a program that wants others may bind it. */
#ifndef BASE_INTL_H
#define BASE_INTL_H

#include <stdbool.h>

/* The text, translated. Not to be freed; stays as it is. NULL is NULL. */
const char *intl_text(const char *text);

/* The same for a format. A translation that would take other arguments from
 * printf than the English one is not used. */
const char *intl_format(const char *format) __attribute__((format_arg(1)));

/* Whether two formats take the same arguments, in the same order. */
bool intl_same_arguments(const char *a, const char *b);

#endif
