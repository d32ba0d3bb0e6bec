/* SPDX-License-Identifier: BSD-2-Clause */
#include "json.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct in {
	const char *at, *end;
};

static bool value(struct in *in, unsigned depth);

static bool
take(struct in *in, char c)
{
	if (in->at == in->end || *in->at != c)
		return false;
	in->at++;
	return true;
}

static bool
take_digits(struct in *in)
{
	const char *from = in->at;

	while (in->at < in->end && isdigit((unsigned char)*in->at))
		in->at++;
	return in->at > from;
}

/* Whole numbers are all that there is. */
static bool
number(struct in *in)
{
	take(in, '-');
	return take(in, '0') || take_digits(in);
}

/* What follows a backslash. */
static bool
escape(struct in *in)
{
	if (take(in, 'u')) {
		for (int i = 0; i < 4; i++, in->at++) {
			if (in->at == in->end ||
			    !isxdigit((unsigned char)*in->at))
				return false;
		}
		return true;
	}
	return in->at < in->end && strchr("\"\\/bfnrt", *in->at++);
}

/* A character of more than one byte: the shortest form of one that exists. */
static bool
wide(struct in *in)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char first = (unsigned char)*in->at++;
	const unsigned n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	unsigned c = first & (0xffU >> (n + 1));

	if (first < 0xc2 || first > 0xf4)
		return false;
	for (unsigned i = 1; i < n; i++, in->at++) {
		if (in->at == in->end || ((unsigned char)*in->at & 0xc0) != 0x80)
			return false;
		c = c << 6 | ((unsigned char)*in->at & 0x3f);
	}
	return c >= least[n] && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
}

static bool
string(struct in *in)
{
	if (!take(in, '"'))
		return false;
	while (in->at < in->end && *in->at != '"') {
		const unsigned char c = (unsigned char)*in->at;

		if (c < ' ')
			return false;
		if (c >= 0x80 ? !wide(in) : in->at++ && c == '\\' &&
		    !escape(in))
			return false;
	}
	return take(in, '"');
}

static bool
member(struct in *in, unsigned depth)
{
	return string(in) && take(in, ':') && value(in, depth);
}

/* Values or members with commas between. */
static bool
list(struct in *in, char end, bool (*one)(struct in *in, unsigned depth),
    unsigned depth)
{
	if (take(in, end))
		return true;
	do {
		if (depth == 0 || !one(in, depth - 1))
			return false;
	} while (take(in, ','));
	return take(in, end);
}

static bool
word(struct in *in, const char *text)
{
	const size_t n = strlen(text);

	if ((size_t)(in->end - in->at) < n || memcmp(in->at, text, n) != 0)
		return false;
	in->at += n;
	return true;
}

static bool
value(struct in *in, unsigned depth)
{
	if (take(in, '{'))
		return list(in, '}', member, depth);
	if (take(in, '['))
		return list(in, ']', value, depth);
	if (in->at < in->end && *in->at == '"')
		return string(in);
	return word(in, "true") || word(in, "false") || number(in);
}

bool
json_is_object(const char *text, size_t len)
{
	struct in in = { text, text + len };

	return take(&in, '{') && list(&in, '}', member, 8) && in.at == in.end;
}
