/* SPDX-License-Identifier: BSD-2-Clause */
/* Items as libpam itself handles them. Private to libpam/. */
#ifndef LIBPAM_ITEM_H
#define LIBPAM_ITEM_H

#include <security/_pam_types.h>

/* Set a string item to a copy of value, or to nothing; the old value is wiped.
 * PAM_SUCCESS or PAM_BUF_ERR. */
int item_set(pam_handle_t *pamh, int item, const char *value);

/* The name of a service as policies are named: what follows the last slash,
 * in lower case (S-4, W-16). The caller's to free; NULL: no memory. */
char *item_service(const char *name);

/* Wipe the tokens (T-1). */
void item_forget_tokens(pam_handle_t *pamh);

/* Wipe and free every item. */
void item_free_all(pam_handle_t *pamh);

#endif
