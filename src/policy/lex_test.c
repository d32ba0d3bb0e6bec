/* SPDX-License-Identifier: BSD-2-Clause */
/* Text to lines and words: C-11 to C-21, and any bytes at all. */
#include "policy/lex.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/drop.h"
#include "check.h"

/* A text with NULs in it, and its length. */
#define TEXT(s) s, sizeof(s) - 1

/* What comes out is written as
 *     1 <word> [bracket word] #comment| 3 <word>
 * with the number of each line; "unfinished" where the file breaks off. */
static const struct {
	const char *label, *text;
	size_t len;
	const char *want;
} rows[] = {
	{ "an empty file has no line", TEXT(""), "" },
	{ "newline or the end of the file ends a line: C-11",
	  TEXT("a b\nc"), "1 <a> <b>| 2 <c>" },
	{ "empty lines are lines", TEXT("\n\n \t\na"), "1| 2| 3| 4 <a>" },
	{ "leading blanks are dropped", TEXT(" \t a"), "1 <a>" },
	{ "trailing ones are", TEXT("a \t \nb "), "1 <a>| 2 <b>" },
	{ "a comment", TEXT("# a b\nc"), "1 # a b| 2 <c>" },
	{ "an empty comment", TEXT("#\n"), "1 #" },
	{ "a comment behind words", TEXT("a b # c"), "1 <a> <b> # c" },
	{ "a comment in a word", TEXT("a#b c"), "1 <a> #b c" },
	{ "a comment in brackets", TEXT("[a #b] c"), "1 [a ] #b] c" },
	{ "a comment in a comment", TEXT("a # b # c"), "1 <a> # b # c" },
	{ "nothing quotes it", TEXT("a \\# 'b # c'"), "1 <a> <\\> # 'b # c'" },

	{ "a backslash goes on in the next line: C-12",
	  TEXT("a \\\nb\nc"), "1 <a> <b>| 3 <c>" },
	{ "and ends a word", TEXT("a\\\nb"), "1 <a> <b>" },
	{ "blanks may follow it", TEXT("a \\ \t \nb"), "1 <a> <b>" },
	{ "leading blanks of the next line are dropped",
	  TEXT("[a\\\n \t b]"), "1 [a b]" },
	{ "blanks before it are not", TEXT("[a \\\nb]"), "1 [a  b]" },
	{ "over many lines", TEXT("a\\\nb\\\n\\\nc"), "1 <a> <b> <c>" },
	{ "only the last of two", TEXT("a\\\\\nb"), "1 <a\\> <b>" },
	{ "one that is not last is a character",
	  TEXT("\\a b\\c"), "1 <\\a> <b\\c>" },
	{ "one before a comment too", TEXT("a \\ # b\nc"),
	  "1 <a> <\\> # b| 2 <c>" },
	{ "before a carriage return too: C-16", TEXT("a \\\r\nb"),
	  "1 <a> <\\\r>| 2 <b>" },
	{ "a comment ends what is joined: C-13",
	  TEXT("a \\\n# b\nc"), "1 <a> # b| 3 <c>" },
	{ "an empty line does", TEXT("a \\\n\nb"), "1 <a>| 3 <b>" },
	{ "a line of blanks does", TEXT("a \\\n \t \nb"), "1 <a>| 3 <b>" },
	{ "a comment behind what is joined",
	  TEXT("a \\\nb # c \\\nd"), "1 <a> <b> # c \\| 3 <d>" },
	{ "a comment does not go on: C-14",
	  TEXT("# a \\\nb"), "1 # a \\| 2 <b>" },
	{ "a comment at the end of the file", TEXT("a # \\"), "1 <a> # \\" },

	{ "nothing follows: C-15", TEXT("a \\"), "unfinished" },
	{ "an empty rest follows", TEXT("a \\\n"), "unfinished" },
	{ "what was before it is there", TEXT("a\nb\\\nc\\\n"),
	  "1 <a>| unfinished" },
	{ "only a backslash", TEXT("\\"), "unfinished" },

	{ "only blank, tab and newline separate: C-16",
	  TEXT("a\rb\vc\fd\xa0" "e"), "1 <a\rb\vc\fd\xa0" "e>" },
	{ "lines that end as Windows writes them",
	  TEXT("a b\r\n\r\n"), "1 <a> <b\r>| 2 <\r>" },

	{ "a NUL hides the rest of its line: C-17",
	  TEXT("a\0b c\nd"), "1 <a>| 2 <d>" },
	{ "all of it", TEXT("\0a\nb"), "1| 2 <b>" },
	{ "a comment too", TEXT("a\0# b\nc # d\0e"), "1 <a>| 2 <c> # d" },
	{ "a backslash too", TEXT("a\0\\\nb"), "1 <a>| 2 <b>" },
	{ "the end of a bracket too", TEXT("[a\0b]\nc"), "1 [a]| 2 <c>" },
	{ "but not what stands before it",
	  TEXT("a \\\0b\nc"), "1 <a> <c>" },

	{ "brackets hold a word together: C-18",
	  TEXT("a [b c] d"), "1 <a> [b c] <d>" },
	{ "blanks inside are kept", TEXT("[ a\t b ]"), "1 [ a\t b ]" },
	{ "a bracket in it", TEXT("[a\\]b]"), "1 [a]b]" },
	{ "many of them", TEXT("[\\]\\]\\]]"), "1 []]]]" },
	{ "an opening one is as it is", TEXT("[a[b]"), "1 [a[b]" },
	{ "other backslashes are as they are",
	  TEXT("[a\\b \\[c]"), "1 [a\\b \\[c]" },
	{ "there are no quotes", TEXT("\"a b\" 'c d'"),
	  "1 <\"a> <b\"> <'c> <d'>" },
	{ "the next word may follow at once: C-19",
	  TEXT("[a]b [c][d]"), "1 [a] <b> [c] [d]" },
	{ "a closing one alone is a character",
	  TEXT("] a]b"), "1 <]> <a]b>" },
	{ "inside a word brackets are characters: C-20",
	  TEXT("a[b c]"), "1 <a[b> <c]>" },
	{ "an open one takes the rest, and the newline",
	  TEXT("a [b c\nd"), "1 <a> [b c\n]| 2 <d>" },
	{ "at the end of the file there is none",
	  TEXT("a [b c"), "1 <a> [b c]" },
	{ "across lines that are joined",
	  TEXT("[a \\\nb\nc"), "1 [a  b\n]| 3 <c>" },
	{ "its bracket was not one", TEXT("[a\\]"), "1 [a]]" },
	{ "an empty word: C-21", TEXT("[] a"), "1 [] <a>" },
	{ "every column may stand in brackets",
	  TEXT("[auth] [required] [/a b.so]"),
	  "1 [auth] [required] [/a b.so]" },
};

struct out {
	char text[512];
	size_t used;
	struct arena arena;
};

static void
put(struct out *o, const char *text, size_t len)
{
	if (len >= sizeof o->text - o->used)
		return;
	memcpy(o->text + o->used, text, len);
	o->used += len;
	o->text[o->used] = '\0';
}

static void
put_word(struct out *o, const struct word *word)
{
	const char *copy = word_copy(&o->arena, word);

	put(o, word->bracket ? " [" : " <", 2);
	put(o, copy, strlen(copy));
	put(o, word->bracket ? "]" : ">", 1);
}

static void
put_line(struct out *o, struct line *line)
{
	struct word word;
	char number[16];

	snprintf(number, sizeof number, "%s%u", o->used ? "| " : "",
	    line->number);
	put(o, number, strlen(number));
	while (lex_word(line, &word))
		put_word(o, &word);
	if (line->comment) {
		put(o, " #", 2);
		put(o, line->comment, line->comment_len);
	}
}

/* All lines of a text. It is copied to where nothing follows it, so that the
 * address sanitizer sees who reads on. */
static void
read_text(struct out *o, const char *text, size_t len)
{
	_drop_(freep) char *exact = malloc(len ? len : 1);
	struct lexer lexer;
	struct line line;
	int rc;

	memcpy(exact, text, len);
	lex_begin(&lexer, exact, len);
	for (;;) {
		rc = lex_line(&lexer, &line);
		if (rc != LEX_LINE)
			break;
		put_line(o, &line);
	}
	if (rc == LEX_UNFINISHED)
		put(o, o->used ? "| unfinished" : "unfinished",
		    o->used ? 12 : 10);
	lex_end(&lexer);
	arena_free(&o->arena);
}

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct out o = { 0 };

		read_text(&o, rows[i].text, rows[i].len);
		CHECK_STR(rows[i].label, rows[i].want, o.text);
	}
}

/* CVE-2009-0887: no byte is more than a character, but those of the rules. */
static void
check_bytes(void)
{
	for (int byte = 1; byte < 256; byte++) {
		const char c = (char)byte;
		const char text[] = { c, 'x', c, c, ' ', 'y', c };
		struct out o = { 0 };
		char want[32];

		if (strchr(" \t\n#[\\", c))
			continue;
		snprintf(want, sizeof want, "1 <%cx%c%c> <y%c>", c, c, c, c);
		read_text(&o, text, sizeof text);
		CHECK_STR("an ordinary byte", want, o.text);
	}
}

/* Any text comes to an end, and lines are numbered upwards. */
static void
check_random(void)
{
	static const char letters[] = " \t\n\\#[]a\0\r\\\n";
	uint32_t seed = 1;

	for (size_t i = 0; i < 20000; i++) {
		char text[40];
		struct out o = { 0 };
		size_t n;

		for (n = 0; n < i % sizeof text; n++) {
			seed = seed * 1664525 + 1013904223;
			text[n] = letters[(seed >> 16) % (sizeof letters - 1)];
		}
		read_text(&o, text, n);
		CHECK("fits", o.used < sizeof o.text);
	}
}

/* Time grows with the text, not with its square. */
static void
check_long(void)
{
	enum { MANY = 200000 };
	_drop_(freep) char *text = malloc(3 * MANY + 1);
	struct lexer lexer;
	struct line line;
	struct word word;
	size_t words = 0;

	for (size_t i = 0; i < MANY; i++)
		memcpy(text + 3 * i, "a\\\n", 3);
	text[3 * MANY] = 'b';
	lex_begin(&lexer, text, 3 * MANY + 1);
	CHECK_INT("a line of many", LEX_LINE, lex_line(&lexer, &line));
	while (lex_word(&line, &word))
		words++;
	CHECK_INT("all words are in it", MANY + 1, words);
	CHECK_INT("and it is the last", LEX_END, lex_line(&lexer, &line));
	CHECK_INT("of so many", MANY + 1, lexer.number);
	lex_end(&lexer);
}

static const struct {
	const char *word, *text;
	bool want;
} same[] = {
	{ "other", "other", true }, { "OtHeR", "other", true },
	{ "othe", "other", false }, { "others", "other", false },
	{ "", "other", false }, { "", "", true }, { "o", "", false },
	{ "\xd6", "\xf6", false },
};

int
main(void)
{
	check_rows();
	check_bytes();
	check_random();
	check_long();
	for (size_t i = 0; i < COUNT(same); i++) {
		const struct word word = { same[i].word, strlen(same[i].word),
			false };

		CHECK_INT(same[i].word, same[i].want,
		    word_is(&word, same[i].text));
	}
	return TEST_RESULT();
}
