/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/match.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool
same_name(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
same(const struct entry *a, const struct entry *b)
{
	if (!same_name(a->name, b->name) || a->argc != b->argc)
		return false;
	for (int i = 0; i < a->argc; i++) {
		if (strcmp(a->argv[i], b->argv[i]) != 0)
			return false;
	}
	return true;
}

static bool
same_actions(const struct entry *a, const struct entry *b)
{
	for (int c = 0; c < CODE_COUNT; c++) {
		if (a->action[c] != b->action[c] ||
		    (a->action[c] == ACT_JUMP && a->jump[c] != b->jump[c]))
			return false;
	}
	return true;
}

bool
match_alike(const struct chain *old, const struct chain *new)
{
	if (old->count != new->count)
		return false;
	for (size_t i = 0; i < old->count; i++) {
		const struct entry *a = &old->entry[i], *b = &new->entry[i];

		if (a->kind != b->kind || a->depth != b->depth ||
		    !same_actions(a, b) ||
		    (a->kind == ENTRY_MODULE && !same(a, b)))
			return false;
	}
	return true;
}

static void
add_label(struct match *m, enum side side, size_t entry)
{
	m->label[side][entry] = (uint32_t)m->labels;
	m->entry[side][m->labels] = (uint32_t)entry;
	m->entry[!side][m->labels++] = NO_ENTRY;
}

/* The first label of the old stack that nobody has taken yet. */
static bool
take_label(struct match *m, size_t entry)
{
	const struct entry *e = &m->chain[SIDE_NEW]->entry[entry];

	for (size_t l = 0; l < m->labels; l++) {
		if (m->entry[SIDE_NEW][l] != NO_ENTRY ||
		    !same(match_entry(m, l), e))
			continue;
		m->entry[SIDE_NEW][l] = (uint32_t)entry;
		m->label[SIDE_NEW][entry] = (uint32_t)l;
		return true;
	}
	return false;
}

static int
make_room(struct match *m)
{
	const size_t all = m->chain[0]->count + m->chain[1]->count + 1;

	for (int s = 0; s < SIDE_COUNT; s++) {
		m->label[s] = malloc(all * sizeof *m->label[s]);
		m->entry[s] = malloc(all * sizeof *m->entry[s]);
		if (!m->label[s] || !m->entry[s])
			return -ENOMEM;
		memset(m->label[s], 0xff, all * sizeof *m->label[s]);
	}
	return 0;
}

int
match_chains(const struct chain *old, const struct chain *new,
    struct match *out)
{
	struct match m = { .chain = { old, new } };

	if (make_room(&m) < 0) {
		match_free(&m);
		return -ENOMEM;
	}
	for (size_t i = 0; i < old->count; i++) {
		if (old->entry[i].kind == ENTRY_MODULE)
			add_label(&m, SIDE_OLD, i);
	}
	for (size_t i = 0; i < new->count; i++) {
		if (new->entry[i].kind == ENTRY_MODULE && !take_label(&m, i))
			add_label(&m, SIDE_NEW, i);
	}
	*out = m;
	return 0;
}

const struct entry *
match_entry(const struct match *m, size_t label)
{
	const enum side s = m->entry[SIDE_OLD][label] == NO_ENTRY ?
	    SIDE_NEW : SIDE_OLD;

	return &m->chain[s]->entry[m->entry[s][label]];
}

void
match_free(struct match *m)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		free(m->label[s]);
		free(m->entry[s]);
	}
	memset(m, 0, sizeof *m);
}
