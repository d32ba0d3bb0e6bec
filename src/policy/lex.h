/* SPDX-License-Identifier: BSD-2-Clause */
/* Policy text to logical lines and words (C-11 to C-21). */
#ifndef POLICY_LEX_H
#define POLICY_LEX_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct lexer {
	const char *at, *end;	/* what is not read yet */
	unsigned number;	/* of the last physical line */
	char *joined;		/* a line put together from several */
	size_t joined_len, joined_cap;
};

struct line {
	unsigned number;	/* of its first physical line, from 1 */
	const char *at, *end;	/* what no word has taken yet */
	bool newline;		/* the text ends in one, not in the file's end */
	const char *comment;	/* behind the '#', or NULL */
	size_t comment_len;
};

struct word {
	const char *text;
	size_t len;
	bool bracket;		/* stood in [ ], "\]" is still "\]" in it */
};

enum lex_outcome {
	LEX_END,
	LEX_LINE,
	LEX_UNFINISHED,		/* the file ends where a line should go on */
};

/* Read text of len bytes, which must stay as long as the lexer. */
void lex_begin(struct lexer *l, const char *text, size_t len);

/* Pass over lines in which there is nothing at all. How many. */
size_t lex_skip_empty(struct lexer *l);

/* The next logical line, comments and empty ones included. It is valid until
 * the next call. An outcome, or -ENOMEM. */
int lex_line(struct lexer *l, struct line *line);

/* Take the next word of a line; false when there is none. */
bool lex_word(struct line *line, struct word *word);

/* The word as a string in the arena, escapes resolved; NULL: no memory. */
char *word_copy(struct arena *a, const struct word *word);

/* Whether the word is text, upper and lower case being one. */
bool word_is(const struct word *word, const char *text);

void lex_end(struct lexer *l);

#endif
