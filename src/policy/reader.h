/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of a policy, with all that they include, down to their last line.
 * Private to policy/. */
#ifndef POLICY_READER_H
#define POLICY_READER_H

#include "base/table.h"
#include "policy/parse.h"
#include "policy/statement.h"

#define INCLUDE_MAX 15		/* C-35 */

/* A text that is being read, and where its lines go. */
struct reading {
	struct lexer lexer;
	struct scope scope;
	const char *path;
	struct inclusion via;		/* the line that asked for it */
	const struct scope *outer;	/* where that line stood */
	bool cr_told;
};

struct reader {
	struct policy *policy;
	const struct policy_source *source;
	const char *service;
	unsigned flags;
	size_t lines;		/* read so far, in all texts */
	struct chain own[FAC_COUNT], other[FAC_COUNT];
	struct reading reading[INCLUDE_MAX + 1];
	size_t open;		/* of them */
	struct table files;	/* by name: policy->file */
};

/* Note a fault; word and file stay borrowed. 0 or -ENOMEM. */
int reader_fault(struct reader *r, enum fault_kind kind, struct place at,
    const char *word, int err);

/* The text of a file, read once however often it is included. 0, -ENOMEM, or
 * another -errno when it is not to be had. */
int reader_file(struct reader *r, const char *name,
    const struct policy_file **out);

/* Read a text and what it includes into chains. 0; -E2BIG when it never ends;
 * -ENOMEM. */
int reader_run(struct reader *r, const struct policy_file *file,
    struct chain *chain);

/* Let go of what a run that failed left open. */
void reader_end(struct reader *r);

#endif
