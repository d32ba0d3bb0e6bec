/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/parse_entry.h"

#include <errno.h>
#include <string.h>

#include "base/grow.h"

#define ENTRIES_MAX 65536	/* as many as a policy may have lines, nearly */

/* The entry of this number, and those before it. NULL: no memory, or no such
 * number. */
static struct record_entry *
entry_at(struct record *r, unsigned long long at)
{
	if (at >= ENTRIES_MAX)
		return NULL;
	while (r->entries <= at) {
		if (GROW(r->entry, r->entries, r->entry_cap) < 0)
			return NULL;
		r->entry[r->entries++] = (struct record_entry){
			.answer = NO_ANSWER, .closed = NO_ANSWER
		};
	}
	return &r->entry[at];
}

/* The entry that a row begins with. 1; 0 when it has none, and -ENOMEM. */
static int
take_entry(struct record *r, struct row *row, struct record_entry **out)
{
	unsigned long long at;

	if (!row_take_number(row, &at) || at >= ENTRIES_MAX)
		return 0;
	*out = entry_at(r, at);
	return *out ? 1 : -ENOMEM;
}

int
parse_entry(struct record *r, struct row *row)
{
	struct record_entry *e;
	const char *word;
	const int rc = take_entry(r, row, &e);

	if (rc <= 0)
		return rc;
	e->module = row_take(row);
	if (e->module && !*e->module)
		e->module = NULL;
	do {
		word = row_take(row);
		if (GROW(e->argv, e->argc + 1, e->argv_cap) < 0)
			return -ENOMEM;
		e->argv[e->argc] = word;
		e->argc += word != NULL;
	} while (word);
	return 0;
}

/* A second opening of the same session begins anew (Z-3). */
int
parse_open(struct record *r, struct row *row)
{
	unsigned long long answer;
	struct record_entry *e;
	const int rc = take_entry(r, row, &e);

	if (rc > 0 && row_take_number(row, &answer)) {
		e->answer = (int)answer;
		e->closed = NO_ANSWER;
	}
	return rc < 0 ? rc : 0;
}

int
parse_closed(struct record *r, struct row *row)
{
	unsigned long long answer;
	struct record_entry *e;
	const int rc = take_entry(r, row, &e);

	if (rc > 0 && row_take_number(row, &answer)) {
		e->closed = (int)answer;
		e->asked = 0;
	}
	return rc < 0 ? rc : 0;
}

int
parse_asked(struct record *r, struct row *row)
{
	struct record_entry *e;
	const int rc = take_entry(r, row, &e);

	if (rc > 0)
		e->asked++;
	return rc < 0 ? rc : 0;
}

int
parse_answered(struct record *r, struct row *row)
{
	struct record_entry *e;
	const int rc = take_entry(r, row, &e);

	if (rc > 0)
		e->asked = 0;
	return rc < 0 ? rc : 0;
}

int
parse_auth(struct record *r, struct row *row)
{
	unsigned long long at, answer;

	if (!row_take_number(row, &at) || !row_take_number(row, &answer) ||
	    at >= ENTRIES_MAX)
		return 0;
	while (r->auths <= at) {
		if (GROW(r->auth, r->auths, r->auth_cap) < 0)
			return -ENOMEM;
		r->auth[r->auths++] = NO_ANSWER;
	}
	r->auth[at] = (int)answer;
	return 0;
}

static struct record_put *
find_put(struct record *r, size_t entry, const char *key)
{
	for (size_t i = 0; i < r->puts; i++) {
		if (r->put[i].entry == entry &&
		    strcmp(r->put[i].key, key) == 0)
			return &r->put[i];
	}
	return NULL;
}

static int
put(struct record *r, struct row *row, bool lasts)
{
	struct record_put fresh = { .lasts = lasts };
	struct record_put *old;
	unsigned long long at;

	if (!row_take_number(row, &at) || at >= ENTRIES_MAX)
		return 0;
	fresh.entry = at;
	fresh.key = row_take(row);
	fresh.value = row_take(row);
	if (!fresh.key)
		return 0;
	old = find_put(r, at, fresh.key);
	if (old) {
		*old = fresh;
		return 0;
	}
	if (GROW(r->put, r->puts, r->put_cap) < 0)
		return -ENOMEM;
	r->put[r->puts++] = fresh;
	return 0;
}

int
parse_put(struct record *r, struct row *row)
{
	return put(r, row, false);
}

int
parse_put_lasting(struct record *r, struct row *row)
{
	return put(r, row, true);
}
