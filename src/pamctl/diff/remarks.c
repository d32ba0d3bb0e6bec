/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/diff/remarks.h"

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

static struct remark *
add(struct remarks *remarks, const struct remark *like)
{
	struct remark *remark;

	if (GROW(remarks->remark, remarks->count, remarks->cap) < 0)
		return NULL;
	remark = &remarks->remark[remarks->count++];
	*remark = *like;
	return remark;
}

static int
add_difference(struct remarks *remarks, const char *service, struct telling *t)
{
	const struct difference *d = t->d;
	const struct remark like = {
		.service = service, .facility = (int)t->facility,
		.kind = words_kind(d->kind),
		.sign = d->kind == DIFFERENCE_UNDECIDED ? '?' :
		    !words_sided(d->kind) ? '~' :
		    d->side == SIDE_OLD ? '-' : '+',
		.open = t->facility == FAC_AUTH && d->unproved,
	};
	struct remark *remark = add(remarks, &like);
	int rc = remark ? written(t, SIDE_OLD, write_text, &remark->text) :
	    -ENOMEM;

	for (int s = 0; s < SIDE_COUNT && rc == 0; s++)
		rc = written(t, (enum side)s, words_write_lines,
		    &remark->lines[s]);
	if (rc == 0)
		text_defuse(remark->text);
	return rc;
}

int
remarks_add(struct remarks *remarks, const char *service, enum facility f,
    const struct differences *d)
{
	int rc = 0;

	for (size_t i = 0; i < d->count && rc == 0; i++) {
		struct telling t = { NULL, f, d, &d->difference[i] };

		rc = add_difference(remarks, service, &t);
	}
	return rc;
}

int
remarks_add_text(struct remarks *remarks, const struct remark *like,
    const char *fmt, ...)
{
	struct remark *remark = add(remarks, like);
	va_list args;

	if (!remark)
		return -ENOMEM;
	va_start(args, fmt);
	remark->text = text_vformat(fmt, args);
	va_end(args);
	return remark->text ? 0 : -ENOMEM;
}

void
remarks_free(struct remarks *remarks)
{
	for (size_t i = 0; i < remarks->count; i++) {
		free(remarks->remark[i].text);
		free(remarks->remark[i].lines[SIDE_OLD]);
		free(remarks->remark[i].lines[SIDE_NEW]);
	}
	free(remarks->remark);
}
