/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows: whatever is in a word comes back, and a torn row is none. */
#include "base/row.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

#define WORDS 4

/* A copy with nothing behind it, for the sanitizers to watch. */
static char *
exactly(const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	memcpy(copy, text, len);
	return copy;
}

static const struct {
	const char *label;
	const char *word[WORDS];
	const char *text;
} written[] = {
	{ "plain words", { "one", "two" }, "\nkey one two ." },
	{ "no word at all", { NULL }, "\nkey ." },
	{ "the empty word", { "", "x", "" }, "\nkey % x % ." },
	{ "what would end the row", { ".", "x" }, "\nkey %2E x ." },
	{ "or would if it were torn there", { ".x", "..", "x.", "x" },
	  "\nkey %2Ex %2E. x. x ." },
	{ "blanks and breaks", { "a b", "\n", "\t\r", " " },
	  "\nkey a%20b %0A %09%0D %20 ." },
	{ "the sign itself", { "%", "%%", "%41" },
	  "\nkey %25 %25%25 %2541 ." },
	{ "the upper half as it is", { "\xff\x80", "\xc3\xa4\x7f" },
	  "\nkey \xff\x80 \xc3\xa4%7F ." },
};

static void
check_written(void)
{
	for (size_t i = 0; i < COUNT(written); i++) {
		_drop_(rows_free) struct rows rows = { 0 };
		const char *label = written[i].label;
		struct row_reader reader;
		struct row row;

		row_begin(&rows, "key");
		for (size_t k = 0; k < WORDS && written[i].word[k]; k++)
			row_word(&rows, written[i].word[k]);
		row_end(&rows);
		CHECK_INT(label, strlen(written[i].text), rows.len);
		CHECK(label, memcmp(written[i].text, rows.text, rows.len) == 0);

		reader = (struct row_reader){ rows.text, rows.text + rows.len };
		CHECK(label, row_next(&reader, &row));
		CHECK_STR(label, "key", row_take(&row));
		for (size_t k = 0; k < WORDS && written[i].word[k]; k++)
			CHECK_STR(label, written[i].word[k], row_take(&row));
		CHECK_STR(label, NULL, row_take(&row));
		CHECK(label, !row_next(&reader, &row));
	}
}

/* What others, or nobody, could have written. */
static const struct {
	const char *label, *text;
	const char *word[WORDS];	/* of the first row that is whole */
} foreign[] = {
	{ "nothing", "", { NULL } },
	{ "an end without a beginning", "\n .", { NULL } },
	{ "a row without its end", "\nkey word", { NULL } },
	{ "an end that sticks to a word", "\nkey word.", { NULL } },
	{ "a point inside", "\nkey . word", { NULL } },
	{ "the first without a newline", "key word .", { "key", "word" } },
	{ "torn, and another behind it", "\nput 0 a b\nkey word .",
	  { "key", "word" } },
	{ "torn to its newline", "\n\nkey word .", { "key", "word" } },
	{ "many blanks", "\n  key   word  .", { "key", "word" } },
	{ "half of an escape", "\nkey a%4 % %4g b%zz .",
	  { "key", "a4", "", "4g" } },
	{ "digits in lower case", "\nkey %4a .", { "key", "4a" } },
};

static void
check_foreign(void)
{
	for (size_t i = 0; i < COUNT(foreign); i++) {
		const size_t len = strlen(foreign[i].text);
		_drop_(freep) char *text = exactly(foreign[i].text, len);
		struct row_reader reader = { text, text + len };
		struct row row;
		const bool whole = row_next(&reader, &row);

		CHECK_INT(foreign[i].label, foreign[i].word[0] != NULL, whole);
		for (size_t k = 0; whole && k < WORDS && foreign[i].word[k]; k++)
			CHECK_STR(foreign[i].label, foreign[i].word[k],
			    row_take(&row));
	}
}

/* Every byte that a string can have, alone and beside others. */
static void
check_bytes(void)
{
	for (int byte = 1; byte < 256; byte++) {
		const char c = (char)byte;
		const char word[4][4] = { { c }, { c, '.' }, { '.', c },
			{ 'a', c, 'b' } };
		_drop_(rows_free) struct rows rows = { 0 };
		struct row_reader reader;
		struct row row;
		char label[16];

		snprintf(label, sizeof label, "byte %d", byte);
		for (size_t k = 0; k < COUNT(word); k++)
			row_add(&rows, "key", word[k]);
		reader = (struct row_reader){ rows.text, rows.text + rows.len };
		for (size_t k = 0; k < COUNT(word); k++) {
			CHECK(label, row_next(&reader, &row));
			CHECK_STR(label, "key", row_take(&row));
			CHECK_STR(label, word[k], row_take(&row));
		}
	}
}

static void
add_hard_rows(struct rows *rows)
{
	row_begin(rows, "put");
	row_number(rows, 0);
	row_word(rows, "key");
	row_word(rows, ".hidden");
	row_end(rows);
	row_add(rows, "env", ".");
	row_add(rows, "env", "..");
	row_add(rows, "tty", "");
	row_add(rows, "tty", "\n. .\n");
	row_add_number(rows, "uid", UINT64_MAX);
}

/* A row's place in a text is where it began: what is read of a prefix is what
 * was read of the whole. */
static void
check_prefixes(void)
{
	_drop_(rows_free) struct rows rows = { 0 };

	add_hard_rows(&rows);
	for (size_t len = 0; len <= rows.len; len++) {
		_drop_(freep) char *text = exactly(rows.text, len);
		struct row_reader reader = { text, text + len };
		struct row row;

		while (row_next(&reader, &row)) {
			const size_t end = (size_t)(row.end - text) + 2;

			CHECK("a row ends where it was ended",
			    end == rows.len || rows.text[end] == '\n');
		}
	}
}

/* What a page is filled up with, before, between and behind. */
static void
check_nothing_between(void)
{
	char text[] = "\0\0\nkey one .\0\0\0\nkey tw\0o .\0\nkey three .\0\0";
	struct row_reader reader = { text, text + sizeof text - 1 };
	struct row row;

	CHECK("NULs are nothing", row_next(&reader, &row));
	CHECK_STR("the first", "key", row_take(&row));
	CHECK_STR("the first", "one", row_take(&row));
	CHECK("a NUL tears a row", row_next(&reader, &row));
	CHECK_STR("what is left of it", "o", row_take(&row));
	CHECK("the next is whole", row_next(&reader, &row));
	CHECK_STR("the third", "key", row_take(&row));
	CHECK_STR("the third", "three", row_take(&row));
	CHECK("no more", !row_next(&reader, &row));
}

static void
check_long(void)
{
	const size_t len = 1 << 20;
	_drop_(freep) char *word = malloc(len + 1);
	_drop_(rows_free) struct rows rows = { 0 };
	struct row_reader reader;
	struct row row;

	memset(word, '\n', len);
	word[len] = '\0';
	row_add(&rows, "key", word);
	CHECK_INT("three bytes for each", 3 * len + strlen("\nkey  ."), rows.len);
	reader = (struct row_reader){ rows.text, rows.text + rows.len };
	CHECK("a MiB in a word", row_next(&reader, &row));
	CHECK_STR("its key", "key", row_take(&row));
	CHECK("and back", strcmp(word, row_take(&row)) == 0);
}

static const struct {
	const char *text;
	bool good;
	unsigned long long want;
} numbers[] = {
	{ "0", true, 0 },
	{ "18446744073709551615", true, UINT64_MAX },
	{ "99999999999999999999", true, UINT64_MAX },
	{ "-1", false, 0 },
	{ "+1", false, 0 },
	{ "1x", false, 0 },
	{ "0x1", false, 0 },
	{ "%", false, 0 },
	{ "", false, 0 },
};

static void
check_numbers(void)
{
	for (size_t i = 0; i < COUNT(numbers); i++) {
		char text[32];
		struct row row = { text, text + strlen(numbers[i].text) };
		unsigned long long number = 0;

		strcpy(text, numbers[i].text);
		CHECK_INT(numbers[i].text, numbers[i].good,
		    row_take_number(&row, &number));
		if (numbers[i].good)
			CHECK_INT(numbers[i].text, numbers[i].want, number);
	}
}

int
main(void)
{
	check_written();
	check_foreign();
	check_bytes();
	check_prefixes();
	check_nothing_between();
	check_long();
	check_numbers();
	return TEST_RESULT();
}
