/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of pam_env share. Results: 0 or a negative errno; a bad line
 * is logged where it is found and is no failure (E-10). */
#ifndef MODULES_ENV_ENV_H
#define MODULES_ENV_ENV_H

#include "modkit/modkit.h"

/* A longer "NAME=value" no program could be started with. */
#define VARIABLE_MAX 131071
#define USER_VARIABLE_MAX 4096

/* Lines as the grammars see them: joined where a backslash ends one, without
 * comments. comment() tells how much of a line stands before its comment. */
struct lines {
	char *rest;
	size_t (*comment)(const char *line);
	unsigned number, next;	/* of the line given last, of the next one */
};

/* The next line, within the text; NULL at its end. */
char *lines_next(struct lines *l);

/* Users must not be able to fill the log. */
#define COMPLAINTS_MAX 20

/* A file that is being read. */
struct source {
	struct call *c;
	const char *path;
	bool users;		/* the user wrote it: see variable_allowed */
	struct lines lines;
	unsigned complaints;
	const struct passwd *pw; /* the user's, once somebody asked */
	bool asked;
};

/* Something is wrong with the line given last. */
void complain(struct source *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The two grammars: all lines of a text. It is changed on the way. */
int read_rules(struct source *s, char *text);
int read_pairs(struct source *s, char *text);

/* A copy of value with what ${} and @{} stand for, for the caller to give to
 * secret_free. -EINVAL: not well-formed, and complained about. */
int expand(struct source *s, const char *value, char **out);

/* May a user set this variable, and to this value (NULL: may he unset it)? */
bool variable_allowed(const char *name, const char *value);

/* Set a variable in the PAM environment, or unset it if there is one. */
int variable_set(struct source *s, const char *name, const char *value);
int variable_unset(struct source *s, const char *name);

#endif
