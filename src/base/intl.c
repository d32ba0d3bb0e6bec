/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/intl.h"

#include <libintl.h>
#include <stddef.h>
#include <string.h>

#define DOMAIN "Linux-PAM"

/* What may stand between the percent sign and the letter that ends it. */
#define MODIFIERS "-+ #'I0123456789.*$hlLqjzt"

/* The next conversion at or behind *at, and how long it is; *at moves behind
 * it. NULL: there is no more. */
static const char *
next_conversion(const char **at, size_t *len)
{
	const char *start = strchr(*at, '%');

	while (start && start[1] == '%')
		start = strchr(start + 2, '%');
	if (!start)
		return NULL;
	*len = 1 + strspn(start + 1, MODIFIERS);
	*len += start[*len] != '\0';
	*at = start + *len;
	return start;
}

bool
intl_same_arguments(const char *a, const char *b)
{
	const char *in_a, *in_b;
	size_t len_a, len_b;

	do {
		in_a = next_conversion(&a, &len_a);
		in_b = next_conversion(&b, &len_b);
		if (!in_a || !in_b)
			return in_a == in_b;
	} while (len_a == len_b && memcmp(in_a, in_b, len_a) == 0);
	return false;
}

const char *
intl_text(const char *text)
{
	/* The translation of nothing is the catalogue's own header. */
	return text && *text ? dgettext(DOMAIN, text) : text;
}

const char *
intl_format(const char *format)
{
	const char *translated = intl_text(format);

	if (translated == format || intl_same_arguments(format, translated))
		return translated;
	return format;
}
