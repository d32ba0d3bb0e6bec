/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of a profile's line. Private to profile_line.c and its parts. */
#ifndef PAMCTL_CHECK_PROFILE_WORDS_H
#define PAMCTL_CHECK_PROFILE_WORDS_H

#define WORDS_BLANKS " \t\r"

struct profile;

/* A line that is read; what it says goes to the last rule. */
struct words {
	struct profile *p;
	char *rest;
};

/* The next one; NULL: there is none. */
char *words_next(struct words *w);

/* All that is left, without the blanks around it; NULL for nothing. */
char *words_rest(struct words *w);

#endif
