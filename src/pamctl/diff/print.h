/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences, for people and for programs. */
#ifndef PAMCTL_DIFF_PRINT_H
#define PAMCTL_DIFF_PRINT_H

#include "pamctl/diff/rows.h"
#include "pamctl/options.h"

/* In lines; what is the same for several services is said once. With text, the
 * lines of both trees that make it so. 0, or the status to exit with. */
int rows_print(const struct rows *rows, bool text);

/* In columns, or as JSON. 0, or the status to exit with. */
int rows_print_columns(const struct options *o, const struct rows *rows);

#endif
