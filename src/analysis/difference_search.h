/* SPDX-License-Identifier: BSD-2-Clause */
/* The search for differences, in parts: who gets in, who is asked, what comes
 * out. Private to analysis/. */
#ifndef ANALYSIS_DIFFERENCE_SEARCH_H
#define ANALYSIS_DIFFERENCE_SEARCH_H

#include "analysis/difference.h"

#define BIT(code) (UINT32_C(1) << (code))

/* What is compared, and which answers are tried just now. */
struct search {
	const struct inquiry *in;
	struct differences *out;
	const struct way *way;	/* only these say yes, those of this side */
	enum side side;
	bool all_fail;
	size_t effort;		/* that is left, see struct pairing */
	bool undecided;		/* and said so */
	struct exploration all[SIDE_COUNT];	/* each stack for itself */
};

/* The answers of a label, if nothing more is asked; those but success, if the
 * module can do otherwise; and those of an entry in the first call. */
uint32_t search_answers(void *ctx, size_t label, enum lane lane);
uint32_t search_but_success(uint32_t answers);
uint32_t search_entry_answers(void *ctx, const struct entry *e);

/* Whether both sides have the module of a label. */
bool search_has_twin(const struct match *m, size_t label);

/* A pairing of both stacks with such answers. */
struct pairing search_pairing(struct search *s,
    uint32_t (*answers)(void *ctx, size_t label, enum lane lane));

/* One more difference; NULL: no memory. */
struct difference *search_add(struct search *s, enum difference_kind kind,
    enum side side);

/* One that a product has shown. 0 or -ENOMEM, as all below. */
int search_add_shown(struct search *s, enum difference_kind kind,
    enum side side, const struct product *p, enum contrast contrast);

/* Say once that not everything could be tried. */
int search_add_undecided(struct search *s);

/* The ways of a side that the other has not, where the product of all answers
 * has shown that it may have some; or a case, where the ways are the same. */
int search_ways(struct search *s, const struct product *p);

/* Whom only one side asks, on some way of this product, and who has changed
 * places. */
int search_asked(struct search *s, const struct product *p);
int search_order(struct search *s);

#endif
