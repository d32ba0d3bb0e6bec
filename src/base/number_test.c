/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/number.h"

#include <errno.h>
#include <limits.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	const char *text;
	int base;
	long long min, max;
	int want;
	long long number;
} cases[] = {
	{ "0", 10, 0, 9, 0, 0 },
	{ "9", 10, 0, 9, 0, 9 },
	{ "10", 10, 0, 9, -ERANGE, 0 },
	{ "-1", 10, 0, 9, -ERANGE, 0 },
	{ "-1", 10, -1, 9, 0, -1 },
	{ "007", 10, 0, 9, 0, 7 },
	{ "9223372036854775807", 10, 0, LLONG_MAX, 0, LLONG_MAX },
	{ "-9223372036854775808", 10, LLONG_MIN, 0, 0, LLONG_MIN },
	{ "9223372036854775808", 10, LLONG_MIN, LLONG_MAX, -ERANGE, 0 },
	{ "", 10, -9, 9, -EINVAL, 0 },
	{ "-", 10, -9, 9, -EINVAL, 0 },
	{ "--1", 10, -9, 9, -EINVAL, 0 },
	{ "+1", 10, -9, 9, -EINVAL, 0 },
	{ " 1", 10, -9, 9, -EINVAL, 0 },
	{ "- 1", 10, -9, 9, -EINVAL, 0 },
	{ "1 ", 10, -9, 9, -EINVAL, 0 },
	{ "1x", 10, -9, 9, -EINVAL, 0 },
	{ "1.0", 10, -9, 9, -EINVAL, 0 },
	{ "99999999999999999999x", 10, 0, 9, -EINVAL, 0 },
	{ "0x1", 10, -9, 9, -EINVAL, 0 },
	{ "777", 8, 0, 0777, 0, 0777 },
	{ "0777", 8, 0, 0777, 0, 0777 },
	{ "8", 8, 0, 0777, -EINVAL, 0 },
	{ "0x10", 0, 0, 99, 0, 16 },
	{ "010", 0, 0, 99, 0, 8 },
	{ "10", 0, 0, 99, 0, 10 },
	{ "0x", 0, 0, 99, -EINVAL, 0 },
	{ "x1", 0, 0, 99, -EINVAL, 0 },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		long long number = 42;

		CHECK_INT(cases[i].text, cases[i].want,
		    number_read(cases[i].text, cases[i].base, cases[i].min,
			cases[i].max, &number));
		CHECK_INT(cases[i].text, cases[i].want ? 42 : cases[i].number,
		    number);
	}
	return TEST_RESULT();
}
