/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/rehearsal/supposed.h"

#include <stddef.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/facts.h"
#include "base/drop.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/source.h"

int
supposed_code(const char *word)
{
	size_t len;
	const int code = code_prefix(word, &len);

	return code >= 0 && word[len] == '\0' ? code : -1;
}

/* The code that a MODULE=CODE gives this entry; -1 when it is for another. The
 * module is its name, or (for one of several) FILE:LINE. */
static int
code_for(const char *set, const struct entry *e)
{
	const char *equals = strrchr(set, '=');
	const size_t len = (size_t)(equals - set);
	_drop_(freep) char *place = source_place(&e->at);
	const bool named = strlen(e->name) == len &&
	    strncmp(set, e->name, len) == 0;
	const bool placed = place && strlen(place) >= len &&
	    strncmp(place + strlen(place) - len, set, len) == 0 &&
	    strchr(set, ':');

	return named || placed ? supposed_code(equals + 1) : -1;
}

/* The usual answer, if the entry's module can give it. One that has nothing to
 * object may say so by ignoring. */
static int
usual(const struct supposed *s, const struct entry *e)
{
	uint32_t can = ANY_ANSWER;

	if (s->able && s->able->facts)
		can = facts_of(s->able->facts, e, s->able->function).answers;
	if (can >> s->other & 1)
		return s->other;
	return can >> PAM_IGNORE & 1 ? PAM_IGNORE :
	    __builtin_ffs((int)can) - 1;
}

int
supposed_ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct supposed *s = ctx;
	int answer = usual(s, e);

	*ms = 0;
	for (size_t i = 0; s->set && s->set[i]; i++) {
		const int code = code_for(s->set[i], e);

		if (code >= 0)
			answer = code;
	}
	return answer;
}

int
supposed_check(const struct supposed *s, const char *option)
{
	for (size_t i = 0; s->set && s->set[i]; i++) {
		const char *equals = strrchr(s->set[i], '=');

		if (!equals || equals == s->set[i])
			return fail(STATUS_USAGE, "%s %s: not MODULE=CODE",
			    option, s->set[i]);
		if (supposed_code(equals + 1) < 0)
			return fail(STATUS_USAGE,
			    "%s %s: no such code as \"%s\"", option,
			    s->set[i], equals + 1);
	}
	return 0;
}
