/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences, for people and for programs. */
#ifndef PAMCTL_DIFF_PRINT_H
#define PAMCTL_DIFF_PRINT_H

#include "pamctl/diff/remarks.h"
#include "pamctl/options.h"

/* In lines; what is the same for several services is said once. With text, the
 * lines of both trees that make it so. 0, or the status to exit with. */
int remarks_print(const struct remarks *remarks, bool text);

/* In columns, or as JSON. 0, or the status to exit with. */
int remarks_print_columns(const struct options *o,
    const struct remarks *remarks);

#endif
