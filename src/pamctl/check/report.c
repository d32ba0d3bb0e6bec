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
	for (size_t i = 0; i < r->count; i++) {
		free(r->finding[i].text);
		free(r->finding[i].services);
	}
	free(r->finding);
	memset(r, 0, sizeof *r);
}
