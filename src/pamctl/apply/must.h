/* SPDX-License-Identifier: BSD-2-Clause */
/* Services that somebody has to be able to get in by. */
#ifndef PAMCTL_APPLY_MUST_H
#define PAMCTL_APPLY_MUST_H

struct options;

/* Simulate auth, account and session of services, SERVICE[:MODULE=CODE,...].
 * Every module that can answer success does so, but those that are told what to
 * answer. NULL: sshd, login and su, as far as they exist. The way through a
 * stack that does not succeed is printed. 0; or the status to exit with,
 * STATUS_FINDINGS when one does not. */
int must_work(const struct options *o, const char **must);

#endif
