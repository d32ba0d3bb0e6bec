/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings of JSON: valid whatever the bytes are, and nothing lost of what is
 * text. */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	const char *label, *text, *want;
} cases[] = {
	{ "nothing", "", "" },
	{ "plain text", "pam_unix.so", "pam_unix.so" },
	{ "what JSON sets apart", "a\"b\\c/d", "a\\\"b\\\\c/d" },
	{ "control characters", "\x01\b\t\n\f\r\x1b\x1f",
	  "\\u0001\\u0008\\u0009\\u000a\\u000c\\u000d\\u001b\\u001f" },
	{ "delete, which terminals obey", "\x7f", "\\u007f" },
	{ "two, three and four bytes", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91",
	  "\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91" },
	{ "UTF-8's second page of controls, the same", "\xc2\x80\xc2\x9b\xc2\x9f"
	  "\xc2\xa0", "\\u0080\\u009b\\u009f\xc2\xa0" },
	{ "the first and last of each length",
	  "\xc2\xa0\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80"
	  "\xf4\x8f\xbf\xbf",
	  "\xc2\xa0\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80"
	  "\xf4\x8f\xbf\xbf" },
	{ "the last before and the first after surrogates",
	  "\xed\x9f\xbf\xee\x80\x80", "\xed\x9f\xbf\xee\x80\x80" },
	{ "a surrogate", "\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd" },
	{ "too long a form", "\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf",
	  "\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd" },
	{ "above the last", "\xf4\x90\x80\x80",
	  "\\ufffd\\ufffd\\ufffd\\ufffd" },
	{ "bytes that begin nothing", "\xff\x80\xfe",
	  "\\ufffd\\ufffd\\ufffd" },
	{ "cut off by the end", "a\xf0\x9f\x94", "a\\ufffd\\ufffd\\ufffd" },
	{ "cut off by another", "\xe2\x82" "a\xc3\xc3\xa4",
	  "\\ufffd\\ufffda\\ufffd\xc3\xa4" },
	{ "cut off by a quote", "\xc3\"", "\\ufffd\\\"" },
};

/* In memory of just that size, for the sanitizers to watch. */
static void
check_case(size_t i)
{
	_drop_(freep) char *copy = strdup(cases[i].text);
	char piece[JSON_PIECE], all[256] = "";
	const char *at = copy;
	size_t n;

	while ((n = json_piece(&at, piece))) {
		CHECK_INT(cases[i].label, strlen(piece), n);
		strcat(all, piece);
	}
	CHECK_STR(cases[i].label, cases[i].want, all);
	CHECK(cases[i].label, at == copy + strlen(cases[i].text));
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(i);
	return TEST_RESULT();
}
