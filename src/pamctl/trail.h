/* SPDX-License-Identifier: BSD-2-Clause */
/* A way through a stack, for people and programs to read. */
#ifndef PAMCTL_TRAIL_H
#define PAMCTL_TRAIL_H

#include "engine/trail.h"
#include "pamctl/options.h"

/* Print the steps. 0, or the status to exit with. */
int trail_print(const struct options *o, const struct trail *trail);

#endif
