/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether bytes are one JSON text (RFC 8259) in UTF-8. As strict as a reader
 * can be, and no use for anything else. */
#ifndef VALID_JSON_H
#define VALID_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct json_reader {
	const unsigned char *at, *end;
	unsigned depth;
};

static inline bool
json_is(struct json_reader *r, char c)
{
	if (r->at == r->end || *r->at != (unsigned char)c)
		return false;
	r->at++;
	return true;
}

static inline bool
json_word(struct json_reader *r, const char *word)
{
	while (*word && json_is(r, *word))
		word++;
	return !*word;
}

static inline bool
json_digits(struct json_reader *r)
{
	const unsigned char *from = r->at;

	while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
		r->at++;
	return r->at > from;
}

static inline bool
json_number(struct json_reader *r)
{
	json_is(r, '-');
	if (!json_is(r, '0') && !json_digits(r))
		return false;
	if (json_is(r, '.') && !json_digits(r))
		return false;
	if (!json_is(r, 'e') && !json_is(r, 'E'))
		return true;
	if (!json_is(r, '+'))
		json_is(r, '-');
	return json_digits(r);
}

static inline bool
json_escape(struct json_reader *r)
{
	if (r->at == r->end)
		return false;
	if (*r->at != 'u')
		return memchr("\"\\/bfnrt", *r->at++, 8) != NULL;
	for (int i = 0; i < 5; i++, r->at++) {
		if (r->at == r->end || (i > 0 &&
		    !strchr("0123456789abcdefABCDEF", *r->at)))
			return false;
	}
	return true;
}

/* A code point of more than one byte: shortest form, no surrogates. */
static inline bool
json_wide(struct json_reader *r)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned c = *r->at++;
	const unsigned n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	unsigned point = c & (0x7fU >> n);

	if (c < 0xc0 || c > 0xf7)
		return false;
	for (unsigned i = 1; i < n; i++) {
		if (r->at == r->end || (*r->at & 0xc0) != 0x80)
			return false;
		point = point << 6 | (*r->at++ & 0x3f);
	}
	return point >= least[n] && point <= 0x10ffff &&
	    (point < 0xd800 || point > 0xdfff);
}

static inline bool
json_text(struct json_reader *r)
{
	if (!json_is(r, '"'))
		return false;
	while (r->at < r->end && *r->at != '"') {
		if (*r->at < ' ')
			return false;
		if (*r->at >= 0x80) {
			if (!json_wide(r))
				return false;
		} else if (*r->at++ == '\\' && !json_escape(r)) {
			return false;
		}
	}
	return json_is(r, '"');
}

static inline bool json_value(struct json_reader *r);

static inline bool
json_member(struct json_reader *r, bool named)
{
	return (!named || (json_text(r) && json_is(r, ':'))) && json_value(r);
}

static inline bool
json_list(struct json_reader *r, char end, bool named)
{
	r->at++;
	if (json_is(r, end))
		return true;
	do {
		if (!json_member(r, named))
			return false;
	} while (json_is(r, ','));
	return json_is(r, end);
}

/* Without blanks, which a line of a log has no use for. */
static inline bool
json_value(struct json_reader *r)
{
	bool good;

	if (r->at == r->end || ++r->depth > 32)
		return false;
	if (*r->at == '{')
		good = json_list(r, '}', true);
	else if (*r->at == '[')
		good = json_list(r, ']', false);
	else if (*r->at == '"')
		good = json_text(r);
	else
		good = json_word(r, "true") || json_word(r, "false") ||
		    json_word(r, "null") || json_number(r);
	r->depth--;
	return good;
}

static inline bool
valid_json(const void *text, size_t len)
{
	struct json_reader r = { text, (const unsigned char *)text + len, 0 };

	return json_value(&r) && r.at == r.end;
}

#endif
