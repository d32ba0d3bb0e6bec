/* SPDX-License-Identifier: BSD-2-Clause */
/* utmp, wtmp, btmp and lastlog for programs that do not keep them, of services
 * that usher.conf(5) names under "login-records". Nothing of this fails a call;
 * what cannot be written is logged. Private to libpam/. */
#ifndef LIBPAM_LOGIN_RECORDS_H
#define LIBPAM_LOGIN_RECORDS_H

#include <security/_pam_types.h>

/* The modules have opened the session. */
void login_records_opened(pam_handle_t *pamh);

/* They are about to close it. */
void login_records_closing(pam_handle_t *pamh);

/* pam_authenticate has failed. */
void login_records_refused(pam_handle_t *pamh);

#endif
