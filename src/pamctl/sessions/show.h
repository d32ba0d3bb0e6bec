/* SPDX-License-Identifier: BSD-2-Clause */
/* One session with everything that is on record of it. */
#ifndef PAMCTL_SESSIONS_SHOW_H
#define PAMCTL_SESSIONS_SHOW_H

#include <stdbool.h>

struct known;
struct roster;

/* Print it, for people or as JSON. */
void show_print(struct roster *r, const struct known *k, bool json);

#endif
