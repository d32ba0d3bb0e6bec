/* SPDX-License-Identifier: BSD-2-Clause */
/* What the actor can do, by the words of its arguments. */
#ifndef ACTOR_ACT_H
#define ACTOR_ACT_H

#include <security/_pam_types.h>

/* Do it, with what stood behind the "="; a return code. */
typedef int act_fn(pam_handle_t *pamh, const char *value);

/* A NULL name ends a table. */
struct act {
	const char *name;
	act_fn *act;
};

extern const struct act system_acts[];

#endif
