/* SPDX-License-Identifier: BSD-2-Clause */
/* PAM return codes by the names that policies use for them (C-29). */
#ifndef POLICY_CODE_H
#define POLICY_CODE_H

#include <stddef.h>

#define CODE_COUNT 32		/* codes are 0 to 31 */

/* "auth_err" for PAM_AUTH_ERR; "unknown" outside 0 to 31. */
const char *code_word(int code);

/* The code whose name text begins with, and in *len the length of that name;
 * -1 when there is none. No name is the beginning of another. */
int code_prefix(const char *text, size_t *len);

#endif
