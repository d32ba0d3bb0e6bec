/* SPDX-License-Identifier: BSD-2-Clause */
/* What a service's policy says: four chains of entries, where each came from,
 * and what was wrong with the text. Immutable once made, and shared. */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "policy/control.h"
#include "policy/fault.h"

enum facility {
	FAC_AUTH,		/* authenticate and setcred */
	FAC_ACCOUNT,
	FAC_SESSION,		/* open and close */
	FAC_PASSWORD,
	FAC_COUNT,
	FAC_ANY = FAC_COUNT,	/* where a line may be of any of them */
};

enum entry_kind {
	ENTRY_MODULE,
	ENTRY_REFUSE,		/* stands for a line that cannot be: X-6 */
	ENTRY_SUBSTACK,		/* what is deeper and follows belongs to it */
};

struct entry {
	enum entry_kind kind;
	uint8_t depth;			/* substacks around it */
	bool quiet;			/* a "-" stood before the type */
	uint8_t action[CODE_COUNT];	/* enum action, by answer */
	const uint32_t *jump;		/* by answer; NULL without jumps */
	struct place at;
	const char *control;		/* as written, or NULL */
	const char *module;		/* path as written, or NULL */
	const char *name;		/* its file part without suffix */
	const char *const *argv;	/* NULL-terminated */
	int argc;
};

struct chain {
	struct entry *entry;
	size_t count, cap;
};

/* A text file that went into a policy. */
struct policy_file {
	const char *name;	/* as asked for */
	char *path;		/* as found, for people to read */
	char *text;		/* NULL: not to be had */
	size_t len;
	int err;		/* and then -errno */
	bool thin;		/* lines of other services are missing */
};

/* A comment, for checkers; kept only with POLICY_COMMENTS. */
struct comment {
	struct place at;
	const char *text;
};

struct policy {
	struct chain chain[FAC_COUNT];
	struct fault *fault;
	size_t faults, fault_cap;
	struct policy_file **file;
	size_t files, file_cap;
	struct comment *comment;
	size_t comments, comment_cap;
	struct arena arena;	/* every string and vector of the above */
	bool refused;		/* no transaction may begin: C-5, C-15, C-39 */
};

/* "auth" for FAC_AUTH. */
const char *facility_word(enum facility f);

/* Whether two were made from the same texts, letter by letter. */
bool policy_same_texts(const struct policy *a, const struct policy *b);

/* Whether a file of this name, as asked for, went into it. */
bool policy_includes(const struct policy *p, const char *name);

/* Let go of the texts; the entries stay. */
void policy_drop_texts(struct policy *p);

void policy_free(struct policy *p);
void policy_freep(struct policy **p);

#endif
