/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/settings.h"

/* What the command line and the file say, and what prompts get. */
static const struct {
	const char *label;
	const char *words[3];
	const char *file;
	size_t len;		/* of a file that is no string */
	int want;
	const char *answers[5];
} cases[] = {
	{ "none", { NULL }, NULL, 0, 0, { NULL } },
	{ "words in their order", { "a", "b" }, NULL, 0, 0, { "a", "b" } },
	{ "the file follows", { "a" }, "b\nc\n", 0, 0, { "a", "b", "c" } },
	{ "no newline at the end", { NULL }, "a\nb", 0, 0, { "a", "b" } },
	{ "empty answers are answers", { "" }, "\na\n\n", 0, 0,
	    { "", "", "a", "" } },
	{ "an empty file", { NULL }, "", 0, 0, { NULL } },
	{ "blanks stay", { NULL }, " a \t\r\n", 0, 0, { " a \t\r" } },
	{ "half an answer is none", { NULL }, "a\nb\0c\n", 6, STATUS_USAGE,
	    { NULL } },
};

int
fail(int status, const char *fmt, ...)
{
	(void)fmt;
	return status;
}

/* A file of that name that nobody else sees. */
static void
file_make(const char *text, size_t len, char name[32])
{
	const int fd = memfd_create("answers", MFD_CLOEXEC);

	CHECK_INT("file", len, write(fd, text, len));
	snprintf(name, 32, "/proc/self/fd/%d", fd);
}

static void
check_answers(size_t i, struct answers *a)
{
	for (size_t n = 0; n < COUNT(cases[i].answers); n++) {
		char *answer = answers_next(a);

		CHECK_STR(cases[i].label, cases[i].answers[n], answer);
		free(answer);
	}
}

static void
check_case(size_t i)
{
	char words[3][8] = { "" }, *word[3], name[32];
	struct settings s = { .answers.word = word };
	_drop_(answers_free) struct answers a = { 0 };

	for (size_t n = 0; n < 3 && cases[i].words[n]; n++) {
		word[n] = strcpy(words[n], cases[i].words[n]);
		s.answers.count++;
	}
	if (cases[i].file) {
		file_make(cases[i].file, cases[i].len ? cases[i].len :
		    strlen(cases[i].file), name);
		s.answer_file = name;
	}
	CHECK_INT(cases[i].label, cases[i].want, answers_read(&a, &s));
	for (size_t n = 0; n < s.answers.count; n++)
		CHECK_STR("the command line is wiped", "", words[n]);
	if (cases[i].want == 0)
		check_answers(i, &a);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(i);
	return TEST_RESULT();
}
