/* SPDX-License-Identifier: BSD-2-Clause */
/* The lexer: lines and words out of any bytes, and the same words again from
 * what was made of them. */
#include "base/arena.h"
#include "base/drop.h"
#include "policy/lex.h"
#include "target.h"

/* All words of a text, line by line, each in brackets. */
struct made {
	FILE *f;
	char *text;
	size_t size;
};

static void
made_begin(struct made *m)
{
	memset(m, 0, sizeof *m);
	m->f = open_memstream(&m->text, &m->size);
	if (!m->f)
		abort();
}

static void
check_plain(const struct word *w)
{
	PROMISE("a plain word is not empty", w->len > 0);
	for (size_t i = 0; i < w->len; i++)
		PROMISE("nor has it what ends a word",
		    !memchr(" \t\n#", w->text[i], 4) && w->text[i]);
}

static void
check_bracket(const struct word *w)
{
	for (size_t i = 0; i < w->len; i++) {
		PROMISE("no comment begins in a word", w->text[i] != '#');
		PROMISE("a bracket ends at the first one",
		    w->text[i] != ']' || (i && w->text[i - 1] == '\\'));
	}
}

/* "]" is the one character that brackets cannot hold as it is. */
static void
put_word(struct made *m, const char *text)
{
	fputs(" [", m->f);
	for (; *text; text++) {
		if (*text == ']')
			fputc('\\', m->f);
		fputc(*text, m->f);
	}
	fputc(']', m->f);
}

/* A backslash before the closing one, and the newline of a bracket that was
 * never closed, cannot be written between brackets. */
static bool
can_be_put(const char *copy)
{
	const size_t len = strlen(copy);

	return !strchr(copy, '\n') && (!len || copy[len - 1] != '\\');
}

static bool
read_words(struct made *m, struct line *line)
{
	struct arena arena = { 0 };
	struct word w;
	bool all = true;

	while (lex_word(line, &w)) {
		const char *copy = word_copy(&arena, &w);

		w.bracket ? check_bracket(&w) : check_plain(&w);
		PROMISE("a copy is not longer", copy && strlen(copy) <= w.len);
		PROMISE("a word is itself", w.bracket || strlen(copy) == w.len);
		all = all && can_be_put(copy);
		put_word(m, copy);
	}
	PROMISE("nothing is left", line->at == line->end);
	fputc('\n', m->f);
	arena_free(&arena);
	return all;
}

/* True when what was made can be read as what it was made from. */
static bool
read_text(struct made *m, const char *text, size_t size)
{
	_drop_(freep) char *copy = exactly(text, size);
	struct lexer lexer;
	struct line line;
	unsigned last = 0;
	bool all = true;
	int rc;

	lex_begin(&lexer, copy, size);
	for (;;) {
		rc = lex_line(&lexer, &line);
		if (rc != LEX_LINE)
			break;
		PROMISE("lines are numbered upwards", line.number > last);
		last = line.number;
		all = read_words(m, &line) && all;
		PROMISE("a comment has no line end", !line.comment ||
		    !memchr(line.comment, '\n', line.comment_len));
	}
	PROMISE("a text ends", rc == LEX_END || rc == LEX_UNFINISHED);
	PROMISE("all of it was read", lexer.at == lexer.end);
	lex_end(&lexer);
	fclose(m->f);
	return all && rc == LEX_END;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct made once, twice;

	made_begin(&once);
	if (read_text(&once, (const char *)data, size)) {
		made_begin(&twice);
		PROMISE("what was made can be read again",
		    read_text(&twice, once.text, once.size));
		PROMISE("and says the same", once.size == twice.size &&
		    memcmp(once.text, twice.text, once.size) == 0);
		free(twice.text);
	}
	free(once.text);
	return 0;
}
