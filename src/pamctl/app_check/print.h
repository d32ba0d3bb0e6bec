/* SPDX-License-Identifier: BSD-2-Clause */
/* What was recorded and what is wrong with it, for people and programs. */
#ifndef PAMCTL_APP_CHECK_PRINT_H
#define PAMCTL_APP_CHECK_PRINT_H

struct habit;
struct options;
struct transcript;

/* Judge every transaction and print what was found. The status to exit with;
 * notes are for reading. */
int print_verdict(const struct options *o, const struct transcript *t);

/* Every call. The status to exit with. */
int print_calls(const struct options *o, const struct transcript *t);

/* What a code means; all codes. */
void print_habit(const struct habit *h);
void print_habits(void);

#endif
