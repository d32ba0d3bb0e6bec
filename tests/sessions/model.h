/* SPDX-License-Identifier: BSD-2-Clause */
/* What the engine says of a stack of sessions, for what the library makes of it
 * to be compared with; and the stacks that both are tried on. */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/run.h"

/* Policies of "svc" with five entries whose names are 0 to 4, and that of "sub",
 * which some include. */
extern const char *const model_stacks[];
extern const size_t model_stack_count;
extern const char model_sub[];

struct model {
	struct policy *policy;
	int kept[16];		/* what entries answered to open */
	int code;		/* what the program hears */
	char called[256];	/* as rig.called, of the last call */
};

/* Read the policy that rig_policy has written. To be freed. */
void model_read(struct model *m, const char *service);
void model_free(struct model *m);

/* Walk it, each entry giving what answer says of its name. */
void model_open(struct model *m, int (*answer)(const char *name));
void model_close(struct model *m, int (*answer)(const char *name));

/* Whether an entry's module is there and can open. */
bool model_opens(const struct entry *e);

#endif
