/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/sessions/roster.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/grow.h"
#include "base/text.h"
#include "pamctl/pamctl.h"

/* A record that has gone meanwhile is none. */
static int
add(void *ctx, const struct store_name *name)
{
	struct roster *r = ctx;
	struct known *k;

	if (GROW(r->known, r->count, r->cap) < 0)
		return -ENOMEM;
	k = &r->known[r->count];
	*k = (struct known){ .name = *name };
	k->rc = record_read(r->store, name, &k->file);
	if (k->rc == -ENOENT || k->rc == -ENOMEM)
		record_file_free(&k->file);
	else
		r->count++;
	return k->rc == -ENOMEM ? -ENOMEM : 0;
}

/* Ids begin with the time. */
static int
by_id(const void *a, const void *b)
{
	const struct known *one = a, *two = b;

	return strcmp(text_base(one->name.text), text_base(two->name.text));
}

static int
read_all_of(struct roster *r, const char *place,
    unsigned long long detached_max)
{
	struct store store = { 0 };
	int rc;

	*r = (struct roster){ .place = place, .store = -1 };
	life_look(&r->look);
	r->look.detached_max = detached_max;
	rc = store_open(place, &store);
	if (rc < 0)
		return rc == -ENOENT ? 0 : rc;
	r->store = rc;
	rc = store_each(r->store, (uid_t)-1, add, r);
	if (r->count)
		qsort(r->known, r->count, sizeof *r->known, by_id);
	for (size_t i = 0; i < r->count; i++) {
		struct known *k = &r->known[i];

		k->id = text_base(k->name.text);
		if (k->rc == 0)
			k->life = life_of(&r->look, &k->file.record);
	}
	return rc;
}

void
roster_free(struct roster *r)
{
	for (size_t i = 0; i < r->count; i++)
		record_file_free(&r->known[i].file);
	free(r->known);
	if (r->store >= 0)
		close(r->store);
	life_end(&r->look);
	*r = (struct roster){ .store = -1 };
}

void
roster_again(struct roster *r, struct known *k)
{
	record_file_free(&k->file);
	k->rc = record_read(r->store, &k->name, &k->file);
	if (k->rc == 0)
		k->life = life_of(&r->look, &k->file.record);
}

static void
complain(int *status, const char *what, const char *id)
{
	if (status)
		*status = fail(STATUS_FINDINGS, "%s %s", what, id);
}

struct known *
roster_find(struct roster *r, const char *id, int *status)
{
	struct known *found = NULL;

	for (size_t i = 0; i < r->count; i++) {
		if (!*id || !text_after(r->known[i].id, id))
			continue;
		if (found) {
			complain(status, "several sessions begin with", id);
			return NULL;
		}
		found = &r->known[i];
	}
	if (!found)
		complain(status, "no record of a session", id);
	return found;
}

int
roster_begin(struct roster *r, const char *place,
    unsigned long long detached_max)
{
	int rc;

	*r = (struct roster){ .store = -1 };
	if (geteuid() != 0)
		return fail(STATUS_PRIVILEGE,
		    "only root may look at the records of sessions");
	rc = read_all_of(r, place, detached_max);
	if (rc == -ENOMEM)
		return fail(STATUS_AGAIN, "out of memory");
	if (rc == -EPERM)
		return fail(STATUS_CONFIG,
		    "%s is not root's alone: its records count for nothing",
		    place);
	return rc < 0 ? fail(STATUS_CONFIG, "%s: %s", place,
	    strerrordesc_np(-rc)) : 0;
}

const char *
known_word(const struct known *k)
{
	if (k->rc == -EPROTO)
		return "newer";
	if (k->rc < 0)
		return "unreadable";
	return k->life == LIFE_HERE ?
	    record_state_word(k->file.record.state) : life_word(k->life);
}
