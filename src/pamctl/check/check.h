/* SPDX-License-Identifier: BSD-2-Clause */
/* The check, for verbs that need one. */
#ifndef PAMCTL_CHECK_CHECK_H
#define PAMCTL_CHECK_CHECK_H

#include <stddef.h>

#include "pamctl/check/report.h"

struct options;

/* Check the policies that two sets of options lead to (their arguments are
 * services), and print what is of this level or worse and was not there before.
 * The old ones may be none. The status to exit with; *known: how many findings
 * were. */
int check_news(const struct options *old, const struct options *new,
    enum level least, size_t *known);

#endif
