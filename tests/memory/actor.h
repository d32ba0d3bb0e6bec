/* SPDX-License-Identifier: BSD-2-Clause */
/* What the actor, a module for tests, agrees on with who loads it. */
#ifndef ACTOR_H
#define ACTOR_H

#include <security/_pam_types.h>

/* The program's: what the actor's "show=WORD" calls while it runs, and answers
 * with. Without it PAM_SUCCESS. */
__attribute__((weak, visibility("default"))) int actor_show(
    pam_handle_t *pamh, const char *word);

#endif
