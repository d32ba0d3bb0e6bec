/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_prompt(3), and what it stands on. */
#include "libpam/conv.h"

#include <security/pam_ext.h>
#include <stdlib.h>

#include "base/drop.h"
#include "base/secret.h"
#include "base/text.h"
#include "libpam/delay.h"
#include "libpam/handle.h"
#include "libpam/log.h"

/* Called by a module, the walk waits; called by the program itself, we do, and
 * the handle must not go meanwhile. */
static int LIVE_FRAME
call_out(pam_handle_t *pamh, const struct pam_message **messages,
    struct pam_response **response)
{
	volatile uintptr_t mark = LIVE_MARK(&pamh->talk);
	const struct live before = pamh->talk;
	int rc;

	live_begin(&pamh->talk, &mark);
	rc = pamh->conv.conv(1, messages, response, pamh->conv.appdata_ptr);
	pamh->talk = before;
	mark = 0;
	return rc;
}

int
converse(pam_handle_t *pamh, int style, const char *text, char **reply,
    bool *none)
{
	const struct pam_message message = { style, text };
	const struct pam_message *messages = &message;
	struct pam_response *response = NULL;
	int rc;

	if (reply)
		*reply = NULL;
	if (!pamh->conv.conv) {
		pam_syslog(pamh, LOG_ERR, "no conversation function");
		return PAM_SYSTEM_ERR;
	}
	rc = call_out(pamh, &messages, &response);
	if (style == PAM_PROMPT_ECHO_OFF || style == PAM_PROMPT_ECHO_ON)
		delay_answered(pamh);
	if (none)
		*none = !response;
	if (!response)
		return rc;
	if (reply)
		*reply = response->resp;
	else
		secret_free(response->resp);
	free(response);
	return rc;
}

int
pam_vprompt(pam_handle_t *pamh, int style, char **response, const char *fmt,
    va_list args)
{
	_drop_(secret_freep) char *text = NULL;
	int rc;

	if (response)
		*response = NULL;
	if (!pamh || !fmt)
		return PAM_SYSTEM_ERR;
	text = text_vformat(fmt, args);
	if (!text)
		return PAM_BUF_ERR;
	rc = converse(pamh, style, text, response, NULL);
	if (rc == PAM_SUCCESS)
		return rc;
	pam_syslog(pamh, LOG_ERR, "conversation failed");
	if (response && *response)
		pam_syslog(pamh, LOG_WARNING,
		    "the failed conversation gave an answer");
	return rc;
}

int
pam_prompt(pam_handle_t *pamh, int style, char **response, const char *fmt,
    ...)
{
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = pam_vprompt(pamh, style, response, fmt, args);
	va_end(args);
	return rc;
}
