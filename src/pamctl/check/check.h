/* SPDX-License-Identifier: BSD-2-Clause */
/* The check, for verbs that need one. */
#ifndef PAMCTL_CHECK_CHECK_H
#define PAMCTL_CHECK_CHECK_H

#include "pamctl/check/report.h"

struct options;

/* Check the policies that the options lead to (their arguments are services)
 * and print what is of this level or worse. The status to exit with. */
int check_policies(const struct options *o, enum level least);

#endif
