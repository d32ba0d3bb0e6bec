/* SPDX-License-Identifier: BSD-2-Clause */
/* A stack as a picture, in the language of Graphviz: what each answer of each
 * module leads to. */
#ifndef PAMCTL_SHOW_PICTURE_H
#define PAMCTL_SHOW_PICTURE_H

#include <stdio.h>

#include "analysis/facts.h"
#include "policy/policy.h"

/* Draw the stacks of a service; only: one facility, or -1. */
void picture_draw(FILE *to, const char *service, const struct policy *policy,
    int only, const struct facts *facts);

/* The same as SVG on stdout, by Graphviz's dot(1). 0, or with a complaint the
 * status to exit with. */
int picture_svg(const char *service, const struct policy *policy, int only,
    const struct facts *facts);

#endif
