/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of the scenarios: each is one call of the library. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_ext.h>
#include <security/pam_misc.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>

#include "base/drop.h"
#include "base/secret.h"
#include "pamtest.h"
#include "stage.h"

static void
show(struct play *play, const char *text)
{
	snprintf(play->text, sizeof play->text, "%s", text ? text : "(null)");
}

/* Service text; for nobody in particular, or with n for root. */
int
step_start(struct play *play, const struct step *step)
{
	const struct pam_conv conv = { stage_converse, play };
	const char *user = step->n ? "root" : NULL;

	return play->scenario->system ?
	    pam_start(step->text, user, &conv, &play->pamh) :
	    pam_start_confdir(step->text, user, &conv, pamtest_confdir(),
	    &play->pamh);
}

int
step_end(struct play *play, const struct step *step)
{
	const int rc = pam_end(play->pamh, step->n);

	play->pamh = NULL;
	return rc;
}

int
step_call_auth(struct play *play, const struct step *step)
{
	return pam_authenticate(play->pamh, step->n);
}

int
step_call_cred(struct play *play, const struct step *step)
{
	return pam_setcred(play->pamh, step->n);
}

int
step_call_account(struct play *play, const struct step *step)
{
	return pam_acct_mgmt(play->pamh, step->n);
}

int
step_call_open(struct play *play, const struct step *step)
{
	return pam_open_session(play->pamh, step->n);
}

int
step_call_close(struct play *play, const struct step *step)
{
	return pam_close_session(play->pamh, step->n);
}

int
step_call_change(struct play *play, const struct step *step)
{
	return pam_chauthtok(play->pamh, step->n);
}

/* Item n becomes text. */
int
step_set(struct play *play, const struct step *step)
{
	return pam_set_item(play->pamh, step->n, step->text);
}

int
step_get(struct play *play, const struct step *step)
{
	const void *value = NULL;
	const int rc = pam_get_item(play->pamh, step->n, &value);

	show(play, value);
	return rc;
}

int
step_unset(struct play *play, const struct step *step)
{
	return pam_set_item(play->pamh, step->n, NULL);
}

int
step_xauth(struct play *play, const struct step *step)
{
	_drop_(freep) char *copy = strdup(step->text);
	const struct pam_xauth_data x = {
		.namelen = (int)strlen(step->text), .name = copy,
		.datalen = step->n, .data = copy,
	};

	return copy ? pam_set_item(play->pamh, PAM_XAUTHDATA, &x) : PAM_BUF_ERR;
}

int
step_conv(struct play *play, const struct step *step)
{
	const struct pam_conv conv = { stage_converse, play };

	(void)step;
	return pam_set_item(play->pamh, PAM_CONV, &conv);
}

int
step_putenv(struct play *play, const struct step *step)
{
	return pam_putenv(play->pamh, step->text);
}

/* So many variables, and as many again in their places. */
int
step_envs(struct play *play, const struct step *step)
{
	char pair[64];
	int rc = PAM_SUCCESS;

	for (int i = 0; i < 2 * step->n && rc == PAM_SUCCESS; i++) {
		snprintf(pair, sizeof pair, "N%d=%d", i % step->n, i);
		rc = pam_putenv(play->pamh, pair);
	}
	return rc;
}

int
step_getenv(struct play *play, const struct step *step)
{
	show(play, pam_getenv(play->pamh, step->text));
	return PAM_SUCCESS;
}

int
step_list(struct play *play, const struct step *step)
{
	char **list = pam_getenvlist(play->pamh);
	size_t n = 0;

	(void)step;
	while (list && list[n])
		n++;
	snprintf(play->text, sizeof play->text, "%zu %s", n,
	    n ? list[n - 1] : "");
	if (!list)
		return PAM_BUF_ERR;
	pam_misc_drop_env(list);
	return PAM_SUCCESS;
}

int
step_setenv(struct play *play, const struct step *step)
{
	return pam_misc_setenv(play->pamh, step->text, "value", step->n);
}

int
step_paste(struct play *play, const struct step *step)
{
	const char *const list[] = { "P=1", step->text, "Q=2", NULL };

	return pam_misc_paste_env(play->pamh, list);
}

int
step_user(struct play *play, const struct step *step)
{
	const char *user = NULL;
	const int rc = pam_get_user(play->pamh, &user, step->text);

	show(play, user);
	return rc;
}

/* One question of style n. */
int
step_prompt(struct play *play, const struct step *step)
{
	_drop_(secret_freep) char *reply = NULL;
	const int rc = pam_prompt(play->pamh, step->n, &reply, "%s",
	    step->text);

	show(play, reply);
	return rc;
}

int
step_pw(struct play *play, const struct step *step)
{
	const struct passwd *pw = pam_modutil_getpwnam(play->pamh, step->text);

	show(play, pw ? pw->pw_dir : NULL);
	return pw ? PAM_SUCCESS : PAM_BUF_ERR;
}

int
step_key(struct play *play, const struct step *step)
{
	_drop_(freep) char *value = pam_modutil_search_key(play->pamh,
	    "/etc/login.defs", step->text);

	show(play, value);
	return value ? PAM_SUCCESS : PAM_BUF_ERR;
}

/* What needs no memory and cannot fail. */
int
step_nothing(struct play *play, const struct step *step)
{
	(void)step;
	snprintf(play->text, sizeof play->text, "%s",
	    pam_strerror(play->pamh, PAM_ABORT));
	return pam_fail_delay(play->pamh, 1);
}
