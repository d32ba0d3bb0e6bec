/* SPDX-License-Identifier: BSD-2-Clause */
/* Run a program and record what it does with PAM. */
#ifndef PAMCTL_APP_CHECK_RECORD_H
#define PAMCTL_APP_CHECK_RECORD_H

#include <stdbool.h>

struct transcript;

/* Run a command, with the recorder (a file) preloaded, until it ends. aside:
 * its standard output goes where errors go. 0 with *out, to be freed; or, with
 * a complaint, the status to exit with. */
int record(char **command, const char *recorder, bool aside,
    struct transcript *out);

#endif
