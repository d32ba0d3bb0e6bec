/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of a record, taken apart. */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "record/parse_entry.h"
#include "record/store.h"

static int
add_text(const char ***list, size_t *count, size_t *cap, const char *text)
{
	if (!text)
		return 0;
	if (GROW(*list, *count, *cap) < 0)
		return -ENOMEM;
	(*list)[(*count)++] = text;
	return 0;
}

/* Readers of the rows that are more than one word. What a row lacks makes it
 * nothing; only memory can fail. */
static int
read_space(struct record *r, struct row *row)
{
	struct space *s = &r->space;

	if (row_take_number(row, &s->mount) &&
	    row_take_number(row, &s->pids) &&
	    row_take_number(row, &s->root_dev))
		row_take_number(row, &s->root_ino);
	return 0;
}

static int
read_opener(struct record *r, struct row *row)
{
	unsigned long long pid;

	if (row_take_number(row, &pid)) {
		r->opener.pid = (pid_t)pid;
		row_take_number(row, &r->opener.seen);
	}
	return 0;
}

static int
read_state(struct record *r, struct row *row)
{
	const char *word = row_take(row);

	for (size_t i = 0; word && i < RECORD_STATES; i++) {
		if (strcmp(word, record_state_word((enum record_state)i)) == 0)
			r->state = (enum record_state)i;
	}
	r->abandoned |= r->state == RECORD_ABANDONED;
	r->stuck |= r->state == RECORD_STUCK;
	r->was_open |= r->state == RECORD_OPEN;
	return 0;
}

static int
read_credentials(struct record *r, struct row *row)
{
	const char *word = row_take(row);

	r->established = word && strcmp(word, "established") == 0;
	return 0;
}

static int
read_env(struct record *r, struct row *row)
{
	return add_text(&r->env, &r->envs, &r->env_cap, row_take(row));
}

static int
read_admitted(struct record *r, struct row *row)
{
	return add_text(&r->admitted, &r->admissions, &r->admitted_cap,
	    row_take(row));
}

/* The first look counts. */
static int
read_first(unsigned long long *to, struct row *row)
{
	unsigned long long when;

	if (row_take_number(row, &when) && !*to)
		*to = when;
	return 0;
}

static int
read_left(struct record *r, struct row *row)
{
	return read_first(&r->left, row);
}

static int
read_gone(struct record *r, struct row *row)
{
	return read_first(&r->gone, row);
}

static int
read_attempt(struct record *r, struct row *row)
{
	(void)row;
	r->attempts++;
	return 0;
}

#define TEXT(word, member) \
	{ .key = word, .text = offsetof(struct record, member) + 1 }
#define NUMBER(word, member) \
	{ .key = word, .number = offsetof(struct record, member) + 1 }

/* What a row's key means: a text or a number at an offset (counted from 1), or
 * what a function reads. */
static const struct key {
	const char *key;
	size_t text, number;
	int (*read)(struct record *r, struct row *row);
} keys[] = {
	TEXT("id", id), TEXT("boot", boot), TEXT("service", service),
	TEXT("user", user), TEXT("tty", tty), TEXT("rhost", rhost),
	TEXT("ruser", ruser), TEXT("class", class), TEXT("confdir", confdir),
	NUMBER("uid", uid), NUMBER("opened", opened), NUMBER("policy", policy),
	NUMBER("outer-session", outer), NUMBER("audit-session", inner),
	NUMBER("detached", detached),
	{ .key = "space", .read = read_space },
	{ .key = "opener", .read = read_opener },
	{ .key = "entry", .read = parse_entry },
	{ .key = "auth", .read = parse_auth },
	{ .key = "state", .read = read_state },
	{ .key = "open", .read = parse_open },
	{ .key = "asked", .read = parse_asked },
	{ .key = "answered", .read = parse_answered },
	{ .key = "closed", .read = parse_closed },
	{ .key = "put", .read = parse_put },
	{ .key = "put-lasting", .read = parse_put_lasting },
	{ .key = "cred", .read = read_credentials },
	{ .key = "env", .read = read_env },
	{ .key = "admitted", .read = read_admitted },
	{ .key = "left", .read = read_left },
	{ .key = "gone", .read = read_gone },
	{ .key = "attempt", .read = read_attempt },
};

static int
read_row(struct record *r, const struct key *key, struct row *row)
{
	if (key->read)
		return key->read(r, row);
	if (key->text)
		*(const char **)(void *)((char *)r + key->text - 1) =
		    row_take(row);
	else
		row_take_number(row, (unsigned long long *)(void *)
		    ((char *)r + key->number - 1));
	return 0;
}

/* A key that nobody here knows is somebody's who comes later. */
static int
read_any(struct record *r, struct row *row)
{
	const char *word = row_take(row);

	for (size_t i = 0; word && i < COUNT(keys); i++) {
		if (strcmp(word, keys[i].key) == 0)
			return read_row(r, &keys[i], row);
	}
	return 0;
}

/* The first row: what the others may be taken for. */
static bool
read_version(struct record *r, struct row_reader *reader)
{
	unsigned long long version;
	const char *word;
	struct row row;

	if (!row_next(reader, &row))
		return false;
	word = row_take(&row);
	if (!word || strcmp(word, "version") != 0 ||
	    !row_take_number(&row, &version))
		return false;
	r->version = version < UINT_MAX ? (unsigned)version : UINT_MAX;
	return version > 0;
}

/* Who made it was killed before he could write the head, which is there as a
 * whole or not at all. */
static bool
is_blank(const char *text, size_t len)
{
	while (len && text[len - 1] == '\0')
		len--;
	return len == 0;
}

int
record_parse(char *text, size_t len, struct record *out)
{
	struct row_reader reader = { text, text + len };
	struct row row;
	int rc = 0;

	*out = (struct record){ .uid = (uid_t)-1, .outer = NO_AUDIT_SESSION,
		.inner = NO_AUDIT_SESSION };
	if (is_blank(text, len))
		return -ENODATA;
	if (!read_version(out, &reader))
		return -EINVAL;
	while (rc == 0 && row_next(&reader, &row))
		rc = read_any(out, &row);
	if (rc < 0)
		return rc;
	if (!out->id || !store_is_id(out->id) || !out->service)
		return -EINVAL;
	return out->version > RECORD_VERSION ? -EPROTO : 0;
}
