/* SPDX-License-Identifier: BSD-2-Clause */
/* A transaction for a service whose policy is gone or broken: its sessions are
 * closed by what is on record of them. */
#ifndef PAMCTL_REAP_MAKESHIFT_H
#define PAMCTL_REAP_MAKESHIFT_H

#include <security/pam_appl.h>

/* As pam_start, with a policy that refuses whatever is asked. */
int makeshift_start(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh);

#endif
