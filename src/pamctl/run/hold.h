/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting, with a session open, until somebody says that it is enough. */
#ifndef PAMCTL_RUN_HOLD_H
#define PAMCTL_RUN_HOLD_H

#include <stdbool.h>

/* Call ready when signals can no more end this process, then return when
 * SIGTERM, SIGHUP or SIGINT came or, with input, standard input ended.
 * 0 or -errno. */
int hold(bool input, void (*ready)(void));

#endif
