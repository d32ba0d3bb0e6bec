/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/number.h"

#include <errno.h>
#include <stdlib.h>

#include "base/text.h"

int
number_read(const char *text, int base, long long min, long long max,
    long long *out)
{
	const char *digits = *text == '-' ? text + 1 : text;
	long long number;
	char *end;

	/* strtoll would take blanks and a plus as well. */
	if (!ascii_digit(*digits))
		return -EINVAL;
	errno = 0;
	number = strtoll(text, &end, base);
	if (*end)
		return -EINVAL;
	if (errno || number < min || number > max)
		return -ERANGE;
	*out = number;
	return 0;
}

size_t
number_write(unsigned long long number, size_t digits, char text[NUMBER_TEXT])
{
	char turned[NUMBER_TEXT];
	size_t n = 0;

	for (; (number || n < digits || n == 0) && n < NUMBER_TEXT - 1;
	     number /= 10)
		turned[n++] = (char)('0' + number % 10);
	for (size_t i = 0; i < n; i++)
		text[i] = turned[n - 1 - i];
	text[n] = '\0';
	return n;
}
