/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/refusal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "base/id.h"
#include "history/tail.h"

/* Where in a line its first three keys are: time, event, id. */
#define HEAD 192

struct search {
	const struct refusal_query *q;
	struct refusals *found;
	int64_t earliest;	/* when the first of them began */
};

static void
logged_freep(struct logged *e)
{
	logged_free(e);
}

static bool
head_has(const char *line, size_t len, const char *word)
{
	return memmem(line, len < HEAD ? len : HEAD, word, strlen(word));
}

/* When a transaction began, by its id; else its failure is all of it. */
static int64_t
begin_of(const struct logged *e)
{
	int64_t ms;

	return id_time(e->text[LOGGED_ID], &ms) < 0 ? e->time : ms * 1000;
}

static bool
same(const char *want, const char *text)
{
	return !want || (text && strcmp(want, text) == 0);
}

static bool
wanted(const struct refusal_query *q, const struct logged *e)
{
	return logged_failed(e) && e->time >= q->since &&
	    same(q->user, e->text[LOGGED_USER]) &&
	    same(q->service, e->text[LOGGED_SERVICE]);
}

static int
add_refusal(struct search *s, struct logged *e)
{
	struct refusals *r = s->found;
	const int64_t begin = begin_of(e);

	if (GROW(r->item, r->count, r->cap) < 0)
		return -ENOMEM;
	r->item[r->count++] = (struct refusal){ .failed = *e };
	*e = (struct logged){ 0 };
	if (r->count == 1 || begin < s->earliest)
		s->earliest = begin;
	return 0;
}

static int
add_before(struct refusal *r, struct logged *e)
{
	if (GROW(r->before, r->count, r->cap) < 0)
		return -ENOMEM;
	r->before[r->count++] = *e;
	*e = (struct logged){ 0 };
	return 0;
}

/* The one to whose transaction a line belongs, or NULL. */
static struct refusal *
refusal_of(const struct search *s, const char *line, size_t len)
{
	for (size_t i = 0; i < s->found->count; i++) {
		struct refusal *r = &s->found->item[i];

		if (head_has(line, len, r->failed.text[LOGGED_ID]))
			return r;
	}
	return NULL;
}

static bool
full(const struct search *s)
{
	return s->found->count >= s->q->limit;
}

/* Only lines that matter are read: there may be a million others. */
static int
take_line(struct search *s, const char *line, size_t len)
{
	_drop_(logged_freep) struct logged e = { 0 };
	struct refusal *r = refusal_of(s, line, len);
	int rc;

	if (!r && (full(s) || !head_has(line, len, "-failed\"")))
		return 0;
	if (!r && s->q->user && !memmem(line, len, s->q->user,
	    strlen(s->q->user)))
		return 0;
	rc = logged_read(line, len, &e);
	if (rc < 0)
		return rc == -EINVAL ? 0 : rc;
	if (r)
		return add_before(r, &e);
	return wanted(s->q, &e) ? add_refusal(s, &e) : 0;
}

/* The time before which nothing is of interest; 0: all is. */
static int64_t
bottom(const struct search *s)
{
	const bool some = s->found->count > 0;

	if (full(s) || (some && s->earliest < s->q->since))
		return s->earliest;
	return s->q->since;
}

static bool
below(const char *line, size_t len, int64_t bottom)
{
	const int64_t time = bottom ? logged_time(line, len) : -1;

	return time >= 0 && time < bottom;
}

static void
tail_freep(struct tail **t)
{
	tail_free(*t);
}

int
refusals_find(const char *log, const struct refusal_query *q,
    struct refusals *out)
{
	_drop_(tail_freep) struct tail *t = NULL;
	struct search s = { .q = q, .found = out };
	const char *line;
	size_t len;
	int rc;

	*out = (struct refusals){ 0 };
	rc = tail_open(log, &t);
	while (rc == 0 && (rc = tail_line(t, &line, &len)) == 1) {
		if (below(line, len, bottom(&s)))
			return 0;
		rc = take_line(&s, line, len);
	}
	return rc;
}

static void
refusal_drop(struct refusal *r)
{
	for (size_t i = 0; i < r->count; i++)
		logged_free(&r->before[i]);
	free(r->before);
	logged_free(&r->failed);
}

void
refusals_drop(struct refusals *r)
{
	for (size_t i = 0; i < r->count; i++)
		refusal_drop(&r->item[i]);
	free(r->item);
	*r = (struct refusals){ 0 };
}
