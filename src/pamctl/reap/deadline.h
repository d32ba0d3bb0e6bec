/* SPDX-License-Identifier: BSD-2-Clause */
/* The option --deadline of the verbs that close sessions. */
#ifndef PAMCTL_REAP_DEADLINE_H
#define PAMCTL_REAP_DEADLINE_H

/* The seconds that text says, or where that is NULL the usual. 0, or with a
 * complaint the status to exit with. */
int deadline_read(const char *text, unsigned *seconds);

#endif
