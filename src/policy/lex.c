/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/lex.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* One line of the file without its newline, comment and outer blanks. */
struct physical {
	const char *at, *end;
	const char *comment, *comment_end;
	bool newline;
	bool goes_on;		/* its last character is a backslash */
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
separator(char c)
{
	return blank(c) || c == '\n';
}

static const char *
find(const char *at, const char *end, char c)
{
	return at < end ? memchr(at, c, (size_t)(end - at)) : NULL;
}

void
lex_begin(struct lexer *l, const char *text, size_t len)
{
	memset(l, 0, sizeof *l);
	l->at = text;
	l->end = text + len;
}

void
lex_end(struct lexer *l)
{
	free(l->joined);
	l->joined = NULL;
}

static void
read_physical(struct lexer *l, struct physical *p)
{
	const char *eol = find(l->at, l->end, '\n'), *hide, *last;

	memset(p, 0, sizeof *p);
	p->newline = eol != NULL;
	p->at = l->at;
	p->end = eol ? eol : l->end;
	l->at = eol ? eol + 1 : l->end;
	l->number++;

	/* C-17: a NUL hides the rest of its line. */
	hide = find(p->at, p->end, '\0');
	if (hide)
		p->end = hide;
	while (p->at < p->end && blank(*p->at))
		p->at++;
	hide = find(p->at, p->end, '#');
	if (hide) {
		p->comment = hide + 1;
		p->comment_end = p->end;
		p->end = hide;
		return;
	}
	last = p->end;
	while (last > p->at && blank(last[-1]))
		last--;
	if (last > p->at && last[-1] == '\\') {
		p->goes_on = true;
		p->end = last - 1;
	}
}

static int
join(struct lexer *l, const struct physical *p)
{
	const size_t n = (size_t)(p->end - p->at);
	const size_t need = l->joined_len + n + 1;

	if (need > l->joined_cap) {
		char *more = realloc(l->joined, need * 2);

		if (!more)
			return -ENOMEM;
		l->joined = more;
		l->joined_cap = need * 2;
	}
	memcpy(l->joined + l->joined_len, p->at, n);
	l->joined_len += n;
	if (p->goes_on)
		l->joined[l->joined_len++] = ' ';
	return 0;
}

static void
describe(struct line *line, const struct physical *last)
{
	line->newline = last->newline;
	line->comment = last->comment;
	line->comment_len = last->comment ?
	    (size_t)(last->comment_end - last->comment) : 0;
}

/* C-12, C-13: lines are joined until one does not end in a backslash. */
static int
join_lines(struct lexer *l, struct line *line, struct physical *p)
{
	l->joined_len = 0;
	for (;;) {
		if (join(l, p) < 0)
			return -ENOMEM;
		if (!p->goes_on)
			break;
		if (l->at == l->end)
			return LEX_UNFINISHED;
		read_physical(l, p);
	}
	/* As in the file, the newline stands behind the line's end. */
	l->joined[l->joined_len] = p->newline ? '\n' : '\0';
	line->at = l->joined;
	line->end = l->joined + l->joined_len;
	describe(line, p);
	return LEX_LINE;
}

size_t
lex_skip_empty(struct lexer *l)
{
	const char *begin = l->at;

	while (l->at < l->end && *l->at == '\n')
		l->at++;
	l->number += (unsigned)(l->at - begin);
	return (size_t)(l->at - begin);
}

int
lex_line(struct lexer *l, struct line *line)
{
	struct physical p;

	if (l->at == l->end)
		return LEX_END;
	read_physical(l, &p);
	memset(line, 0, sizeof *line);
	line->number = l->number;
	if (p.goes_on)
		return join_lines(l, line, &p);
	line->at = p.at;
	line->end = p.end;
	describe(line, &p);
	return LEX_LINE;
}

/* C-18: up to the first "]" that no backslash precedes, or (C-20) all there
 * is, the newline included. */
static void
take_bracket(struct line *line, struct word *word)
{
	const char *p = line->at + 1;

	word->bracket = true;
	word->text = p;
	while (p < line->end && *p != ']')
		p += *p == '\\' && p + 1 < line->end && p[1] == ']' ? 2 : 1;
	word->len = (size_t)(p - word->text);
	if (p < line->end) {
		line->at = p + 1;
		return;
	}
	line->at = line->end;
	/* The newline is still behind the text: lines are not cut up. */
	if (line->newline && !line->comment && *line->end == '\n')
		word->len++;
}

bool
lex_word(struct line *line, struct word *word)
{
	while (line->at < line->end && separator(*line->at))
		line->at++;
	if (line->at == line->end)
		return false;
	memset(word, 0, sizeof *word);
	if (*line->at == '[') {
		take_bracket(line, word);
		return true;
	}
	word->text = line->at;
	while (line->at < line->end && !separator(*line->at))
		line->at++;
	word->len = (size_t)(line->at - word->text);
	return true;
}

char *
word_copy(struct arena *a, const struct word *word)
{
	char *copy = arena_copy(a, word->text, word->len);
	size_t to = 0;

	if (!copy || !word->bracket)
		return copy;
	for (size_t from = 0; from < word->len; from++) {
		if (copy[from] == '\\' && copy[from + 1] == ']')
			from++;
		copy[to++] = copy[from];
	}
	copy[to] = '\0';
	return copy;
}

bool
word_is(const struct word *word, const char *text)
{
	for (size_t i = 0; i < word->len; i++) {
		if (!text[i] || ascii_lower(word->text[i]) != text[i])
			return false;
	}
	return text[word->len] == '\0';
}
