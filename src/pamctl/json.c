/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

void
json_string(FILE *to, const char *text)
{
	char piece[JSON_PIECE];

	fputc('"', to);
	while (json_piece(&text, piece))
		fputs(piece, to);
	fputc('"', to);
}

char *
json_utf8(const char *text)
{
	static const char unknown[] = "\xef\xbf\xbd";
	char *copy = malloc(3 * strlen(text) + 1), *to = copy;
	char piece[JSON_PIECE];

	if (!copy)
		return NULL;
	for (const char *from = text; json_piece(&text, piece); from = text) {
		const bool known = strcmp(piece, "\\ufffd") != 0;
		const size_t n = known ? (size_t)(text - from) : 3;

		memcpy(to, known ? from : unknown, n);
		to += n;
	}
	*to = '\0';
	return copy;
}
