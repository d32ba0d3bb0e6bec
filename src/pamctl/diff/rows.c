/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/diff/rows.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/text.h"
#include "pamctl/diff/words.h"

static void
write_text(const struct telling *t, enum side s)
{
	(void)s;
	words_write(t);
}

/* What a writer writes; *out is NULL for nothing. */
static int
written(struct telling *t, enum side s,
    void (*write)(const struct telling *t, enum side s), char **out)
{
	size_t len = 0;

	t->to = open_memstream(out, &len);
	if (!t->to)
		return -ENOMEM;
	write(t, s);
	if (fclose(t->to) != 0)
		return -ENOMEM;
	if (len == 0)
		free(*out), *out = NULL;
	return 0;
}

static struct row *
add(struct rows *rows, const struct row *like)
{
	struct row *row;

	if (GROW(rows->row, rows->count, rows->cap) < 0)
		return NULL;
	row = &rows->row[rows->count++];
	*row = *like;
	return row;
}

static int
add_difference(struct rows *rows, const char *service, struct telling *t)
{
	const struct difference *d = t->d;
	const struct row like = {
		.service = service, .facility = (int)t->facility,
		.kind = words_kind(d->kind),
		.sign = d->kind == DIFFERENCE_UNDECIDED ? '?' :
		    !words_sided(d->kind) ? '~' :
		    d->side == SIDE_OLD ? '-' : '+',
		.open = t->facility == FAC_AUTH && d->unproved,
	};
	struct row *row = add(rows, &like);
	int rc = row ? written(t, SIDE_OLD, write_text, &row->text) : -ENOMEM;

	for (int s = 0; s < SIDE_COUNT && rc == 0; s++)
		rc = written(t, (enum side)s, words_write_lines,
		    &row->lines[s]);
	if (rc == 0)
		text_defuse(row->text);
	return rc;
}

int
rows_add(struct rows *rows, const char *service, enum facility f,
    const struct differences *d)
{
	int rc = 0;

	for (size_t i = 0; i < d->count && rc == 0; i++) {
		struct telling t = { NULL, f, d, &d->difference[i] };

		rc = add_difference(rows, service, &t);
	}
	return rc;
}

int
rows_add_text(struct rows *rows, const struct row *like, const char *fmt, ...)
{
	struct row *row = add(rows, like);
	va_list args;

	if (!row)
		return -ENOMEM;
	va_start(args, fmt);
	row->text = text_vformat(fmt, args);
	va_end(args);
	return row->text ? 0 : -ENOMEM;
}

void
rows_free(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		free(rows->row[i].text);
		free(rows->row[i].lines[SIDE_OLD]);
		free(rows->row[i].lines[SIDE_NEW]);
	}
	free(rows->row);
}
