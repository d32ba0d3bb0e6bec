/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions of modules, and which of them a facility calls. */
#ifndef ANALYSIS_FUNCTION_H
#define ANALYSIS_FUNCTION_H

#include "policy/policy.h"

enum function {
	FUNCTION_AUTH,
	FUNCTION_SETCRED,
	FUNCTION_ACCOUNT,
	FUNCTION_OPEN,
	FUNCTION_CLOSE,
	FUNCTION_PASSWORD,
	FUNCTION_COUNT,
};

/* "setcred" for FUNCTION_SETCRED. */
const char *function_word(enum function function);

/* The function that a facility calls first. */
enum function function_first(enum facility f);

/* The one that it calls behind it: setcred, close; or the first again. */
enum function function_second(enum facility f);

/* The function of this name; -1: there is none. */
int function_named(const char *word);

#endif
