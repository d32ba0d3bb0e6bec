/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/json.h"

#include <stdio.h>
#include <string.h>

#include "base/drop.h"

/* How many bytes the character at s has, 0 when it is none: shortest form, no
 * surrogates, nothing above U+10FFFF. */
static size_t
character(const unsigned char *s)
{
	static const struct {
		unsigned char first, last, low, high;
		size_t len;
	} forms[] = {
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	if (*s < 0x80)
		return 1;
	for (size_t i = 0; i < COUNT(forms); i++) {
		if (*s < forms[i].first || *s > forms[i].last)
			continue;
		if (s[1] < forms[i].low || s[1] > forms[i].high)
			return 0;
		for (size_t n = 2; n < forms[i].len; n++) {
			if (s[n] < 0x80 || s[n] > 0xbf)
				return 0;
		}
		return forms[i].len;
	}
	return 0;
}

size_t
json_plain(const char *text, size_t most)
{
	size_t n = 0;

	while (n < most && text[n] >= ' ' && text[n] < 0x7f &&
	    text[n] != '"' && text[n] != '\\')
		n++;
	return n;
}

static size_t
copy(char piece[JSON_PIECE], const unsigned char *s, size_t n)
{
	memcpy(piece, s, n);
	piece[n] = '\0';
	return n;
}

size_t
json_piece(const char **text, char piece[JSON_PIECE])
{
	const unsigned char *s = (const unsigned char *)*text;
	const size_t n = character(s);

	if (!*s)
		return 0;
	*text += n ? n : 1;
	if (n == 0)
		strcpy(piece, "\\ufffd");
	else if (*s == '"' || *s == '\\')
		snprintf(piece, JSON_PIECE, "\\%c", *s);
	else if (*s < ' ' || *s == 0x7f)
		snprintf(piece, JSON_PIECE, "\\u%04x", *s);
	else if (*s == 0xc2 && s[1] < 0xa0)
		snprintf(piece, JSON_PIECE, "\\u%04x", s[1]);
	else
		return copy(piece, s, n);
	return strlen(piece);
}
