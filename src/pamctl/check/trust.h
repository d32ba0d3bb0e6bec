/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that nobody but root can change, or put something else in the place
 * of. */
#ifndef PAMCTL_CHECK_TRUST_H
#define PAMCTL_CHECK_TRUST_H

#include <stdbool.h>

struct trust;

struct trust_fault {
	bool anybody;		/* or a group, or an owner */
	char *who, *path;
};

/* Of what lies below top, only that is looked at, and its owner counts as root
 * (an image that somebody has unpacked, a folder of trials). NULL: the whole
 * system. NULL result: no memory. */
struct trust *trust_new(const char *top);

/* Whether a file (a path of this system without links in it) can be changed by
 * somebody else. 0: no. 1: yes, *fault, to be freed, tells by whom. Or
 * -errno. */
int trust_path(struct trust *trust, const char *path,
    struct trust_fault *fault);

void trust_fault_free(struct trust_fault *fault);
void trust_free(struct trust *trust);

#endif
