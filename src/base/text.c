/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

void
text_lower(char *s)
{
	for (; *s; s++)
		*s = ascii_lower(*s);
}

bool
text_same(const char *a, const char *b)
{
	while (*a && ascii_lower(*a) == ascii_lower(*b)) {
		a++;
		b++;
	}
	return ascii_lower(*a) == ascii_lower(*b);
}

const char *
text_after(const char *s, const char *prefix)
{
	const size_t n = strlen(prefix);

	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}

char *
text_vformat(const char *fmt, va_list args)
{
	const int err = errno;	/* for "%m", both times */
	char none[1], *text;
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(none, sizeof none, fmt, again);
	va_end(again);
	text = n < 0 ? NULL : malloc((size_t)n + 1);
	errno = err;
	if (text && vsnprintf(text, (size_t)n + 1, fmt, args) != n) {
		explicit_bzero(text, (size_t)n + 1);
		free(text);
		return NULL;
	}
	return text;
}

char *
text_format(const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = text_vformat(fmt, args);
	va_end(args);
	return text;
}

void
text_defuse(char *s)
{
	for (; *s; s++) {
		const unsigned char c = (unsigned char)*s;
		const unsigned char next = (unsigned char)s[1];

		if (c < ' ' || c == 0x7f)
			*s = '?';
		else if (c == 0xc2 && next >= 0x80 && next <= 0x9f)
			s[0] = s[1] = '?';
	}
}

const char *
text_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
