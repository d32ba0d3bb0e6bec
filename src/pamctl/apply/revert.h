/* SPDX-License-Identifier: BSD-2-Clause */
/* Put back what an apply has replaced, file by file. What has changed since is
 * somebody's work, and stays. */
#ifndef PAMCTL_APPLY_REVERT_H
#define PAMCTL_APPLY_REVERT_H

struct trees;

/* Bring the system below root back from the new tree to the old; files that are
 * neither are printed and counted. May be done again after it was interrupted.
 * 0; or, with a complaint, the status to exit with. */
int revert(const char *root, const struct trees *t, unsigned *spared);

#endif
