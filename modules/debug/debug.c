/* SPDX-License-Identifier: BSD-2-Clause */
/* Answer what the policy says, to try stacks out. */
#include "modkit/modkit.h"

struct conf {
	int auth, cred, acct, open_session, close_session;
	int prechauthtok, chauthtok;
};

/* The names that policies use for results. */
static const struct opt_word results[] = {
	{ "success", PAM_SUCCESS },
	{ "open_err", PAM_OPEN_ERR },
	{ "symbol_err", PAM_SYMBOL_ERR },
	{ "service_err", PAM_SERVICE_ERR },
	{ "system_err", PAM_SYSTEM_ERR },
	{ "buf_err", PAM_BUF_ERR },
	{ "perm_denied", PAM_PERM_DENIED },
	{ "auth_err", PAM_AUTH_ERR },
	{ "cred_insufficient", PAM_CRED_INSUFFICIENT },
	{ "authinfo_unavail", PAM_AUTHINFO_UNAVAIL },
	{ "user_unknown", PAM_USER_UNKNOWN },
	{ "maxtries", PAM_MAXTRIES },
	{ "new_authtok_reqd", PAM_NEW_AUTHTOK_REQD },
	{ "acct_expired", PAM_ACCT_EXPIRED },
	{ "session_err", PAM_SESSION_ERR },
	{ "cred_unavail", PAM_CRED_UNAVAIL },
	{ "cred_expired", PAM_CRED_EXPIRED },
	{ "cred_err", PAM_CRED_ERR },
	{ "no_module_data", PAM_NO_MODULE_DATA },
	{ "conv_err", PAM_CONV_ERR },
	{ "authtok_err", PAM_AUTHTOK_ERR },
	{ "authtok_recover_err", PAM_AUTHTOK_RECOVERY_ERR },
	{ "authtok_lock_busy", PAM_AUTHTOK_LOCK_BUSY },
	{ "authtok_disable_aging", PAM_AUTHTOK_DISABLE_AGING },
	{ "try_again", PAM_TRY_AGAIN },
	{ "ignore", PAM_IGNORE },
	{ "abort", PAM_ABORT },
	{ "authtok_expired", PAM_AUTHTOK_EXPIRED },
	{ "module_unknown", PAM_MODULE_UNKNOWN },
	{ "bad_item", PAM_BAD_ITEM },
	{ "conv_again", PAM_CONV_AGAIN },
	{ "incomplete", PAM_INCOMPLETE },
	{ NULL, 0 },
};

/* What is not given is a success that nothing is said about. */
#define UNSAID (-1)

static const struct opt options[] = {
	OPT_ENUM(auth, UNSAID, results, "result of authentication"),
	OPT_ENUM(cred, UNSAID, results, "result of setting credentials"),
	OPT_ENUM(acct, UNSAID, results, "result of account management"),
	OPT_ENUM(open_session, UNSAID, results, "result of opening a session"),
	OPT_ENUM(close_session, UNSAID, results, "result of closing a session"),
	OPT_ENUM(prechauthtok, UNSAID, results,
	    "result of a password change's preliminary round"),
	OPT_ENUM(chauthtok, UNSAID, results, "result of a password change"),
	OPT_END,
};

/* The user sees what the policy made of him. */
static int
answer(struct call *c, const char *option, int result)
{
	if (result == UNSAID)
		return PAM_SUCCESS;
	for (const struct opt_word *w = results; w->name; w++)
		if (w->value == result)
			call_tell(c, PAM_TEXT_INFO, "%s=%s", option, w->name);
	return result;
}

#define ANSWER(field)                                                          \
	static int answer_##field(struct call *c)                              \
	{                                                                      \
		const struct conf *conf = c->conf;                             \
                                                                               \
		return answer(c, #field, conf->field);                         \
	}

ANSWER(auth)
ANSWER(cred)
ANSWER(acct)
ANSWER(open_session)
ANSWER(close_session)
ANSWER(prechauthtok)
ANSWER(chauthtok)

static int
change(struct call *c)
{
	return c->flags & PAM_PRELIM_CHECK ? answer_prechauthtok(c) :
	    answer_chauthtok(c);
}

MODULE(debug, "answer what the policy says",
    .options = options, .conf_size = sizeof(struct conf),
    .auth = answer_auth, .cred = answer_cred, .account = answer_acct,
    .open = answer_open_session, .close = answer_close_session,
    .password = change);
