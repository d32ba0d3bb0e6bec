/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of words in a file to which several processes append: "key word word .".
 * A row begins with a newline and ends in " .", so that a torn one is known as
 * such and never swallows the next. Bytes up to the blank, '%', 0x7f and a point
 * at a word's beginning stand as %XX; a "%" alone is the empty word. */
#ifndef BASE_ROW_H
#define BASE_ROW_H

#include <stdbool.h>
#include <stddef.h>

/* Rows on their way into a file; all zero is empty. */
struct rows {
	char *text;
	size_t len, cap;
	bool lost;		/* memory ran out: the text is not whole */
};

/* Begin a row with its key, add words, end it. */
void row_begin(struct rows *r, const char *key);
void row_word(struct rows *r, const char *word);
void row_number(struct rows *r, unsigned long long number);
void row_end(struct rows *r);

/* A whole row of one word; none when that is NULL. */
void row_add(struct rows *r, const char *key, const char *word);
void row_add_number(struct rows *r, const char *key, unsigned long long number);

void rows_free(struct rows *r);

/* Reading: text that is taken apart in place. */
struct row_reader {
	char *at, *end;
};

/* What is left of a row. */
struct row {
	char *at, *end;
};

/* The next row that is whole; NUL bytes are nothing. False: no more. */
bool row_next(struct row_reader *reader, struct row *row);

/* The next word, decoded in place and NUL-terminated; NULL: no more. */
char *row_take(struct row *row);

/* The next word as a number; false when there is none. */
bool row_take_number(struct row *row, unsigned long long *number);

#endif
