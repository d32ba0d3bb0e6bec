/* SPDX-License-Identifier: BSD-2-Clause */
/* A file of sentences that have to hold, a line each: SERVICE SENTENCE, as
 * "pamctl prove" has them; "*" is every service; "#" begins a comment. */
#ifndef PAMCTL_APPLY_RULES_H
#define PAMCTL_APPLY_RULES_H

struct options;

/* Prove every sentence of a file, and print what does not hold. 0; or the
 * status to exit with, STATUS_FINDINGS when one does not. */
int rules_prove(const struct options *o, const char *path);

#endif
