/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_get_user(3): core rules U. */
#include <security/pam_modules.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/intl.h"
#include "base/secret.h"
#include "libpam/conv.h"
#include "libpam/handle.h"
#include "libpam/item.h"
#include "libpam/log.h"

static const char *
prompt_text(const pam_handle_t *pamh, const char *prompt)
{
	if (prompt)
		return prompt;
	if (pamh->item[PAM_USER_PROMPT])
		return pamh->item[PAM_USER_PROMPT];
	return intl_text("login:");
}

/* U-5: the codes that callers know; anything else is a broken conversation. */
static int
known_code(int rc)
{
	switch (rc) {
	case PAM_SUCCESS:
	case PAM_BUF_ERR:
	case PAM_CONV_AGAIN:
		return rc;
	default:
		return PAM_CONV_ERR;
	}
}

static int
ask(pam_handle_t *pamh, const char *text)
{
	_drop_(secret_freep) char *reply = NULL;
	int rc;

	rc = known_code(converse(pamh, PAM_PROMPT_ECHO_ON, text, &reply, NULL));
	if (rc == PAM_SUCCESS && !reply)
		rc = PAM_CONV_ERR;
	if (rc != PAM_SUCCESS && reply)
		pam_syslog(pamh, LOG_WARNING,
		    "the failed conversation gave an answer");
	if (rc == PAM_SUCCESS)
		rc = item_set(pamh, PAM_USER, reply);
	return rc;
}

/* U-7: what was put off must be asked for in the same words. Takes text. */
static int
ask_or_put_off(pam_handle_t *pamh, char *text)
{
	int rc;

	if (pamh->user_prompt && strcmp(pamh->user_prompt, text) != 0) {
		pam_syslog(pamh, LOG_ERR,
		    "another question for the user's name is open");
		free(text);
		return PAM_ABORT;
	}
	rc = ask(pamh, text);
	free(pamh->user_prompt);
	pamh->user_prompt = rc == PAM_CONV_AGAIN ? text : NULL;
	if (rc == PAM_CONV_AGAIN)
		return rc;
	free(text);
	pamh->user_failure = rc;
	return rc;
}

int
pam_get_user(pam_handle_t *pamh, const char **user, const char *prompt)
{
	char *text;
	int rc;

	if (!pamh || !user)
		return PAM_SYSTEM_ERR;
	*user = pamh->item[PAM_USER];
	if (*user)
		return PAM_SUCCESS;
	if (pamh->user_failure != PAM_SUCCESS)
		return pamh->user_failure;

	/* A copy: the conversation may set the item that it came from. */
	text = strdup(prompt_text(pamh, prompt));
	if (!text)
		return PAM_BUF_ERR;
	rc = ask_or_put_off(pamh, text);
	if (rc == PAM_SUCCESS)
		*user = pamh->item[PAM_USER];
	return rc;
}
