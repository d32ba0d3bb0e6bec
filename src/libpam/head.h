/* SPDX-License-Identifier: BSD-2-Clause */
/* What goes into the record of a session that this handle opens. Private to
 * libpam/. */
#ifndef LIBPAM_HEAD_H
#define LIBPAM_HEAD_H

#include <stdint.h>
#include <sys/types.h>

#include <security/_pam_types.h>

struct rows;

/* Whose uid the handle's user has; (uid_t)-1: nobody has that name. */
uid_t head_uid(pam_handle_t *pamh);

/* Make the record, and map it. 0 or -errno. */
int head_write(pam_handle_t *pamh);

/* What can only be told after the walk; inner is the audit session then. */
void head_after(const pam_handle_t *pamh, uint32_t inner, struct rows *to);

#endif
