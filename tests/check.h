/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole test helper: compare, print both sides when they differ, count.
 * A test ends with "return TEST_RESULT();". */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <string.h>

static int check_run, check_bad;

static inline void
check_that(const char *file, int line, const char *label, int ok,
    const char *what)
{
	check_run++;
	if (ok)
		return;
	check_bad++;
	printf("%s:%d: %s: %s\n", file, line, label, what);
}

static inline void
check_int(const char *file, int line, const char *label, long long want,
    long long got)
{
	char text[96];

	snprintf(text, sizeof text, "want %lld, got %lld", want, got);
	check_that(file, line, label, want == got, text);
}

static inline void
check_str(const char *file, int line, const char *label, const char *want,
    const char *got)
{
	const int same = want && got ? strcmp(want, got) == 0 : want == got;

	check_run++;
	if (same)
		return;
	check_bad++;
	printf("%s:%d: %s:\n  want %s\n  got  %s\n", file, line, label,
	    want ? want : "(null)", got ? got : "(null)");
}

static inline int
check_result(void)
{
	if (check_bad)
		printf("%d of %d checks failed\n", check_bad, check_run);
	return check_bad || !check_run;
}

#define CHECK(label, condition)                                                \
	check_that(__FILE__, __LINE__, label, !!(condition), #condition)
#define CHECK_INT(label, want, got)                                            \
	check_int(__FILE__, __LINE__, label, (long long)(want),                \
	    (long long)(got))
#define CHECK_STR(label, want, got)                                            \
	check_str(__FILE__, __LINE__, label, want, got)
#define TEST_RESULT() check_result()

#endif
