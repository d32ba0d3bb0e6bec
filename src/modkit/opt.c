/* SPDX-License-Identifier: BSD-2-Clause */
#include "modkit/opt.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static bool
takes_value(const struct opt *opt)
{
	return opt->kind != OPT_KIND_FLAG && opt->kind != OPT_KIND_OFF;
}

/* The table's macro admits fields of these two sizes; min and max have said
 * that the number fits. Copied, as offsets know no types. */
static void
store(const struct opt *opt, long long number, void *conf)
{
	char *at = (char *)conf + opt->offset;
	const int32_t narrow = (int32_t)number;
	const int64_t wide = number;

	if (opt->size == sizeof narrow)
		memcpy(at, &narrow, sizeof narrow);
	else
		memcpy(at, &wide, sizeof wide);
}

static void
set_default(const struct opt *opt, void *conf)
{
	char *at = (char *)conf + opt->offset;

	switch (opt->kind) {
	case OPT_KIND_STR:
		memcpy(at, &opt->text, sizeof opt->text);
		break;
	case OPT_KIND_INT:
	case OPT_KIND_OCTAL:
	case OPT_KIND_ENUM:
		store(opt, opt->number, conf);
		break;
	case OPT_KIND_FLAG:
	case OPT_KIND_OFF:
	case OPT_KIND_END:
		break;
	}
}

void
opt_defaults(const struct opt *table, void *conf)
{
	for (const struct opt *o = table; o && o->name; o++)
		set_default(o, conf);
}

/* The locale must not decide which options a policy has. */
static bool
same_name(const char *a, const char *b, size_t n, bool anycase)
{
	for (size_t i = 0; i < n; i++) {
		const char x = anycase ? ascii_lower(a[i]) : a[i];
		const char y = anycase ? ascii_lower(b[i]) : b[i];

		if (x != y || !x)
			return false;
	}
	return true;
}

const struct opt *
opt_find(const struct opt *table, bool anycase, const char *word)
{
	for (const struct opt *o = table; o && o->name; o++) {
		const size_t n = strlen(o->name);

		if (same_name(o->name, word, n, anycase) &&
		    word[n] == (takes_value(o) ? '=' : '\0'))
			return o;
	}
	return NULL;
}

static int
take_number(const struct opt *opt, const char *text, void *conf)
{
	const int base = opt->kind == OPT_KIND_OCTAL ? 8 : 10;
	long long number;

	if (number_read(text, base, opt->min, opt->max, &number) < 0)
		return -EINVAL;
	if (conf)
		store(opt, number, conf);
	return 0;
}

static int
take_word(const struct opt *opt, const char *text, void *conf)
{
	for (const struct opt_word *w = opt->words; w->name; w++) {
		if (strcmp(w->name, text))
			continue;
		if (conf)
			store(opt, w->value, conf);
		return 0;
	}
	return -EINVAL;
}

/* Borrowed: the words of the policy outlive the call. */
static int
take_text(const struct opt *opt, const char *text, void *conf)
{
	if (strlen(text) < (size_t)opt->min)
		return -EINVAL;
	if (conf)
		memcpy((char *)conf + opt->offset, &text, sizeof text);
	return 0;
}

static int
take_flag(const struct opt *opt, bool on, void *conf)
{
	if (conf)
		((bool *)conf)[opt->offset] = on;
	return 0;
}

int
opt_take(const struct opt *opt, const char *word, void *conf)
{
	const char *value = word + strlen(opt->name);

	value += *value == '=';
	switch (opt->kind) {
	case OPT_KIND_FLAG:
		return take_flag(opt, true, conf);
	case OPT_KIND_OFF:
		return take_flag(opt, false, conf);
	case OPT_KIND_STR:
		return take_text(opt, value, conf);
	case OPT_KIND_INT:
	case OPT_KIND_OCTAL:
		return take_number(opt, value, conf);
	case OPT_KIND_ENUM:
		return take_word(opt, value, conf);
	case OPT_KIND_END:
		break;
	}
	return -EINVAL;
}

/* As many words as there is room for. */
static void
list_words(const struct opt *opt, char *text, size_t size)
{
	size_t at = (size_t)snprintf(text, size, "one of");

	for (const struct opt_word *w = opt->words; w->name && at < size; w++) {
		const char *gap = w == opt->words ? " " : ", ";

		at += (size_t)snprintf(text + at, size - at, "%s%s", gap,
		    w->name);
	}
}

void
opt_wants(const struct opt *opt, char *text, size_t size)
{
	switch (opt->kind) {
	case OPT_KIND_FLAG:
	case OPT_KIND_OFF:
		snprintf(text, size, "no value");
		break;
	case OPT_KIND_STR:
		snprintf(text, size, opt->min ? "a value" : "a text");
		break;
	case OPT_KIND_INT:
		snprintf(text, size, "a number from %lld to %lld", opt->min,
		    opt->max);
		break;
	case OPT_KIND_OCTAL:
		snprintf(text, size, "an octal number up to %llo",
		    (unsigned long long)opt->max);
		break;
	case OPT_KIND_ENUM:
		list_words(opt, text, size);
		break;
	case OPT_KIND_END:
		snprintf(text, size, "nothing");
		break;
	}
}
