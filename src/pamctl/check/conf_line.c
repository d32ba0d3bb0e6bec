/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/conf_line.h"

#include <stdio.h>
#include <string.h>

#include "pamctl/check/conf_value.h"
#include "pamctl/check/slip.h"

#define BLANKS " \t\r"
#define FIELDS_MAX 32
#define TOLD_MAX 160

/* The fields of a line. */
struct fields {
	char *field[FIELDS_MAX];
	size_t count;
};

static void
trim_end(char *text)
{
	size_t len = strlen(text);

	while (len > 0 && strchr(BLANKS, text[len - 1]))
		text[--len] = '\0';
}

static void
complain(struct conf_fault *out, enum conf_fault_kind kind, const char *what,
    const char *verb, const char *wants, const char *is)
{
	out->kind = kind;
	snprintf(out->text, sizeof out->text, "%.60s %s %.130s, not \"%.60s\"",
	    what, verb, wants, is);
}

static void
complain_value(struct conf_fault *out, const char *name,
    const char *const *want, const char *value)
{
	char wants[TOLD_MAX];

	conf_value_text(want, wants, sizeof wants);
	complain(out, CONF_VALUE, name, "wants", wants, value);
}

static const char *
nearest(const struct conf_table *t, const char *name)
{
	const char *best = NULL;
	unsigned least = SLIP_MAX + 1;

	for (size_t i = 0; i < t->rows; i++) {
		const unsigned letters = slip(name, strlen(name),
		    t->row[i].name);

		if (letters < least) {
			least = letters;
			best = t->row[i].name;
		}
	}
	return best;
}

static void
complain_unknown(const struct conf_table *t, struct conf_fault *out,
    const char *name)
{
	const char *meant = nearest(t, name);

	out->kind = CONF_UNKNOWN;
	out->slip = meant;
	snprintf(out->text, sizeof out->text, "there is no \"%.60s\"%s%s%s",
	    name, meant ? "; is " : "", meant ? meant : "",
	    meant ? " meant?" : "");
}

void
conf_setting_judge(const struct conf_table *t, char *line,
    struct conf_fault *out)
{
	char *value = line + strcspn(line, BLANKS "=");
	const struct conf_row *row;

	out->kind = CONF_GOOD;
	if (*value) {
		const bool sign = *value == '=';

		*value++ = '\0';
		value += strspn(value, BLANKS);
		value += !sign && *value == '=';
		value += strspn(value, BLANKS);
	}
	row = conf_row_named(t, CONF_SET, line);
	if (!row)
		complain_unknown(t, out, line);
	else if (!conf_value_fits(row->want, value))
		complain_value(out, line, row->want, value);
}

/* One field between blanks; quotes hold it together. What follows. */
static char *
cut_quoted(char *at)
{
	bool quoted = false;

	for (; *at && (quoted || !strchr(BLANKS, *at)); at++)
		quoted ^= *at == '"';
	if (*at)
		*at++ = '\0';
	return at + strspn(at, BLANKS);
}

static void
cut_blanks(char *line, size_t max, struct fields *out)
{
	(void)max;
	while (*line && out->count < FIELDS_MAX) {
		out->field[out->count++] = line;
		line = cut_quoted(line);
	}
}

/* Separators side by side are one, and the last field keeps them. */
static void
cut_colons(char *line, size_t max, struct fields *out)
{
	while (*line && out->count < max) {
		char *field = line + strspn(line, ":");

		line = field + strcspn(field, ":");
		if (out->count + 1 < max && *line)
			*line++ = '\0';
		if (*field)
			out->field[out->count++] = field;
	}
}

static void
cut_semicolons(char *line, size_t max, struct fields *out)
{
	(void)max;
	while (line && out->count < FIELDS_MAX) {
		char *field = strsep(&line, ";");

		field += strspn(field, BLANKS);
		out->field[out->count++] = field;
	}
}

static void (*const cutters[FORM_COUNT])(char *line, size_t max,
    struct fields *out) = {
	[FORM_BLANKS] = cut_blanks,
	[FORM_COLONS] = cut_colons,
	[FORM_SEMICOLONS] = cut_semicolons,
};

static size_t
count_rows(const struct conf_table *t, enum conf_word word)
{
	size_t n = 0;

	for (size_t i = 0; i < t->rows; i++)
		n += t->row[i].word == word;
	return n;
}

/* "needs the fields permission, users, origins" */
static void
complain_form(const struct conf_table *t, struct conf_fault *out,
    const char *is)
{
	char wants[TOLD_MAX] = "";
	size_t len = 0;

	for (size_t i = 0; i < t->rows && len + 1 < sizeof wants; i++) {
		if (t->row[i].word == CONF_FIELD)
			len += (size_t)snprintf(wants + len,
			    sizeof wants - len, "%s%s", len ? ", " : "",
			    t->row[i].name);
	}
	complain(out, CONF_FORM, "a line", "needs the fields", wants, is);
}

/* What may follow a field, behind colons, each of these words. */
static bool
judge_flags(const struct conf_row *row, char *flags, struct conf_fault *out)
{
	while (flags && row) {
		const char *flag = strsep(&flags, ":");

		if (conf_value_fits(row->want, flag))
			continue;
		complain_value(out, row->name, row->want, flag);
		return false;
	}
	return true;
}

/* What is wanted of a field: by what the one before it is, if that matters. */
static const char *const *
wanted(const struct conf_table *t, size_t row, const char *before)
{
	const char *const *want = t->row[row].want;

	for (row++; row < t->rows && t->row[row].word == CONF_CASE; row++) {
		if (before && strcmp(t->row[row].name, before) == 0)
			want = t->row[row].want;
	}
	return want;
}

static bool
judge_field(const struct conf_table *t, size_t row, const char *before,
    char *field, struct conf_fault *out)
{
	const char *name = t->row[row].name;
	const struct conf_row *flags = conf_row_named(t, CONF_FLAGS, name);
	const char *const *want = wanted(t, row, before);
	char *rest = field;

	if (flags)
		strsep(&rest, ":");
	if (!conf_value_fits(want, field)) {
		complain_value(out, name, want, field);
		return false;
	}
	return !flags || judge_flags(flags, rest, out);
}

/* Whether a line may end so early. */
static bool
may_end(const struct conf_table *t, const struct fields *f)
{
	return f->count > 1 && conf_row_named(t, CONF_END,
	    f->field[f->count - 1]);
}

static void
judge_fields(const struct conf_table *t, char *line, struct conf_fault *out)
{
	const size_t want = count_rows(t, CONF_FIELD);
	const bool more = count_rows(t, CONF_MORE);
	struct fields f = { .count = 0 };
	char is[TOLD_MAX];
	size_t at = 0;

	snprintf(is, sizeof is, "%s", line);
	cutters[t->form](line, want, &f);
	if ((f.count < want && !may_end(t, &f)) || (f.count > want && !more)) {
		complain_form(t, out, is);
		return;
	}
	for (size_t row = 0; row < t->rows && at < f.count; row++) {
		const bool last = t->row[row].word == CONF_MORE;

		if (t->row[row].word != CONF_FIELD && !last)
			continue;
		do {
			trim_end(f.field[at]);
			if (!judge_field(t, row, at ? f.field[at - 1] : NULL,
			    f.field[at], out))
				return;
			at++;
		} while (last && at < f.count);
	}
}

void
conf_line_judge(const struct conf_table *t, char *line, struct conf_fault *out)
{
	const bool column = t->form == FORM_COLONS;

	out->kind = CONF_GOOD;
	if (!column || *line == '#')
		line[strcspn(line, "#")] = '\0';
	if (!column)
		line += strspn(line, BLANKS);
	trim_end(line);
	if (!*line)
		return;
	if (t->form == FORM_SETTINGS)
		conf_setting_judge(t, line, out);
	else
		judge_fields(t, line, out);
}
