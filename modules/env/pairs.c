/* SPDX-License-Identifier: BSD-2-Clause */
/* The grammar of /etc/environment: NAME=value, for shells and for us (E-11). */
#include "env.h"

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* A comment begins the line or stands behind a blank, but not within quotes,
 * which only the beginning of a value can open (E-12). */
static size_t
comment(const char *line)
{
	size_t i = strspn(line, " \t");
	const char *equals = strchr(line, '=');

	if (line[i] == '#')
		return i;
	if (equals && is_quote(equals[1])) {
		const char *end = strchr(equals + 2, equals[1]);

		i = end ? (size_t)(end - line) : strlen(line);
	}
	while (line[i] && !(line[i] == '#' && ascii_space(line[i - 1])))
		i++;
	return i;
}

static char *
trim(char *text)
{
	size_t n;

	while (ascii_space(*text))
		text++;
	n = strlen(text);
	while (n && ascii_space(text[n - 1]))
		text[--n] = '\0';
	return text;
}

static bool
is_name(const char *key)
{
	for (const char *p = key; *p; p++)
		if (!ascii_digit(*p) && *p != '_' &&
		    !(ascii_lower(*p) >= 'a' && ascii_lower(*p) <= 'z'))
			return false;
	return *key;
}

/* E-12: an opening quote goes, and one at the end with it, whichever it is. */
static char *
unquote(char *value)
{
	size_t n;

	if (!is_quote(*value))
		return value;
	value++;
	n = strlen(value);
	if (n && is_quote(value[n - 1]))
		value[n - 1] = '\0';
	return value;
}

static int
read_pair(struct source *s, char *line)
{
	static const char export[] = "export";
	const size_t n = sizeof export - 1;
	char *key = trim(line), *value;

	if (!*key)
		return 0;
	if (text_after(key, export) && ascii_space(key[n]))
		key = trim(key + n);
	value = strchr(key, '=');
	if (value)
		*value++ = '\0';
	if (!is_name(key)) {
		complain(s, "a name has letters, digits and _: line ignored");
		return 0;
	}
	return value ? variable_set(s, key, unquote(value))
	    : variable_unset(s, key);
}

int
read_pairs(struct source *s, char *text)
{
	char *line;
	int rc = 0;

	s->lines = (struct lines){ .rest = text, .comment = comment,
		.next = 1 };
	while (rc == 0 && (line = lines_next(&s->lines)))
		rc = read_pair(s, line);
	return rc;
}
