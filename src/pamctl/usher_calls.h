/* SPDX-License-Identifier: BSD-2-Clause */
/* What only our own libpam has. pamctl runs with any: these say whether the
 * one that was found at run time has it. */
#ifndef PAMCTL_USHER_CALLS_H
#define PAMCTL_USHER_CALLS_H

#include <stdbool.h>

#include <security/pam_session.h>

bool usher_has_trail(void);
bool usher_has_attach(void);

/* The id of the transaction, the library's own; NULL: it has none. */
const char *usher_id(pam_handle_t *pamh);

/* As the functions of these names; to be called only if they are there. */
int usher_attach(pam_handle_t *pamh, const char *id);
int usher_trail_step(const pam_handle_t *pamh, unsigned n,
    struct pam_trail_step *step);

#endif
