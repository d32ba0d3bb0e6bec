/* SPDX-License-Identifier: BSD-2-Clause */
#include "env.h"

/* E-4: a backslash at the end, blanks behind it aside, joins two lines. */
static bool
goes_on(char *line)
{
	size_t n = strlen(line);

	while (n && ascii_space(line[n - 1]))
		n--;
	if (!n || line[n - 1] != '\\')
		return false;
	line[n - 1] = '\0';
	return true;
}

/* Cut the first line off the rest of the text. */
static char *
cut_line(struct lines *l)
{
	char *line = l->rest;
	const size_t n = strcspn(line, "\n");

	l->rest += n + (line[n] == '\n');
	line[n] = '\0';
	l->next++;
	return line;
}

char *
lines_next(struct lines *l)
{
	char *start = l->rest, *end = start;
	bool more = true;

	if (!*start)
		return NULL;
	l->number = l->next;
	while (more && *l->rest) {
		char *line = cut_line(l);
		size_t n;

		/* A comment hides the backslash at its end. */
		line[l->comment(line)] = '\0';
		more = goes_on(line);
		n = strlen(line);
		memmove(end, line, n + 1);
		end += n;
	}
	return start;
}
