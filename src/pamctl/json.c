/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/json.h"

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
