/* SPDX-License-Identifier: BSD-2-Clause */
/* Work in a child process that is gone after some time, whatever it does. */
#ifndef PAMCTL_REAP_BOUNDED_H
#define PAMCTL_REAP_BOUNDED_H

/* Run work there, in a session of its own; the process ends when it returns,
 * with its caller, or at the deadline (seconds) with its group. 0 with *status
 * as of waitpid; -ETIME: it was killed; -errno: there was no process to be had.
 * Not for a program with threads. */
int bounded_run(void (*work)(void *ctx), void *ctx, unsigned deadline,
    int *status);

#endif
