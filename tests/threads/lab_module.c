/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that tells which version of it is running, and which one of the
 * policy asked for it. Arguments:
 *   policy=N, part=N   left in the environment: the version of a text
 *   agree=N            CRED_ERR unless "part" is "policy" or up to N older
 *   answer=N           this code, from every function
 *   call               lab_called() in the program decides
 *   data               leaves data that tell lab_cleaned() of their end
 *   ask                AUTH_ERR unless the user answers "yes" */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab_module.h"

/* Read from the file at each use: the tests write another number into it. */
static const volatile struct lab_stamp stamp = { LAB_MARK, 1 };

static void __attribute__((constructor))
loaded(void)
{
	if (lab_loaded)
		lab_loaded(stamp.version);
}

static void __attribute__((destructor))
unloaded(void)
{
	if (lab_unloaded)
		lab_unloaded(stamp.version);
}

static int
told(pam_handle_t *pamh, const char *name)
{
	const char *value = pam_getenv(pamh, name);

	return value ? atoi(value) : 0;
}

static int
agree(pam_handle_t *pamh, int slack)
{
	const int late = told(pamh, "policy") - told(pamh, "part");

	return late >= 0 && late <= slack ? PAM_SUCCESS : PAM_CRED_ERR;
}

static void
cleaned(pam_handle_t *pamh, void *data, int status)
{
	(void)pamh;
	(void)data;
	if (lab_cleaned)
		lab_cleaned(status);
}

static int
ask(pam_handle_t *pamh)
{
	char *reply = NULL;
	int rc = pam_prompt(pamh, PAM_PROMPT_ECHO_ON, &reply, "yes? ");

	if (rc == PAM_SUCCESS && (!reply || strcmp(reply, "yes") != 0))
		rc = PAM_AUTH_ERR;
	free(reply);
	return rc;
}

static int
follow(pam_handle_t *pamh, const char *arg)
{
	if (strncmp(arg, "policy=", 7) == 0 || strncmp(arg, "part=", 5) == 0)
		return pam_putenv(pamh, arg);
	if (strncmp(arg, "agree=", 6) == 0)
		return agree(pamh, atoi(arg + 6));
	if (strncmp(arg, "answer=", 7) == 0)
		return atoi(arg + 7);
	if (strcmp(arg, "call") == 0 && lab_called)
		return lab_called();
	if (strcmp(arg, "data") == 0)
		return pam_set_data(pamh, "lab", NULL, cleaned);
	if (strcmp(arg, "ask") == 0)
		return ask(pamh);
	return PAM_SERVICE_ERR;
}

static int
serve(pam_handle_t *pamh, int argc, const char **argv)
{
	char text[32];
	int rc;

	snprintf(text, sizeof text, "module=%u", stamp.version);
	rc = pam_putenv(pamh, text);
	for (int i = 0; i < argc && rc == PAM_SUCCESS; i++)
		rc = follow(pamh, argv[i]);
	return rc;
}

#define SERVE(name)                                                            \
	__attribute__((visibility("default"))) int name(pam_handle_t *pamh,    \
	    int flags, int argc, const char **argv)                            \
	{                                                                      \
		(void)flags;                                                   \
		return serve(pamh, argc, argv);                                \
	}

SERVE(pam_sm_authenticate)
SERVE(pam_sm_setcred)
SERVE(pam_sm_acct_mgmt)
SERVE(pam_sm_open_session)
SERVE(pam_sm_close_session)
SERVE(pam_sm_chauthtok)
