/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/function.h"

#include <string.h>

static const char *const functions[FUNCTION_COUNT] = {
	[FUNCTION_AUTH] = "auth",
	[FUNCTION_SETCRED] = "setcred",
	[FUNCTION_ACCOUNT] = "account",
	[FUNCTION_OPEN] = "open",
	[FUNCTION_CLOSE] = "close",
	[FUNCTION_PASSWORD] = "password",
};

static const enum function firsts[FAC_COUNT] = {
	[FAC_AUTH] = FUNCTION_AUTH,
	[FAC_ACCOUNT] = FUNCTION_ACCOUNT,
	[FAC_SESSION] = FUNCTION_OPEN,
	[FAC_PASSWORD] = FUNCTION_PASSWORD,
};

static const enum function seconds[FAC_COUNT] = {
	[FAC_AUTH] = FUNCTION_SETCRED,
	[FAC_ACCOUNT] = FUNCTION_ACCOUNT,
	[FAC_SESSION] = FUNCTION_CLOSE,
	[FAC_PASSWORD] = FUNCTION_PASSWORD,
};

const char *
function_word(enum function function)
{
	return functions[function];
}

enum function
function_first(enum facility f)
{
	return firsts[f];
}

enum function
function_second(enum facility f)
{
	return seconds[f];
}

int
function_named(const char *word)
{
	for (int f = 0; f < FUNCTION_COUNT; f++) {
		if (strcmp(word, functions[f]) == 0)
			return f;
	}
	return -1;
}
