/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/flags.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/number.h"
#include "base/text.h"

#define WORD_MAX 32

static const struct {
	const char *name;
	int flag;
} flag_names[] = {
	{ "silent", PAM_SILENT },
	{ "disallow_null_authtok", PAM_DISALLOW_NULL_AUTHTOK },
	{ "establish", PAM_ESTABLISH_CRED },
	{ "delete", PAM_DELETE_CRED },
	{ "reinitialize", PAM_REINITIALIZE_CRED },
	{ "refresh", PAM_REFRESH_CRED },
	{ "change_expired_authtok", PAM_CHANGE_EXPIRED_AUTHTOK },
	{ "establish_cred", PAM_ESTABLISH_CRED },
	{ "delete_cred", PAM_DELETE_CRED },
	{ "reinitialize_cred", PAM_REINITIALIZE_CRED },
	{ "refresh_cred", PAM_REFRESH_CRED },
};

/* The operators from the loosest to the tightest. */
static const char operators[] = "|^&";

static void
skip_blanks(const char **at)
{
	while (ascii_space(**at))
		(*at)++;
}

static bool
word_value(const char *word, int *value)
{
	const char *name = text_after(word, "PAM_");
	long long number;

	name = name ? name : word;
	for (size_t i = 0; i < COUNT(flag_names); i++) {
		if (text_same(flag_names[i].name, name)) {
			*value = flag_names[i].flag;
			return true;
		}
	}
	if (number_read(word, 0, 0, INT_MAX, &number) < 0)
		return false;
	*value = (int)number;
	return true;
}

/* A name or number, perhaps behind ~. */
static bool
read_word(const char **at, int *value)
{
	char word[WORD_MAX];
	bool inverse = false;
	size_t len;

	for (skip_blanks(at); **at == '~'; skip_blanks(at)) {
		inverse = !inverse;
		(*at)++;
	}
	len = strcspn(*at, "|^&~ \t");
	if (len >= sizeof word)
		return false;
	memcpy(word, *at, len);
	word[len] = '\0';
	if (!word_value(word, value))
		return false;
	*at += len;
	*value = inverse ? ~*value : *value;
	skip_blanks(at);
	return true;
}

static int
apply(char operator, int a, int b)
{
	if (operator == '|')
		return a | b;
	return operator == '^' ? a ^ b : a & b;
}

/* What is joined by this operator or a tighter one. */
static bool
read_level(const char **at, const char *operator, int *value)
{
	int next;

	if (!*operator)
		return read_word(at, value);
	if (!read_level(at, operator + 1, value))
		return false;
	while (**at == *operator) {
		(*at)++;
		if (!read_level(at, operator + 1, &next))
			return false;
		*value = apply(*operator, *value, next);
	}
	return true;
}

int
flags_read(const char *text, int *flags, const char **wrong)
{
	int value = 0;

	skip_blanks(&text);
	if (*text && (!read_level(&text, operators, &value) || *text)) {
		*wrong = text;
		return -EINVAL;
	}
	*flags = value;
	return 0;
}

const char *
flags_word(int flags, size_t n, int *rest)
{
	*rest = flags;
	for (size_t i = 0; i < COUNT(flag_names); i++) {
		if (!(*rest & flag_names[i].flag))
			continue;
		*rest &= ~flag_names[i].flag;
		if (n-- == 0)
			return flag_names[i].name;
	}
	return NULL;
}
