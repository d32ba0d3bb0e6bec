/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/usher_calls.h"

#include <stddef.h>

/* Weak, and not hidden as all else in this program: a hidden one that nobody
 * defines would be NULL for good when the program is linked. */
#define WEAK __attribute__((weak, visibility("default")))

extern __typeof__(pam_session_id) pam_session_id WEAK;
extern __typeof__(pam_session_attach) pam_session_attach WEAK;
extern __typeof__(pam_trail_step) pam_trail_step WEAK;

bool
usher_has_trail(void)
{
	return pam_trail_step != NULL;
}

bool
usher_has_attach(void)
{
	return pam_session_attach != NULL;
}

const char *
usher_id(pam_handle_t *pamh)
{
	const char *id = NULL;

	if (!pam_session_id || pam_session_id(pamh, &id) != PAM_SUCCESS)
		return NULL;
	return id;
}

int
usher_attach(pam_handle_t *pamh, const char *id)
{
	return pam_session_attach(pamh, id);
}

int
usher_trail_step(const pam_handle_t *pamh, unsigned n,
    struct pam_trail_step *step)
{
	return pam_trail_step(pamh, n, step);
}
