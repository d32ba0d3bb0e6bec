/* SPDX-License-Identifier: BSD-2-Clause */
/* PAM_SERVICE set anew: I-9, X-3, X-24, W-5, W-12, W-16, F-8. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

static const struct {
	const char *set, *service;
	int want;		/* of the next call */
} changes[] = {
	{ "second", "second", PAM_ACCT_EXPIRED },
	{ "SECOND", "second", PAM_ACCT_EXPIRED },
	{ "dir/Second", "second", PAM_ACCT_EXPIRED },	/* W-16 */
	{ "/etc/shadow", "shadow", PAM_PERM_DENIED },
	{ "svc", "svc", PAM_AUTH_ERR },
	{ "", "", PAM_PERM_DENIED },
	{ "broken", "broken", PAM_ABORT },
};

static void
check_changes(void)
{
	rig_policy("second", "auth required %M b acct_expired\n");
	rig_policy("broken", "auth required %M b success \\\n");
	for (size_t i = 0; i < COUNT(changes); i++) {
		pam_handle_t *pamh = rig_start(
		    "auth required %M a auth_err\n", "alice");
		const void *service = NULL;

		CHECK_INT(changes[i].set, PAM_SUCCESS,
		    pam_set_item(pamh, PAM_SERVICE, changes[i].set));
		pam_get_item(pamh, PAM_SERVICE, &service);
		CHECK_STR(changes[i].set, changes[i].service, service);
		CHECK_INT(changes[i].set, changes[i].want,
		    pam_authenticate(pamh, 0));
		CHECK_INT("and so the next", changes[i].want,
		    pam_authenticate(pamh, 0));
		rig_end(pamh);
	}
}

/* A policy that cannot be used refuses, and a good one afterwards works. */
static void
check_way_back(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a success\n"
	    "session required %M s success\n", "alice");

	pam_set_item(pamh, PAM_SERVICE, "broken");
	rig_log_clear();
	CHECK_INT("every call", PAM_ABORT, pam_setcred(pamh, 0));
	CHECK_INT("refuses", PAM_ABORT, pam_open_session(pamh, 0));
	CHECK("and the log says why", rig_logged("/broken:1"));
	pam_set_item(pamh, PAM_SERVICE, "svc");
	CHECK_INT("back", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_end(pamh);
}

/* what was answered under one policy says nothing under the next. */
static void
check_kept(void)
{
	pam_handle_t *pamh = rig_start(
	    "auth sufficient %M a success\nauth required %M b success\n", "x");

	rig_reset();
	pam_authenticate(pamh, 0);
	pam_setcred(pamh, 0);
	CHECK_STR("followed", " a.authenticate a.setcred", rig.called);
	pam_set_item(pamh, PAM_SERVICE, "SVC");
	rig_policy("svc", "auth [default=ignore] %M a success\n"
	    "auth required %M b success\n");
	rig_reset();
	pam_setcred(pamh, 0);
	CHECK_STR("forgotten", " a.setcred b.setcred", rig.called);
	rig_end(pamh);
}

/* W-12, R-7 */
static void
check_pending(void)
{
	pam_handle_t *pamh = rig_start(
	    "auth required %M a incomplete,success\n", "alice");

	CHECK_INT("waits", PAM_INCOMPLETE, pam_authenticate(pamh, 0));
	pam_set_item(pamh, PAM_SERVICE, "second");
	rig_log_clear();
	CHECK_INT("belongs to what was", PAM_ABORT, pam_authenticate(pamh, 0));
	CHECK("which is logged", rig_logged("service changed while "
	    "pam_authenticate waited"));
	CHECK_INT("then the new one counts", PAM_ACCT_EXPIRED,
	    pam_authenticate(pamh, 0));
	rig_end(pamh);
}

/* W-5, D-8: data of a module of the policy before. */
static int cleaned;

static void
clean(pam_handle_t *pamh, void *data, int status)
{
	(void)pamh;
	(void)status;
	cleaned++;
	CHECK_STR("the data", "data", data);
	free(data);
}

static int
keep_data(pam_handle_t *pamh, const struct rig_call *call)
{
	const void *data;

	(void)call;
	if (pam_get_data(pamh, "d", &data) == PAM_SUCCESS)
		CHECK_STR("is still there", "data", data);
	else
		CHECK_INT("kept", PAM_SUCCESS,
		    pam_set_data(pamh, "d", strdup("data"), clean));
	return PAM_SUCCESS;
}

static void
check_data(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", "alice");

	rig.module = keep_data;
	for (int i = 0; i < 5; i++) {
		CHECK_INT("works", PAM_SUCCESS, pam_authenticate(pamh, 0));
		rig_policy("third", "auth required %M x\n");
		pam_set_item(pamh, PAM_SERVICE, i % 2 ? "svc" : "third");
	}
	CHECK_INT("not cleaned up by a change", 0, cleaned);
	rig_end(pamh);
	CHECK_INT("but at the end", 1, cleaned);
	rig_reset();
}

/* C-32: arguments are the module's to write on, and to keep. */
static const char *kept_argument;

static int
scribble(pam_handle_t *pamh, const struct rig_call *call)
{
	char *word = (char *)(size_t)call->argv[0];

	(void)pamh;
	CHECK("W-20: the vector ends", !call->argv[call->argc]);
	if (strcmp(call->what, "setcred") == 0)
		CHECK_STR("setcred has its own", "word", word);
	word[0] = 'W';
	if (!kept_argument)
		kept_argument = word;
	return PAM_SUCCESS;
}

static void
check_arguments(void)
{
	pam_handle_t *pamh = rig_start("auth required %M word\n", "alice");

	rig.module = scribble;
	CHECK_INT("writes", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT("writes", PAM_SUCCESS, pam_setcred(pamh, 0));
	rig_reset();
	pam_set_item(pamh, PAM_SERVICE, "second");
	pam_authenticate(pamh, 0);
	CHECK_STR("lasts until the end", "Word", kept_argument);
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_changes();
	check_way_back();
	check_kept();
	check_pending();
	check_data();
	check_arguments();
	return TEST_RESULT();
}
