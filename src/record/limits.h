/* SPDX-License-Identifier: BSD-2-Clause */
/* The caller of a set-user-ID program sets its limits, and must not make
 * himself invisible by them: around our own writes they are lifted. */
#ifndef RECORD_LIMITS_H
#define RECORD_LIMITS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>

struct limits {
	bool size, files;	/* which were too low, */
	struct rlimit old_size, old_files;	/* and what they were */
	sigset_t mask;
};

/* Make room, as far as this process may: in set-user-ID programs for a few
 * descriptors, for who is about to open; and for files of any size, for who is
 * about to write. Where it may not, a write fails and no signal comes. The
 * structure is all zero at first. */
void limits_lift_files(struct limits *l);
void limits_lift_size(struct limits *l);

/* Both. */
void limits_lift(struct limits *l);

/* As they were. */
void limits_back(const struct limits *l);

/* The cleanup attribute's form of limits_back. */
void limits_drop(struct limits *l);

#endif
