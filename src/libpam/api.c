/* SPDX-License-Identifier: BSD-2-Clause */
/* The six calls of an application, and what surrounds every one of them. */
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stdlib.h>

#include "libpam/audit.h"
#include "libpam/conf.h"
#include "libpam/delay.h"
#include "libpam/dispatch.h"
#include "libpam/instance.h"
#include "libpam/item.h"
#include "libpam/log.h"
#include "libpam/login_records.h"
#include "libpam/session.h"
#include "libpam/trace.h"

/* K-7: everybody is asked whether he could, and only then does anybody. A
 * resumed second pass does not repeat the first. */
static int
two_passes(pam_handle_t *pamh, int flags)
{
	int rc;

	if (pamh->pending.call == CALL_NONE)
		pamh->pending.update = false;
	if (!pamh->pending.update) {
		rc = dispatch(pamh, CALL_CHAUTHTOK, flags | PAM_PRELIM_CHECK);
		if (rc != PAM_SUCCESS)
			return rc;
		pamh->pending.update = true;
	}
	return dispatch(pamh, CALL_CHAUTHTOK, flags | PAM_UPDATE_AUTHTOK);
}

static void
begin(pam_handle_t *pamh, enum call call)
{
	if (pamh->pending.call != CALL_NONE)
		return;
	trail_clear(&pamh->trail);
	if (!call_kinds[call].secret)
		return;
	item_forget_tokens(pamh);
	delay_begin(pamh);
	if (call == CALL_CHAUTHTOK)
		pamh->verified = false;
}

/* T-1, W-18: what a module left for the next one is not left lying about, but
 * where a policy hands tokens from call to call. */
static void
forget_tokens(pam_handle_t *pamh, enum call call)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;

	if (call_kinds[call].secret ||
	    !conf_names(conf->keep_tokens, pamh->item[PAM_SERVICE]))
		item_forget_tokens(pamh);
}

/* W-14: who did not give his name this time may be asked the next. */
static void
end(pam_handle_t *pamh, enum call call, int rc)
{
	pamh->user_failure = PAM_SUCCESS;
	forget_tokens(pamh, call);
	trace(pamh, call, rc);
	if (call == CALL_CLOSE)
		session_settle(pamh);
	if (call == CALL_AUTHENTICATE && rc != PAM_SUCCESS)
		login_records_refused(pamh);
}

/* one call waits to be made again, and this is another. */
static int
mismatch(pam_handle_t *pamh, enum call call)
{
	pam_syslog(pamh, LOG_ERR,
	    "application failed to re-exec stack [%s:%s]",
	    call_kinds[pamh->pending.call].name, call_kinds[call].name);
	return PAM_ABORT;
}

static int
authenticate(pam_handle_t *pamh, int flags)
{
	return dispatch(pamh, CALL_AUTHENTICATE, flags);
}

static int
set_credentials(pam_handle_t *pamh, int flags)
{
	const int rc = dispatch(pamh, CALL_SETCRED, flags);

	if (rc == PAM_SUCCESS)
		session_credentials(pamh, flags);
	return rc;
}

static int
manage_account(pam_handle_t *pamh, int flags)
{
	return dispatch(pamh, CALL_ACCOUNT, flags);
}

static int (*const call_fns[CALL_COUNT])(pam_handle_t *pamh, int flags) = {
	[CALL_AUTHENTICATE] = authenticate,
	[CALL_SETCRED] = set_credentials,
	[CALL_ACCOUNT] = manage_account,
	[CALL_OPEN] = session_open,
	[CALL_CLOSE] = session_close,
	[CALL_CHAUTHTOK] = two_passes,
};

static int
perform(pam_handle_t *pamh, enum call call, int flags)
{
	int rc = dispatch_refresh(pamh);

	if (rc == PAM_SUCCESS && pamh->pending.call != CALL_NONE &&
	    pamh->pending.call != call)
		return mismatch(pamh, call);
	begin(pamh, call);
	if (rc == PAM_SUCCESS)
		rc = call_fns[call](pamh, flags);
	if (rc != PAM_INCOMPLETE)
		end(pamh, call, rc);
	return rc;
}

static int
serve(pam_handle_t *pamh, enum call call, int flags)
{
	struct audit audit;
	bool busy;
	int rc;

	if (!pamh)
		return PAM_SYSTEM_ERR;
	busy = handle_is_busy(pamh);
	/* W-23: no module acts when nobody could be told. */
	rc = audit_begin(pamh, &audit);
	if (rc == PAM_SUCCESS && busy) {
		rc = PAM_SYSTEM_ERR;
	} else if (rc == PAM_SUCCESS) {
		pamh->running.audit = audit;
		rc = perform(pamh, call, flags);
	}
	rc = audit_finish(pamh, &audit, call, flags, rc);
	/* Last of all: whoever kills a program in its delay leaves a record,
	 * and the program's own function hears the code that it will get. */
	if (call_kinds[call].secret && !busy && rc != PAM_INCOMPLETE)
		delay_end(pamh, rc);
	return rc;
}

int
pam_authenticate(pam_handle_t *pamh, int flags)
{
	return serve(pamh, CALL_AUTHENTICATE, flags);
}

int
pam_setcred(pam_handle_t *pamh, int flags)
{
	return serve(pamh, CALL_SETCRED, flags ? flags : PAM_ESTABLISH_CRED);
}

int
pam_acct_mgmt(pam_handle_t *pamh, int flags)
{
	return serve(pamh, CALL_ACCOUNT, flags);
}

int
pam_open_session(pam_handle_t *pamh, int flags)
{
	return serve(pamh, CALL_OPEN, flags);
}

int
pam_close_session(pam_handle_t *pamh, int flags)
{
	return serve(pamh, CALL_CLOSE, flags);
}

int
pam_chauthtok(pam_handle_t *pamh, int flags)
{
	if (pamh && flags & (PAM_PRELIM_CHECK | PAM_UPDATE_AUTHTOK)) {
		pam_syslog(pamh, LOG_ERR,
		    "pam_chauthtok: the passes are the library's to ask for");
		return PAM_SYSTEM_ERR;
	}
	return serve(pamh, CALL_CHAUTHTOK, flags);
}
