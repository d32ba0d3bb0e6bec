/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "base/drop.h"
#include "lab.h"

static int
refuse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	return PAM_CONV_ERR;
}

const struct pam_conv lab_conv = { .conv = refuse };

unsigned
lab_told(pam_handle_t *pamh, const char *name)
{
	const char *value = pam_getenv(pamh, name);

	return value ? (unsigned)strtoul(value, NULL, 10) : 0;
}

static bool
all_went_well(const struct login *l)
{
	for (size_t i = 0; i < COUNT(l->answer); i++) {
		if (l->answer[i] != PAM_SUCCESS)
			return false;
	}
	return true;
}

int
lab_step(pam_handle_t *pamh, int step)
{
	switch (step) {
	case LAB_START:
		return PAM_SUCCESS;
	case LAB_AUTH:
		return pam_authenticate(pamh, 0);
	case LAB_CRED:
		return pam_setcred(pamh, PAM_ESTABLISH_CRED);
	case LAB_ACCOUNT:
		return pam_acct_mgmt(pamh, 0);
	case LAB_OPEN:
		return pam_open_session(pamh, 0);
	case LAB_CLOSE:
		return pam_close_session(pamh, 0);
	default:
		return pam_end(pamh, PAM_SUCCESS);
	}
}

void (*lab_between)(void);

bool
lab_login(const char *confdir, const char *service, struct login *out)
{
	pam_handle_t *pamh = NULL;

	*out = (struct login){ 0 };
	out->answer[LAB_START] = pam_start_confdir(service, "alice",
	    &lab_conv, confdir, &pamh);
	if (!pamh)
		return false;
	for (int step = LAB_AUTH; step < LAB_STEPS; step++) {
		if (lab_between)
			lab_between();
		if (step == LAB_END) {
			out->policy = lab_told(pamh, "policy");
			out->part = lab_told(pamh, "part");
			out->module = lab_told(pamh, "module");
		}
		out->answer[step] = lab_step(pamh, step);
	}
	return all_went_well(out);
}
