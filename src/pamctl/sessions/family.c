/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/sessions/family.h"

#include <string.h>

#include "pamctl/sessions/roster.h"

/* Whoever was opened first: what records say can then lead nowhere in a
 * circle. */
static bool
may_be_parent(const struct known *k, const struct known *child)
{
	return k->rc == 0 && strcmp(k->id, child->id) < 0 &&
	    k->life != LIFE_PAST && k->life != LIFE_ELSEWHERE;
}

static const struct known *
opened_by(const struct roster *r, const struct process *p,
    const struct known *child)
{
	for (size_t i = r->count; i-- > 0;) {
		const struct known *k = &r->known[i];
		const struct process *opener = &k->file.record.opener;

		/* There is one process of a number at a time. */
		if (may_be_parent(k, child) && opener->pid == p->pid &&
		    process_lives(opener))
			return k;
	}
	return NULL;
}

static const struct known *
above(const struct roster *r, const struct known *child)
{
	struct process at = child->file.record.opener;
	const struct known *k = NULL;

	while (!k && process_parent(&at, &at))
		k = opened_by(r, &at, child);
	return k;
}

static const struct known *
around(const struct roster *r, const struct known *child)
{
	const unsigned long long outer = child->file.record.outer;

	for (size_t i = r->count; i-- > 0 && outer != NO_AUDIT_SESSION;) {
		const struct known *k = &r->known[i];

		if (may_be_parent(k, child) && k->file.record.inner == outer)
			return k;
	}
	return NULL;
}

const struct known *
family_parent(const struct roster *r, const struct known *k)
{
	const struct known *parent;

	/* Pids of another place or time are other processes here. */
	if (k->rc < 0 || k->life == LIFE_PAST || k->life == LIFE_ELSEWHERE)
		return NULL;
	parent = above(r, k);
	return parent ? parent : around(r, k);
}
