/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/row.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* Room for n more bytes, or NULL. */
static char *
room(struct rows *r, size_t n)
{
	size_t want = r->cap ? r->cap : 2048;
	char *more;

	if (r->lost || n > SIZE_MAX / 4 - r->len) {
		r->lost = true;
		return NULL;
	}
	while (want < r->len + n)
		want *= 2;
	if (want > r->cap) {
		more = realloc(r->text, want);
		if (!more) {
			r->lost = true;
			return NULL;
		}
		r->text = more;
		r->cap = want;
	}
	return r->text + r->len;
}

static void
put(struct rows *r, const char *text, size_t n)
{
	char *to = room(r, n);

	if (!to)
		return;
	memcpy(to, text, n);
	r->len += n;
}

void
row_begin(struct rows *r, const char *key)
{
	put(r, "\n", 1);
	put(r, key, strlen(key));
}

static bool
is_plain(unsigned char c)
{
	return c > ' ' && c != '%' && c != 0x7f;
}

static char *
put_byte(char *to, unsigned char c, bool first)
{
	static const char hex[] = "0123456789ABCDEF";

	/* Torn behind it, the row would look as if it ended there. */
	if (is_plain(c) && !(first && c == '.')) {
		*to++ = (char)c;
		return to;
	}
	*to++ = '%';
	*to++ = hex[c >> 4];
	*to++ = hex[c & 15];
	return to;
}

void
row_word(struct rows *r, const char *word)
{
	const char *from = word;
	char *to;

	if (!*word) {
		put(r, " %", 2);
		return;
	}
	to = room(r, 1 + 3 * strlen(word));
	if (!to)
		return;
	*to++ = ' ';
	for (; *word; word++)
		to = put_byte(to, (unsigned char)*word, word == from);
	r->len = (size_t)(to - r->text);
}

void
row_number(struct rows *r, unsigned long long number)
{
	char text[1 + NUMBER_TEXT] = " ";

	put(r, text, 1 + number_write(number, 1, text + 1));
}

void
row_end(struct rows *r)
{
	put(r, " .", 2);
}

void
row_add(struct rows *r, const char *key, const char *word)
{
	if (!word)
		return;
	row_begin(r, key);
	row_word(r, word);
	row_end(r);
}

void
row_add_number(struct rows *r, const char *key, unsigned long long number)
{
	row_begin(r, key);
	row_number(r, number);
	row_end(r);
}

void
rows_free(struct rows *r)
{
	free(r->text);
	memset(r, 0, sizeof *r);
}

static bool
is_break(char c)
{
	return c == '\n' || c == '\0';
}

bool
row_next(struct row_reader *reader, struct row *row)
{
	while (reader->at < reader->end) {
		char *from = reader->at, *to;

		while (from < reader->end && is_break(*from))
			from++;
		for (to = from; to < reader->end && !is_break(*to); to++)
			;
		reader->at = to;
		if (to - from > 2 && memcmp(to - 2, " .", 2) == 0) {
			*row = (struct row){ from, to - 2 };
			return true;
		}
	}
	return false;
}

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *
row_take(struct row *row)
{
	char *from = row->at, *word, *to;

	while (from < row->end && *from == ' ')
		from++;
	if (from == row->end)
		return NULL;
	word = to = from;
	for (; from < row->end && *from != ' '; from++) {
		if (*from != '%') {
			*to++ = *from;
		} else if (row->end - from > 2 && digit(from[1]) >= 0 &&
		    digit(from[2]) >= 0) {
			*to++ = (char)(digit(from[1]) << 4 | digit(from[2]));
			from += 2;
		}
	}
	/* The blank, or the row's own end, becomes the NUL. */
	row->at = from < row->end ? from + 1 : from;
	*to = '\0';
	return word;
}

bool
row_take_number(struct row *row, unsigned long long *number)
{
	const char *word = row_take(row);
	char *end;

	if (!word || *word < '0' || *word > '9')
		return false;
	*number = strtoull(word, &end, 10);
	return *end == '\0';
}
