/* SPDX-License-Identifier: BSD-2-Clause */
/* The arithmetic of a stack: answers of modules go in, one code comes out. */
#ifndef ENGINE_VERDICT_H
#define ENGINE_VERDICT_H

#include <stdbool.h>

#include <security/_pam_types.h>

#include "policy/control.h"

enum mood {
	MOOD_NONE,		/* nobody has said anything that counts */
	MOOD_GOOD,
	MOOD_BAD,
};

struct verdict {
	enum mood mood;
	int status;
};

/* Nobody has said yes yet: a refusal. */
#define VERDICT_NONE ((struct verdict){ MOOD_NONE, PAM_PERM_DENIED })

/* Judge one answer by its action; true when the level ends with it (X-9 to
 * Reset and jump say nothing about the answer: nothing changes. */
static inline bool
verdict_add(struct verdict *v, enum action action, int answer)
{
	const bool yes = action == ACT_OK || action == ACT_DONE;
	const bool no = action == ACT_BAD || action == ACT_DIE;

	/* only an untroubled stack takes a further answer. */
	if (yes && (v->mood == MOOD_NONE ||
	    (v->mood == MOOD_GOOD && v->status == PAM_SUCCESS)))
		*v = (struct verdict){ MOOD_GOOD, answer };
	/* the first failure names the error. */
	else if (no && v->mood != MOOD_BAD)
		*v = (struct verdict){ MOOD_BAD,
		    answer == PAM_IGNORE ? PAM_PERM_DENIED : answer };
	return action == ACT_DIE ||
	    (action == ACT_DONE && v->mood == MOOD_GOOD);
}

/* The code of the whole stack: X-16, and (W-17) never PAM_IGNORE. */
int verdict_end(const struct verdict *v);

#endif
