/* SPDX-License-Identifier: BSD-2-Clause */
/* In what two stacks of a facility differ for those who log in and for
 * programs, however their text reads. */
#ifndef ANALYSIS_DIFFERENCE_H
#define ANALYSIS_DIFFERENCE_H

#include "analysis/product.h"
#include "analysis/ways.h"

enum difference_kind {
	DIFFERENCE_WAY,		/* a way in that only one has */
	DIFFERENCE_CASE,	/* only one lets in, by the same modules' yes */
	DIFFERENCE_CODE,	/* both refuse, with other codes */
	DIFFERENCE_AGAIN,	/* setcred or close behind a success of both */
	DIFFERENCE_ALONE,	/* setcred or close without the first call */
	DIFFERENCE_ASKED,	/* only one asks a module, on some way */
	DIFFERENCE_ORDER,	/* it is asked before another in the new one */
	DIFFERENCE_UNDECIDED,	/* too many ways: some were not tried */
};

struct difference {
	enum difference_kind kind;
	enum side side;		/* that has it, or that succeeds */
	struct way way;		/* DIFFERENCE_WAY: entries of that side */
	bool unproved;		/* nobody on it has seen a credential */
	bool less;		/* DIFFERENCE_WAY: the other side wants less */
	size_t label, before;	/* DIFFERENCE_ASKED, DIFFERENCE_ORDER */
	bool never;		/* the other side never asks it */
	bool all_fail;		/* DIFFERENCE_CODE: nobody says yes */
	bool told;		/* an account shows it */
	struct account account;
};

/* What is to be compared. */
struct inquiry {
	const struct chain *chain[SIDE_COUNT];
	/* The answers of an entry's module, and whether its success is that of
	 * somebody who has seen a credential. */
	uint32_t (*answers)(void *ctx, const struct entry *e, enum lane lane);
	bool (*proves)(void *ctx, const struct entry *e);
	void *ctx;
	bool twice;		/* the facility has a second function */
};

struct differences {
	struct match match;
	struct difference *difference;
	size_t count, cap;
};

/* Find them. 0 with *out, to be freed, or -ENOMEM. The chains must stay as long
 * as the differences. */
int differences_find(const struct inquiry *in, struct differences *out);

void differences_free(struct differences *d);

#endif
