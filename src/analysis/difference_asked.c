/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/difference_search.h"

#include <errno.h>

#define TRIES_MAX 100		/* pairs of modules that have changed places */

static int
add_asked(struct search *s, enum side side, size_t label)
{
	struct difference *d = search_add(s, DIFFERENCE_ASKED, side);
	const uint32_t entry = s->out->match.entry[!side][label];

	if (!d)
		return -ENOMEM;
	d->label = label;
	d->never = entry == NO_ENTRY || !s->all[!side].reached[entry];
	return 0;
}

int
search_asked(struct search *s, const struct product *p)
{
	for (size_t l = 0; l < s->out->match.labels; l++) {
		for (int side = 0; side < SIDE_COUNT; side++) {
			if (p->asks[side][l] &&
			    add_asked(s, (enum side)side, l) < 0)
				return -ENOMEM;
		}
	}
	return 0;
}

/* Whether on some way both sides ask both. */
static int
look_watched(struct search *s, const size_t watch[2])
{
	struct pairing pairing = search_pairing(s, search_answers);
	struct difference *d;
	struct product p;
	int rc;

	pairing.watch = watch;
	rc = product_try(&pairing, &p);
	if (rc == 0 && p.end[CONTRAST_WATCHED] != NO_PLACE) {
		rc = search_add_shown(s, DIFFERENCE_ORDER, SIDE_NEW, &p,
		    CONTRAST_WATCHED);
		d = &s->out->difference[s->out->count - 1];
		d->label = watch[1];
		d->before = watch[0];
	} else if (rc == 0 && p.cut) {
		rc = search_add_undecided(s);
	}
	product_end(&p);
	return rc;
}

static bool
both_reach(const struct search *s, size_t label)
{
	const struct match *m = &s->out->match;
	bool yes = true;

	for (int side = 0; side < SIDE_COUNT; side++) {
		const uint32_t at = m->entry[side][label];

		yes &= at != NO_ENTRY && s->all[side].reached[at];
	}
	return yes;
}

/* The modules before this one in the old stack that the new one has behind it,
 * the nearest first. Labels of the old stack are in its order. */
static int
look_before(struct search *s, size_t label, unsigned *tries)
{
	const uint32_t *at = s->out->match.entry[SIDE_NEW];
	const size_t count = s->out->count;
	int rc = 0;

	for (size_t l = label; l-- > 0 && rc == 0 && s->out->count == count &&
	    !s->undecided;) {
		const size_t watch[] = { l, label };

		if (!both_reach(s, l) || at[l] < at[label])
			continue;
		rc = ++*tries > TRIES_MAX ? search_add_undecided(s) :
		    look_watched(s, watch);
	}
	return rc;
}

int
search_order(struct search *s)
{
	unsigned tries = 0;
	int rc = 0;

	for (size_t l = 0; l < s->out->match.labels && rc == 0; l++) {
		if (both_reach(s, l))
			rc = look_before(s, l, &tries);
	}
	return rc;
}
