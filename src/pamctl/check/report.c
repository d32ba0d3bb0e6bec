/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "base/text.h"
#include "pamctl/check/rule.h"

static const char *const levels[LEVEL_COUNT] = {
	[LEVEL_NOTE] = "note",
	[LEVEL_WARNING] = "warning",
	[LEVEL_ERROR] = "error",
};

const char *
level_word(enum level level)
{
	return levels[level];
}

static struct finding *
same(const struct report *r, const struct finding *like, const char *text)
{
	for (size_t i = 0; i < r->count; i++) {
		struct finding *f = &r->finding[i];

		if (f->rule == like->rule && f->at.line == like->at.line &&
		    strcmp(f->at.file, like->at.file) == 0 &&
		    strcmp(f->text, text) == 0)
			return f;
	}
	return NULL;
}

/* The services are looked at one after the other, and some rules look twice at
 * the same line. */
static bool
has_service(const struct finding *f, const char *service)
{
	const size_t len = strlen(service), all = strlen(f->services);
	const char *last = f->services + (all >= len ? all - len : 0);

	return all >= len && strcmp(last, service) == 0 &&
	    (last == f->services || last[-1] == ' ');
}

static int
add_service(struct finding *f, const char *service)
{
	char *more;

	if (!service || (f->services && has_service(f, service)))
		return 0;
	if (asprintf(&more, "%s%s%s", f->services ? f->services : "",
	    f->services ? " " : "", service) < 0)
		return -ENOMEM;
	free(f->services);
	f->services = more;
	f->service_count++;
	return 0;
}

static struct finding *
append(struct report *r, const struct finding *like, char **text)
{
	struct finding *f;

	if (GROW(r->finding, r->count, r->cap) < 0)
		return NULL;
	f = &r->finding[r->count++];
	*f = *like;
	f->text = TAKE(*text);
	return f;
}

void
report_add(struct report *r, const struct finding *like, const char *service,
    const char *fmt, va_list args)
{
	_drop_(freep) char *text = NULL;
	struct finding *f;

	if (vasprintf(&text, fmt, args) < 0) {
		text = NULL;
		r->failed = true;
		return;
	}
	text_defuse(text);
	f = same(r, like, text);
	if (!f)
		f = append(r, like, &text);
	if (!f || add_service(f, service) < 0) {
		r->failed = true;
		return;
	}
	if (like->level > f->level)
		f->level = like->level;
	if (!like->ignored)
		f->ignored = NULL;
}

size_t
report_counts(const struct report *r, enum level least)
{
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		n += r->finding[i].level >= least && !r->finding[i].ignored;
	return n;
}

/* Whether each of some services is among others; both by blanks, or NULL. */
static bool
services_within(const char *few, const char *many)
{
	while (few && *few) {
		const size_t len = strcspn(few, " ");
		const char *at = many;

		while (at && (strcspn(at, " ") != len ||
		    strncmp(at, few, len) != 0)) {
			at = strchr(at, ' ');
			at += at ? 1 : 0;
		}
		if (!at)
			return false;
		few += len;
		few += *few == ' ';
	}
	return true;
}

static bool
is_old(const struct finding *f, const struct finding *old)
{
	return f->rule == old->rule && f->level <= old->level &&
	    !old->ignored && strcmp(f->text, old->text) == 0 &&
	    strcmp(text_base(f->at.file), text_base(old->at.file)) == 0 &&
	    services_within(f->services, old->services);
}

static void
finding_free(struct finding *f)
{
	free(f->text);
	free(f->services);
}

void
report_subtract(struct report *r, const struct report *old)
{
	size_t to = 0;

	for (size_t i = 0; i < r->count; i++) {
		struct finding *f = &r->finding[i];
		size_t o = 0;

		while (o < old->count && !is_old(f, &old->finding[o]))
			o++;
		if (o < old->count)
			finding_free(f);
		else
			r->finding[to++] = *f;
	}
	r->count = to;
}

static int
in_order(const void *a, const void *b)
{
	const struct finding *f = a, *g = b;
	const int files = strcmp(f->at.file, g->at.file);

	if (files)
		return files;
	if (f->at.line != g->at.line)
		return f->at.line < g->at.line ? -1 : 1;
	if (f->rule != g->rule)
		return strcmp(f->rule->code, g->rule->code);
	return strcmp(f->text, g->text);
}

void
report_sort(struct report *r)
{
	if (r->count)
		qsort(r->finding, r->count, sizeof *r->finding, in_order);
}

void
report_free(struct report *r)
{
	for (size_t i = 0; i < r->count; i++)
		finding_free(&r->finding[i]);
	free(r->finding);
	memset(r, 0, sizeof *r);
}
