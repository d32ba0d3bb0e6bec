/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_strerror(3): A-14. */
#include <security/pam_appl.h>

#include "base/drop.h"
#include "base/intl.h"

static const char *const texts[] = {
	[PAM_SUCCESS] = "Success",
	[PAM_OPEN_ERR] = "Module could not be loaded",
	[PAM_SYMBOL_ERR] = "Module lacks a function",
	[PAM_SERVICE_ERR] = "Error in a module",
	[PAM_SYSTEM_ERR] = "System error",
	[PAM_BUF_ERR] = "Memory error",
	[PAM_PERM_DENIED] = "Permission denied",
	[PAM_AUTH_ERR] = "Authentication failure",
	[PAM_CRED_INSUFFICIENT] =
	    "Insufficient rights to ask for authentication",
	[PAM_AUTHINFO_UNAVAIL] =
	    "Authentication information cannot be reached",
	[PAM_USER_UNKNOWN] =
	    "User not known to the underlying authentication module",
	[PAM_MAXTRIES] =
	    "Have exhausted maximum number of retries for service",
	[PAM_NEW_AUTHTOK_REQD] =
	    "Authentication token must be changed before going on",
	[PAM_ACCT_EXPIRED] = "User account has expired",
	[PAM_SESSION_ERR] = "Session could not be begun or ended",
	[PAM_CRED_UNAVAIL] = "User credentials cannot be reached",
	[PAM_CRED_EXPIRED] = "User credentials have expired",
	[PAM_CRED_ERR] = "User credentials could not be set",
	[PAM_NO_MODULE_DATA] = "No data of a module under this name",
	[PAM_CONV_ERR] = "Conversation error",
	[PAM_AUTHTOK_ERR] = "Authentication token manipulation error",
	[PAM_AUTHTOK_RECOVERY_ERR] =
	    "Old authentication token could not be had",
	[PAM_AUTHTOK_LOCK_BUSY] = "Authentication tokens are locked",
	[PAM_AUTHTOK_DISABLE_AGING] =
	    "Ageing of authentication tokens is off",
	[PAM_TRY_AGAIN] = "Preliminary check failed; nothing was changed",
	[PAM_IGNORE] = "Module is to be ignored",
	[PAM_ABORT] = "Critical error - immediate abort",
	[PAM_AUTHTOK_EXPIRED] = "Authentication token has expired",
	[PAM_MODULE_UNKNOWN] = "Module is unknown",
	[PAM_BAD_ITEM] = "No such item, or not for this caller",
	[PAM_CONV_AGAIN] = "Conversation waits for an event",
	[PAM_INCOMPLETE] = "Call must be made again to go on",
};

const char *
pam_strerror(pam_handle_t *pamh, int errnum)
{
	(void)pamh;
	if (errnum < 0 || (size_t)errnum >= COUNT(texts))
		return intl_text("Unknown PAM error");
	return intl_text(texts[errnum]);
}
