/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be wrong with a policy, where, and at which word. */
#ifndef POLICY_FAULT_H
#define POLICY_FAULT_H

#include <stddef.h>

struct place {
	const char *file;
	unsigned line;		/* 0: the file as a whole */
};

enum fault_kind {
	FAULT_TYPE,		/* C-24 */
	FAULT_NO_CONTROL,	/* C-26 */
	FAULT_NO_MODULE,	/* C-26 */
	FAULT_GLUED,		/* C-28 */
	FAULT_CR,		/* C-16: from another system */
	FAULT_VALUE,		/* C-31, and the next three */
	FAULT_EQUALS,
	FAULT_ACTION,
	FAULT_JUMP,
	FAULT_NO_FILE,		/* include without operand: C-34 */
	FAULT_INCLUDE,		/* included file not to be had: C-34 */
	FAULT_DEPTH,		/* C-35 */
	FAULT_UNFINISHED,	/* C-15 */
	FAULT_MODULE_NAME,	/* C-39 */
	FAULT_UNREADABLE,	/* the service's own file */
	FAULT_TOO_LARGE,	/* more entries than any policy has */
	FAULT_NO_OTHER,		/* C-5 */
	FAULT_NO_POLICY,	/* C-5 */
};

enum severity {
	SEVERITY_NOTE,		/* the policy does what it says */
	SEVERITY_ERROR,		/* an entry refuses instead */
	SEVERITY_FATAL,		/* nothing of the policy is used */
};

struct fault {
	enum fault_kind kind;
	struct place at;
	const char *word;	/* the offending one; "" without any */
	int err;		/* errno where a file is the matter, else 0 */
};

enum severity fault_severity(enum fault_kind kind);

/* The fault in words, with its place, cut to size bytes. */
void fault_text(const struct fault *f, char *text, size_t size);

#endif
