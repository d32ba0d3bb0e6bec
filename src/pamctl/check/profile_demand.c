/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/profile_demand.h"

#include <errno.h>
#include <string.h>

#include "base/grow.h"
#include "pamctl/check/profile.h"
#include "pamctl/check/profile_words.h"

static struct demand *
add_demand(struct words *w, enum demand_kind kind)
{
	struct profile *p = w->p;
	struct demand *d;

	if (GROW(p->demand, p->demands, p->demand_cap) < 0)
		return NULL;
	d = &p->demand[p->demands++];
	*d = (struct demand){ .kind = kind, .rule = p->rules - 1 };
	return d;
}

int
demand_holds(struct words *w)
{
	struct demand *d = w->p->rules ? add_demand(w, DEMAND_HOLDS) : NULL;
	const char *wrong;

	if (!d)
		return w->p->rules ? -ENOMEM : -EINVAL;
	d->sentence = words_rest(w);
	return d->sentence ?
	    property_read(d->sentence, &d->property, &wrong) : -EINVAL;
}

/* Words with "or" between them; gives the word behind them. */
static int
read_choice(struct words *w, const char **to, char **behind)
{
	size_t n = 0;
	char *word = words_next(w);

	while (word && n < DEMAND_WORDS) {
		to[n++] = word;
		word = words_next(w);
		if (!word || strcmp(word, "or") != 0)
			break;
		word = words_next(w);
		if (!word)
			return -EINVAL;
	}
	*behind = word;
	return n && n < DEMAND_WORDS ? 0 : -EINVAL;
}

/* "default VALUE" and "in FILE...", either of them perhaps. */
static int
read_places(struct words *w, struct demand *d, char *word)
{
	size_t n = 0;

	if (word && strcmp(word, "default") == 0) {
		d->initial = words_next(w);
		word = d->initial ? words_next(w) : (char []){ "" };
	}
	if (!word)
		return 0;
	if (strcmp(word, "in") != 0)
		return -EINVAL;
	while (n < DEMAND_WORDS && (d->file[n] = words_next(w)))
		n++;
	return n ? 0 : -EINVAL;
}

static int
read_option(struct words *w, enum demand_kind kind)
{
	struct demand *d = w->p->rules ? add_demand(w, kind) : NULL;
	const char *facility = words_next(w);
	char *behind = NULL;
	int f = 0, rc = 0;

	if (!d)
		return w->p->rules ? -ENOMEM : -EINVAL;
	while (facility && f < FAC_COUNT &&
	    strcmp(facility, facility_word((enum facility)f)) != 0)
		f++;
	d->facility = (enum facility)f;
	d->module = words_next(w);
	if (!d->module || f == FAC_COUNT)
		return -EINVAL;
	if (kind == DEMAND_VALUE) {
		d->option[0] = words_next(w);
		rc = read_choice(w, d->want, &behind);
	} else {
		rc = read_choice(w, d->option, &behind);
	}
	return rc < 0 ? rc : read_places(w, d, behind);
}

int
demand_value(struct words *w)
{
	return read_option(w, DEMAND_VALUE);
}

int
demand_flag(struct words *w)
{
	return read_option(w, DEMAND_FLAG);
}

int
demand_absent(struct words *w)
{
	return read_option(w, DEMAND_ABSENT);
}
