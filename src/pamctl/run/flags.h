/* SPDX-License-Identifier: BSD-2-Clause */
/* The flags of a call, as they are written between its brackets. */
#ifndef PAMCTL_RUN_FLAGS_H
#define PAMCTL_RUN_FLAGS_H

#include <stddef.h>

/* Read "PAM_SILENT | establish", with C's operators | ^ & ~ (of C's precedence,
 * no brackets) between names and numbers; nothing at all is 0. 0; or -EINVAL
 * with *wrong at what is not understood. */
int flags_read(const char *text, int *flags, const char **wrong);

/* The name of the n-th flag that is set in flags, NULL behind the last one;
 * what has no name is left in *rest. */
const char *flags_word(int flags, size_t n, int *rest);

#endif
