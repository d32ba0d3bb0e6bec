/* SPDX-License-Identifier: BSD-2-Clause */
/* The second walk down the same stack: setcred behind authenticate, close
 * behind open. It is judged by what was answered the first time, and may
 * fail where the first succeeded. */
#ifndef ANALYSIS_REPEAT_H
#define ANALYSIS_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/run.h"

struct repeat {
	const struct chain *chain;
	/* The answers that an entry may give the first time. */
	uint32_t (*first)(void *ctx, const struct entry *e);
	/* What it answers the second time. */
	int (*second)(void *ctx, const struct entry *e);
	void *ctx;
};

/* A first walk that succeeds and a second one that does not. */
struct mishap {
	bool found;
	bool cut;		/* too many ways: not all were tried */
	int code;		/* of the second walk */
	struct trail first, second;
};

/* Try every first walk, and the second one behind it. 0 with *out, to be freed,
 * or -ENOMEM. */
int repeat_try(const struct repeat *r, struct mishap *out);

/* The code of the second walk when there was no first one: in another
 * process, or for a program that has its own way to know people. Its trail is
 * added to an empty one. */
int repeat_alone(const struct repeat *r, struct trail *trail);

void mishap_free(struct mishap *m);

#endif
