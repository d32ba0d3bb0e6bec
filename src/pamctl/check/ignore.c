/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/ignore.h"

#include <string.h>

#include "base/text.h"

static const char *
skip(const char *at)
{
	return at + strspn(at, " \t");
}

const char *
ignore_codes(const char *comment)
{
	const char *at = text_after(skip(comment), "pamctl:");

	at = at ? text_after(skip(at), "ignore") : NULL;
	return at && (*at == ' ' || *at == '\t') ? skip(at) : NULL;
}

/* The reason behind the codes, if this one is among them. */
static const char *
reason_for(const char *codes, const char *code)
{
	const char *end = codes + strcspn(codes, " \t");
	bool named = false;

	while (codes < end) {
		const size_t len = strcspn(codes, ", \t");

		named |= len == strlen(code) && strncmp(codes, code, len) == 0;
		codes += len + (codes[len] == ',');
	}
	return named ? skip(end) : NULL;
}

const char *
ignore_reason(const char *comment, const char *code)
{
	const char *codes = ignore_codes(comment);

	return codes ? reason_for(codes, code) : NULL;
}

static bool
same_file(const struct place *a, const struct place *b)
{
	return a->file && b->file && strcmp(a->file, b->file) == 0;
}

/* Whether something else than a comment stands in a line. */
static bool
says_something(const struct policy *p, const struct place *at)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		for (size_t i = 0; i < p->chain[f].count; i++) {
			const struct place *e = &p->chain[f].entry[i].at;

			if (e->line == at->line && same_file(e, at))
				return true;
		}
	}
	return false;
}

static const char *
reason_in_line(const struct scene *s, struct place at, bool *any)
{
	const struct policy *p = s->service->policy;
	const char *reason = NULL;

	for (size_t i = 0; i < p->comments && !reason; i++) {
		const struct comment *c = &p->comment[i];

		if (!same_file(&c->at, &at) ||
		    (at.line && c->at.line != at.line))
			continue;
		*any = true;
		reason = ignore_reason(c->text, s->rule->code);
	}
	return reason;
}

const char *
ignored_because(const struct scene *s, struct place at)
{
	bool any = false;
	const char *reason;

	if (!s->service)
		return NULL;
	reason = reason_in_line(s, at, &any);
	/* Then up, as long as the lines are nothing but comments. */
	for (any = true; !reason && any && at.line > 1;) {
		at.line--;
		any = false;
		if (!says_something(s->service->policy, &at))
			reason = reason_in_line(s, at, &any);
	}
	return reason;
}
