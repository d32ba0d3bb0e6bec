/* SPDX-License-Identifier: BSD-2-Clause */
/* Several files out of one input. The bytes are the service's file; a line
 * "== NAME" begins another one. With one that is called pam.conf that is read
 * in place of the service's. */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>

#include "policy/parse.h"

#define SERVICE "svc"
#define FILES_MAX 8

struct file {
	const char *name;
	char *text;
	size_t len;
};

struct files {
	struct file file[FILES_MAX];
	size_t count;
	char *bytes;		/* the names are in here */
};

/* Take the bytes apart; files_free is due. */
void files_take(struct files *f, const void *data, size_t size);
void files_free(struct files *f);

/* The first of this name, or NULL. */
const struct file *files_find(const struct files *f, const char *name);

/* For struct policy_source; ctx is struct files. */
int files_read(void *ctx, const char *name, struct policy_file *out);

/* Whether they include each other so often that it would take all day. */
bool files_multiply(const struct files *f);

#endif
