/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/verdict.h"

#include <security/_pam_types.h>

/* only an untroubled stack takes a further answer. */
static void
good(struct verdict *v, int answer)
{
	if (v->mood == MOOD_BAD ||
	    (v->mood == MOOD_GOOD && v->status != PAM_SUCCESS))
		return;
	v->mood = MOOD_GOOD;
	v->status = answer;
}

/* the first failure names the error. */
static void
bad(struct verdict *v, int answer)
{
	if (v->mood == MOOD_BAD)
		return;
	v->mood = MOOD_BAD;
	v->status = answer == PAM_IGNORE ? PAM_PERM_DENIED : answer;
}

bool
verdict_add(struct verdict *v, enum action action, int answer)
{
	switch (action) {
	case ACT_OK:
		good(v, answer);
		return false;
	case ACT_DONE:
		good(v, answer);
		return v->mood == MOOD_GOOD;
	case ACT_BAD:
		bad(v, answer);
		return false;
	case ACT_DIE:
		bad(v, answer);
		return true;
	case ACT_IGNORE:
	case ACT_RESET:
	case ACT_JUMP:
		return false;
	}
	return true;
}

int
verdict_end(const struct verdict *v)
{
	if (v->status == PAM_SUCCESS && v->mood != MOOD_GOOD)
		return PAM_PERM_DENIED;
	return v->status == PAM_IGNORE ? PAM_PERM_DENIED : v->status;
}
