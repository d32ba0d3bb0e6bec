/* SPDX-License-Identifier: BSD-2-Clause */
/* Other spellings of names in _pam_types.h, for sources written on another
 * system or long ago. Numbers of other systems are not taken over. */
#ifndef _SECURITY__PAM_COMPAT_H
#define _SECURITY__PAM_COMPAT_H

#include <security/_pam_types.h>

#ifndef PAM_AUTHTOK_RECOVER_ERR
#define PAM_AUTHTOK_RECOVER_ERR PAM_AUTHTOK_RECOVERY_ERR
#endif

#endif
