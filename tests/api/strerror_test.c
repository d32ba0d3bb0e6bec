/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts of codes. */
#include <limits.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

/* Those that programs which read logs compare with. */
static const struct {
	int code;
	const char *text;
} fixed[] = {
	{ PAM_SUCCESS, "Success" },
	{ PAM_PERM_DENIED, "Permission denied" },
	{ PAM_AUTH_ERR, "Authentication failure" },
	{ PAM_USER_UNKNOWN,
	  "User not known to the underlying authentication module" },
	{ PAM_MAXTRIES,
	  "Have exhausted maximum number of retries for service" },
	{ PAM_ACCT_EXPIRED, "User account has expired" },
	{ PAM_CONV_ERR, "Conversation error" },
	{ PAM_AUTHTOK_ERR, "Authentication token manipulation error" },
	{ PAM_ABORT, "Critical error - immediate abort" },
	{ PAM_MODULE_UNKNOWN, "Module is unknown" },
};

static const int strangers[] = { -1, 32, 33, 1000, INT_MAX, INT_MIN };

int
main(void)
{
	const char *unknown = pam_strerror(NULL, 99);

	for (size_t i = 0; i < COUNT(fixed); i++)
		CHECK_STR("kept", fixed[i].text,
		    pam_strerror(NULL, fixed[i].code));
	for (int code = 0; code < 32; code++) {
		const char *text = pam_strerror(NULL, code);

		CHECK("each has a text", text && *text);
		CHECK("a known one", strcmp(text, unknown) != 0);
		for (int other = 0; other < code; other++)
			CHECK("of its own",
			    strcmp(text, pam_strerror(NULL, other)) != 0);
	}
	for (size_t i = 0; i < COUNT(strangers); i++)
		CHECK_STR("one for all others", unknown,
		    pam_strerror(NULL, strangers[i]));
	return TEST_RESULT();
}
