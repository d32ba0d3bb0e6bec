/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/verdict.h"

#include <security/_pam_types.h>

int
verdict_end(const struct verdict *v)
{
	if (v->status == PAM_SUCCESS && v->mood != MOOD_GOOD)
		return PAM_PERM_DENIED;
	return v->status == PAM_IGNORE ? PAM_PERM_DENIED : v->status;
}
