/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the walks of two stacks stand that go side by side, and which answers
 * are known that one of them still has to hear. Private to analysis/. */
#ifndef ANALYSIS_MOMENT_H
#define ANALYSIS_MOMENT_H

#include "analysis/product.h"

struct moment {
	struct walk walk[SIDE_COUNT][LANE_COUNT];
	uint8_t *known[LANE_COUNT];	/* by label; of the same memory */
};

/* The beginning of all walks. 0 with *out, to be freed, or -ENOMEM. */
int moment_new(const struct pairing *q, struct moment *out);

/* A moment as a place of struct places, and back. */
size_t moment_size(const struct pairing *q);
void moment_pack(const struct pairing *q, struct moment *m,
    unsigned char *to);
void moment_unpack(const struct pairing *q, const unsigned char *from,
    struct moment *m);

/* Go on as far as what is known leads; the steps go into the account, or NULL.
 * Then forget what nobody has to hear any more; whom only one side has asked is
 * noted in asks (by side and label), or NULL. */
void moment_go_on(const struct pairing *q, struct moment *m,
    struct account *a);
void moment_forget(const struct pairing *q, struct moment *m,
    bool *const asks[SIDE_COUNT]);

/* Which question comes next: one that only its asker waits for, so that little
 * has to be remembered. False when all walks are over. */
bool moment_question(const struct pairing *q, struct moment *m,
    size_t *label, enum lane *lane);

/* Whether both sides have asked a label that is watched. */
bool moment_all_asked(const struct moment *m, size_t label);

void moment_free(struct moment *m);

#endif
