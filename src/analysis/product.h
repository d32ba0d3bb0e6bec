/* SPDX-License-Identifier: BSD-2-Clause */
/* Two stacks side by side, whose modules give the same answers in both: every
 * way through the pair. With a second function (setcred behind authenticate,
 * close behind open) the second walk of each goes with its first. */
#ifndef ANALYSIS_PRODUCT_H
#define ANALYSIS_PRODUCT_H

#include "analysis/branch.h"
#include "analysis/match.h"
#include "analysis/places.h"

/* The two functions of a facility. */
enum lane { LANE_FIRST, LANE_SECOND, LANE_COUNT };

struct pairing {
	const struct match *match;
	/* The answers that the module of a label may give, by lane. */
	uint32_t (*answers)(void *ctx, size_t label, enum lane lane);
	void *ctx;
	size_t lanes;		/* 1, or 2: with the second walks */
	enum grain grain;
	/* Two labels of which is to be found whether both sides ask both on one
	 * way; NULL: none. */
	const size_t *watch;
	/* How much may still be tried, in bytes of places, and goes down. One
	 * product takes no more than half, so that others have their turn. */
	size_t *effort;
};

/* In what two ends differ. */
enum contrast {
	CONTRAST_OLD,		/* the old stack succeeds, the new one not */
	CONTRAST_NEW,
	CONTRAST_CODE,		/* neither does, and the codes are others */
	CONTRAST_SECOND_OLD,	/* both do, the second walk of the old only */
	CONTRAST_SECOND_NEW,
	CONTRAST_SECOND_CODE,	/* neither second walk does; other codes */
	CONTRAST_WATCHED,	/* both have asked both that are watched */
	CONTRAST_COUNT,
	CONTRAST_NONE = CONTRAST_COUNT,
};

struct product {
	const struct pairing *pairing;
	struct places places;
	unsigned char *place;	/* room for one */
	uint32_t end[CONTRAST_COUNT];	/* of a shortest way, or NO_PLACE */
	/* By label: on some way this side asks it, and the other not. */
	bool *asks[SIDE_COUNT];
	size_t left;		/* of the effort */
	bool cut;		/* too many ways: some were not tried */
};

/* What happened on a way. */
struct account {
	struct trail trail[SIDE_COUNT][LANE_COUNT];
	int code[SIDE_COUNT][LANE_COUNT];
};

/* Try everything. 0 with *out, to be ended, or -ENOMEM. The pairing must stay
 * as long as the product. */
int product_try(const struct pairing *pairing, struct product *out);

/* Tell the way to a contrast that was found, to be freed. 0 or -ENOMEM. */
int product_tell(const struct product *p, enum contrast contrast,
    struct account *out);

void account_free(struct account *a);
void product_end(struct product *p);

#endif
