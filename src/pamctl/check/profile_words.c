/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/profile_words.h"

#include <string.h>

char *
words_next(struct words *w)
{
	char *word;

	do {
		word = strsep(&w->rest, WORDS_BLANKS);
	} while (word && !*word);
	return word;
}

char *
words_rest(struct words *w)
{
	char *rest = w->rest ? w->rest + strspn(w->rest, WORDS_BLANKS) : NULL;
	size_t len = rest ? strlen(rest) : 0;

	while (len && strchr(WORDS_BLANKS, rest[len - 1]))
		rest[--len] = '\0';
	return len ? rest : NULL;
}
