/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that runs while a session is open. */
#ifndef PAMCTL_RUN_PROGRAM_H
#define PAMCTL_RUN_PROGRAM_H

#include <stdbool.h>

/* Run it, found in our own PATH, with this environment and no other, and wait
 * for its end; quiet lets its output go to standard error. Its exit status, 128
 * and the signal's number if one ended it, 126 or 127, with a complaint, if it
 * could not be run or found. */
int program_run(char *const *program, char *const *environment, bool quiet);

#endif
