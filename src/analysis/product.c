/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/product.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/moment.h"
#include "base/drop.h"

/* The codes that programs and modules use most come first: they make better
 * examples. */
static const uint8_t usual[] = { PAM_SUCCESS, PAM_AUTH_ERR, PAM_PERM_DENIED,
	PAM_USER_UNKNOWN, PAM_IGNORE };

/* All of what a code does at an entry that matters anywhere. */
static bool
alike(const struct pairing *q, size_t label, int a, int b)
{
	const bool plain = a != PAM_SUCCESS && a != PAM_IGNORE &&
	    b != PAM_SUCCESS && b != PAM_IGNORE;

	if (q->grain == GRAIN_CODES || !plain)
		return a == b;
	for (int s = 0; s < SIDE_COUNT; s++) {
		const uint32_t at = q->match->entry[s][label];
		const struct entry *e;

		if (at == NO_ENTRY)
			continue;
		e = &q->match->chain[s]->entry[at];
		if (e->action[a] != e->action[b] ||
		    (e->action[a] == ACT_JUMP && e->jump[a] != e->jump[b]))
			return false;
	}
	return true;
}

/* The answers to try, each for all that are like it. */
static size_t
choose(const struct pairing *q, size_t label, enum lane lane, uint8_t *out)
{
	const uint32_t may = q->answers(q->ctx, label, lane) &
	    ~(UINT32_C(1) << PAM_INCOMPLETE);
	size_t n = 0;

	for (size_t i = 0; i < COUNT(usual) + CODE_COUNT; i++) {
		const int code = i < COUNT(usual) ? usual[i] :
		    (int)(i - COUNT(usual));
		bool known = !(may >> code & 1);

		for (size_t j = 0; j < n && !known; j++)
			known = alike(q, label, out[j], code);
		if (!known)
			out[n++] = (uint8_t)code;
	}
	return n;
}

static enum contrast
compare(int old, int new, enum contrast first)
{
	if (old == PAM_SUCCESS || new == PAM_SUCCESS) {
		if (old == new)
			return CONTRAST_NONE;
		return old == PAM_SUCCESS ? first : first + 1;
	}
	return old == new ? CONTRAST_NONE : first + 2;
}

/* The codes of a second walk count where the first walks both succeed. */
static enum contrast
contrast_of(const struct pairing *q, const struct moment *m)
{
	int code[SIDE_COUNT][LANE_COUNT];
	enum contrast c;

	for (int s = 0; s < SIDE_COUNT; s++) {
		for (int lane = 0; lane < LANE_COUNT; lane++)
			code[s][lane] = verdict_end(&m->walk[s][lane].verdict);
	}
	c = compare(code[SIDE_OLD][LANE_FIRST], code[SIDE_NEW][LANE_FIRST],
	    CONTRAST_OLD);
	if (c != CONTRAST_NONE || q->lanes == 1 ||
	    code[SIDE_OLD][LANE_FIRST] != PAM_SUCCESS)
		return c;
	return compare(code[SIDE_OLD][LANE_SECOND],
	    code[SIDE_NEW][LANE_SECOND], CONTRAST_SECOND_OLD);
}

/* Note the place that m has come to. */
static int
add_place(struct product *p, struct moment *m, uint32_t from, int answer)
{
	const size_t size = p->places.size;

	if (p->left < size) {
		p->cut = true;
		return 0;
	}
	p->left -= size;
	*p->pairing->effort -= size;
	moment_go_on(p->pairing, m, NULL);
	moment_forget(p->pairing, m, p->asks);
	moment_pack(p->pairing, m, p->place);
	return places_add(&p->places, p->place, from, answer);
}

static void
finish(struct product *p, const struct moment *m, uint32_t number)
{
	const size_t *watch = p->pairing->watch;
	const enum contrast c = contrast_of(p->pairing, m);

	if (c != CONTRAST_NONE && p->end[c] == NO_PLACE)
		p->end[c] = number;
	if (watch && p->end[CONTRAST_WATCHED] == NO_PLACE &&
	    moment_all_asked(m, watch[0]) && moment_all_asked(m, watch[1]))
		p->end[CONTRAST_WATCHED] = number;
}

static int
visit(struct product *p, uint32_t number, struct moment *m)
{
	const struct pairing *q = p->pairing;
	uint8_t answer[CODE_COUNT];
	size_t label = 0, n;
	enum lane lane = LANE_FIRST;
	int rc = 0;

	moment_unpack(q, places_at(&p->places, number), m);
	if (!moment_question(q, m, &label, &lane)) {
		finish(p, m, number);
		return 0;
	}
	n = choose(q, label, lane, answer);
	for (size_t i = 0; i < n && rc == 0; i++) {
		moment_unpack(q, places_at(&p->places, number), m);
		m->known[lane][label] = answer[i];
		rc = add_place(p, m, number, answer[i]);
	}
	return rc;
}

static int
begin(struct product *p, const struct pairing *pairing)
{
	memset(p, 0, sizeof *p);
	p->pairing = pairing;
	memset(p->end, 0xff, sizeof p->end);
	p->places.size = moment_size(pairing);
	p->places.max = SIZE_MAX;
	p->left = *pairing->effort / 2;
	p->place = malloc(p->places.size);
	if (!p->place)
		return -ENOMEM;
	for (int s = 0; s < SIDE_COUNT; s++) {
		p->asks[s] = calloc(pairing->match->labels + 1,
		    sizeof *p->asks[s]);
		if (!p->asks[s])
			return -ENOMEM;
	}
	return 0;
}

int
product_try(const struct pairing *pairing, struct product *out)
{
	_drop_(moment_free) struct moment m = { 0 };
	int rc = begin(out, pairing);

	if (rc == 0)
		rc = moment_new(pairing, &m);
	if (rc == 0)
		rc = add_place(out, &m, NO_PLACE, 0);
	for (uint32_t i = 0; i < out->places.count && rc == 0 && !out->cut; i++)
		rc = visit(out, i, &m);
	if (rc < 0)
		product_end(out);
	return rc;
}

/* The way once more, from the beginning. */
static void
retrace(const struct pairing *q, struct moment *m, const uint8_t *answer,
    struct account *out)
{
	size_t label = 0;
	enum lane lane = LANE_FIRST;

	moment_go_on(q, m, out);
	while (moment_question(q, m, &label, &lane)) {
		m->known[lane][label] = *answer++;
		moment_go_on(q, m, out);
		moment_forget(q, m, NULL);
	}
	for (int s = 0; s < SIDE_COUNT; s++) {
		for (int l = 0; l < LANE_COUNT; l++)
			out->code[s][l] = verdict_end(&m->walk[s][l].verdict);
	}
}

int
product_tell(const struct product *p, enum contrast contrast,
    struct account *out)
{
	const struct pairing *q = p->pairing;
	const size_t max = LANE_COUNT * q->match->labels + 1;
	_drop_(freep) uint8_t *answer = calloc(max, sizeof *answer);
	_drop_(moment_free) struct moment m = { 0 };

	memset(out, 0, sizeof *out);
	if (!answer || moment_new(q, &m) < 0)
		return -ENOMEM;
	places_way(&p->places, p->end[contrast], answer, max);
	retrace(q, &m, answer, out);
	return 0;
}

void
account_free(struct account *a)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		for (int lane = 0; lane < LANE_COUNT; lane++)
			trail_free(&a->trail[s][lane]);
	}
}

void
product_end(struct product *p)
{
	places_free(&p->places);
	free(p->place);
	free(p->asks[SIDE_OLD]);
	free(p->asks[SIDE_NEW]);
	memset(p, 0, sizeof *p);
}
