/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_get_authtok(3) and its two halves: core rules T. */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/intl.h"
#include "base/secret.h"
#include "base/text.h"
#include "libpam/conv.h"
#include "libpam/handle.h"
#include "libpam/item.h"
#include "libpam/log.h"

/* What is asked for, and how often. */
struct question {
	int item;
	bool fresh;		/* a new password: T-4 */
	bool twice;
	const char *prompt;	/* the module's own words, or NULL */
};

static const struct {
	const char *plain, *typed;	/* without and with a type: T-9 */
} words[] = {
	{ "Password: ", "Password: " },
	{ "Current password: ", "Current %s password: " },
	{ "New password: ", "New %s password: " },
	{ "Retype new password: ", "Retype new %s password: " },
};

enum wording { ASK_ANY, ASK_OLD, ASK_NEW, ASK_RETYPE };

/* T-7: the value of an option of the module that is running; NULL without. */
static const char *
option(const pam_handle_t *pamh, const char *name)
{
	const struct entry *e = pamh->running.entry;

	for (int i = 0; e && i < e->argc; i++) {
		const char *after = text_after(e->argv[i], name);

		if (after && *after == '\0')
			return after;
		if (after && *after == '=')
			return after + 1;
	}
	return NULL;
}

/* T-8: what kind of password it is, for the prompts of a change. */
static const char *
token_type(pam_handle_t *pamh)
{
	const char *type;

	if (pamh->running.call != CALL_CHAUTHTOK)
		return NULL;
	type = option(pamh, "authtok_type");
	if (type)
		item_set(pamh, PAM_AUTHTOK_TYPE, type);
	else
		type = pamh->item[PAM_AUTHTOK_TYPE];
	return type && *type ? type : NULL;
}

/* Ask one question. T-10: whatever goes wrong is PAM_AUTHTOK_ERR. */
static int
ask(pam_handle_t *pamh, const char *format, const char *word, char **reply)
{
	int rc;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	rc = pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, reply, format, word);
#pragma GCC diagnostic pop
	return rc == PAM_SUCCESS && *reply ? rc : PAM_AUTHTOK_ERR;
}

/* The same in our words. */
static int
ask_ours(pam_handle_t *pamh, enum wording wording, char **reply)
{
	const char *type = token_type(pamh);
	const char *format = type ? words[wording].typed : words[wording].plain;

	return ask(pamh, intl_format(format), type, reply);
}

static int
ask_first(pam_handle_t *pamh, const struct question *q, char **reply)
{
	enum wording wording = ASK_ANY;

	if (q->prompt)
		return ask(pamh, "%s", q->prompt, reply);
	if (q->fresh)
		wording = ASK_NEW;
	else if (q->item == PAM_OLDAUTHTOK)
		wording = ASK_OLD;
	return ask_ours(pamh, wording, reply);
}

static int
ask_again(pam_handle_t *pamh, const char *prompt, char **reply)
{
	if (prompt)
		return ask(pamh, intl_format("Retype %s"), prompt, reply);
	return ask_ours(pamh, ASK_RETYPE, reply);
}

static int
aborted(pam_handle_t *pamh)
{
	pam_error(pamh, "%s", intl_text("Password change has been aborted."));
	return PAM_AUTHTOK_ERR;
}

static int
mismatch(pam_handle_t *pamh)
{
	pam_error(pamh, "%s", intl_text("Sorry, passwords do not match."));
	return PAM_TRY_AGAIN;
}

static int
store(pam_handle_t *pamh, int item, const char *token, const char **out)
{
	const int rc = pam_set_item(pamh, item, token);

	if (rc != PAM_SUCCESS)
		return rc;
	return pam_get_item(pamh, item, (const void **)out);
}

/* The module's words may be an item, which the conversation may set. */
static int
ask_twice(pam_handle_t *pamh, const struct question *q, char **first,
    char **second)
{
	_drop_(freep) char *prompt = q->prompt ? strdup(q->prompt) : NULL;
	int rc;

	if (q->prompt && !prompt)
		return PAM_BUF_ERR;
	rc = ask_first(pamh, q, first);
	return rc == PAM_SUCCESS ? ask_again(pamh, prompt, second) : rc;
}

static int
ask_all(pam_handle_t *pamh, const struct question *q, const char **out)
{
	_drop_(secret_freep) char *first = NULL;
	_drop_(secret_freep) char *second = NULL;
	int rc;

	rc = q->twice ? ask_twice(pamh, q, &first, &second) :
	    ask_first(pamh, q, &first);
	if (rc != PAM_SUCCESS)
		return q->fresh ? aborted(pamh) : rc;
	if (q->twice && !secret_equal(first, second))
		return mismatch(pamh);
	rc = store(pamh, q->item, first, out);
	if (rc == PAM_SUCCESS && q->fresh)
		pamh->verified = q->twice;
	return rc;
}

/* T-6: the module wants what another module got, and there is none. */
static int
may_ask(const pam_handle_t *pamh, const struct question *q)
{
	if (option(pamh, "use_first_pass") ||
	    (q->fresh && option(pamh, "use_authtok")))
		return q->fresh ? PAM_AUTHTOK_ERR : PAM_AUTH_ERR;
	return PAM_SUCCESS;
}

static bool
is_string(int item)
{
	return item != PAM_CONV && item != PAM_FAIL_DELAY &&
	    item != PAM_XAUTHDATA;
}

static int
get(pam_handle_t *pamh, const char **out, const struct question *q)
{
	const void *have = NULL;
	int rc;

	if (!pamh || !out)
		return PAM_SYSTEM_ERR;
	if (!is_string(q->item))
		return PAM_BAD_ITEM;
	*out = NULL;
	if (pam_get_item(pamh, q->item, &have) == PAM_SUCCESS && have) {
		*out = have;
		return PAM_SUCCESS;
	}
	/* The type is for the modules behind this one too, asked or not. */
	token_type(pamh);
	rc = may_ask(pamh, q);
	return rc == PAM_SUCCESS ? ask_all(pamh, q, out) : rc;
}

static bool
is_fresh(const pam_handle_t *pamh, int item)
{
	return pamh && pamh->running.call == CALL_CHAUTHTOK &&
	    item == PAM_AUTHTOK;
}

int
pam_get_authtok(pam_handle_t *pamh, int item, const char **authtok,
    const char *prompt)
{
	const bool fresh = is_fresh(pamh, item);

	return get(pamh, authtok,
	    &(struct question){ item, fresh, fresh, prompt });
}

int
pam_get_authtok_noverify(pam_handle_t *pamh, const char **authtok,
    const char *prompt)
{
	return get(pamh, authtok, &(struct question){
	    PAM_AUTHTOK, is_fresh(pamh, PAM_AUTHTOK), false, prompt });
}

static int
verify(pam_handle_t *pamh, const char **authtok, const char *prompt)
{
	/* Mostly the item itself, which the conversation may set. */
	_drop_(secret_freep) char *typed = strdup(*authtok);
	_drop_(secret_freep) char *reply = NULL;
	int rc = typed ? ask_again(pamh, prompt, &reply) : PAM_BUF_ERR;

	if (rc != PAM_SUCCESS)
		rc = aborted(pamh);
	else if (!secret_equal(typed, reply))
		rc = mismatch(pamh);
	if (rc != PAM_SUCCESS) {
		pam_set_item(pamh, PAM_AUTHTOK, NULL);
		return rc;
	}
	rc = store(pamh, PAM_AUTHTOK, reply, authtok);
	pamh->verified = rc == PAM_SUCCESS;
	return rc;
}

int
pam_get_authtok_verify(pam_handle_t *pamh, const char **authtok,
    const char *prompt)
{
	if (!pamh || !authtok || pamh->running.call != CALL_CHAUTHTOK)
		return PAM_SYSTEM_ERR;
	if (pamh->verified)
		return pam_get_item(pamh, PAM_AUTHTOK, (const void **)authtok);
	if (!*authtok)
		return PAM_SYSTEM_ERR;
	return verify(pamh, authtok, prompt);
}
