/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_start, pam_start_confdir, pam_end: S-1 to S-9, S-14, S-15, CL-4, CL-5. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

static pam_handle_t *const untouched = (pam_handle_t *)&rig;

/* S-1: what is missing is refused before anything is done. */
static const struct {
	const char *label, *service;
	bool conv, handle;
	int want;
	const char *log;
} missing[] = {
	{ "no service", NULL, true, true, PAM_SYSTEM_ERR,
	  "2 PAM pam_start: the service is missing\n" },
	{ "no conversation", "svc", false, true, PAM_SYSTEM_ERR,
	  "2 PAM pam_start: the conversation is missing\n" },
	{ "no place for the handle", "svc", true, false, PAM_SYSTEM_ERR,
	  "2 PAM pam_start: the place of the handle is missing\n" },
};

static void
check_missing(void)
{
	for (size_t i = 0; i < COUNT(missing); i++) {
		pam_handle_t *pamh = untouched;

		rig_log_clear();
		CHECK_INT(missing[i].label, missing[i].want,
		    pam_start_confdir(missing[i].service, "alice",
			missing[i].conv ? &rig_conv : NULL, rig_confdir(),
			missing[i].handle ? &pamh : NULL));
		CHECK_STR(missing[i].label, missing[i].log, rig_log());
		CHECK("the handle is untouched", pamh == untouched);
	}
}

/* S-2, S-3: after that it is a handle or NULL. */
static const struct {
	const char *label, *service, *policy;
	int want;
} outcomes[] = {
	{ "a policy", "good", "auth required %M\n", PAM_SUCCESS },
	{ "an empty one, with other", "empty", "", PAM_SUCCESS },
	{ "none, with other", "absent", NULL, PAM_SUCCESS },
	{ "a broken line only refuses", "line", "bogus\n", PAM_SUCCESS },
	{ "a missing module too: M-8", "gone", "auth required /gone.so\n",
	  PAM_SUCCESS },
	{ "a file that breaks off: C-15", "cut", "auth required %M \\\n",
	  PAM_ABORT },
	{ "a module without a name: C-39", "name", "auth required .so\n",
	  PAM_ABORT },
};

static void
check_outcomes(void)
{
	for (size_t i = 0; i < COUNT(outcomes); i++) {
		pam_handle_t *pamh = untouched;

		if (outcomes[i].policy)
			rig_policy(outcomes[i].service, outcomes[i].policy);
		CHECK_INT(outcomes[i].label, outcomes[i].want,
		    pam_start_confdir(outcomes[i].service, NULL, &rig_conv,
			rig_confdir(), &pamh));
		CHECK(outcomes[i].label, !pamh == (outcomes[i].want != 0));
		CHECK_INT("ends, or there is nothing to end: CL-4",
		    pamh ? PAM_SUCCESS : PAM_SYSTEM_ERR, pam_end(pamh, 0));
	}
}

/* S-4: what a service is called, whatever the caller says. */
static const struct {
	const char *name, *service;
} names[] = {
	{ "svc", "svc" }, { "SvC", "svc" }, { "/etc/passwd", "passwd" },
	{ "a/b/Svc", "svc" }, { "../../tmp/evil", "evil" }, { "/", "" },
	{ "a/", "" }, { "", "" }, { ".", "." }, { "..", ".." },
	{ "../..", ".." }, { "S V\tC", "s v\tc" },
	{ "\xc3\x84I", "\xc3\x84i" }, { "a\nb", "a\nb" },
};

static void
check_names(void)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		pam_handle_t *pamh = NULL;
		const void *service = NULL;

		CHECK_INT(names[i].name, PAM_SUCCESS,
		    pam_start_confdir(names[i].name, NULL, &rig_conv,
			rig_confdir(), &pamh));
		pam_get_item(pamh, PAM_SERVICE, &service);
		CHECK_STR(names[i].name, names[i].service, service);
		CHECK_INT("no policy of somebody else's making: CVE-2011-4122",
		    PAM_PERM_DENIED, pam_authenticate(pamh, 0));
		rig_end(pamh);
	}
}

/* S-5: nothing of the caller's is needed afterwards. */
static void
check_copies(void)
{
	char service[] = "svc", user[] = "alice";
	struct pam_conv conv = rig_conv;
	const void *item = NULL;
	pam_handle_t *pamh = NULL;

	rig_policy("svc", "auth required %M\n");
	CHECK_INT("starts", PAM_SUCCESS, pam_start_confdir(service, user,
	    &conv, rig_confdir(), &pamh));
	memset(service, 'x', sizeof service - 1);
	memset(user, 'x', sizeof user - 1);
	conv.conv = NULL;
	pam_get_item(pamh, PAM_SERVICE, &item);
	CHECK_STR("service", "svc", item);
	pam_get_item(pamh, PAM_USER, &item);
	CHECK_STR("user", "alice", item);
	pam_get_item(pamh, PAM_CONV, &item);
	CHECK("conversation",
	    ((const struct pam_conv *)item)->conv == rig_conv.conv);
	rig_end(pamh);
}

/* S-8 */
static void
check_fresh(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", NULL);
	char **list = pam_getenvlist(pamh);
	const void *item = &rig;

	CHECK("no environment", list && !list[0]);
	free(list);
	for (int i = PAM_USER; i <= PAM_AUTHTOK_TYPE; i++) {
		if (i == PAM_CONV || i == PAM_AUTHTOK || i == PAM_OLDAUTHTOK ||
		    i == PAM_XAUTHDATA)
			continue;
		CHECK_INT("item", PAM_SUCCESS, pam_get_item(pamh, i, &item));
		CHECK("not set", !item);
	}
	rig_end(pamh);
}

/* S-7: as the working directory is at that moment, and not later. */
static void
check_relative(void)
{
	pam_handle_t *pamh = NULL;

	rig_policy("svc", "auth required %M\naccount required %M\n"
	    "session required %M\npassword required %M\n");
	CHECK("there", chdir(rig_confdir()) == 0);
	CHECK_INT("a relative folder", PAM_SUCCESS,
	    pam_start_confdir("svc", "a", &rig_conv, ".", &pamh));
	CHECK("elsewhere", chdir("/") == 0);
	CHECK_INT("the policy is in memory: S-6", PAM_SUCCESS,
	    pam_authenticate(pamh, 0));
	rig_end(pamh);
	CHECK_INT("no such folder", PAM_ABORT,
	    pam_start_confdir("svc", "a", &rig_conv, "gone", &pamh));
	CHECK("no handle", !pamh);
}

/* S-6: what is done to the files later does not count for this handle. */
static void
check_read_once(void)
{
	pam_handle_t *before = rig_start("auth required %M a success\n", "a");
	pam_handle_t *after;

	after = rig_start("auth required %M a auth_err\n", "a");
	CHECK_INT("the old handle", PAM_SUCCESS, pam_authenticate(before, 0));
	CHECK_INT("the new one", PAM_AUTH_ERR, pam_authenticate(after, 0));
	rig_end(before);
	rig_end(after);
}

static void
check_end(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n"
	    "session required %M s incomplete\n", "a");

	CHECK_INT("no handle: S-9", PAM_SYSTEM_ERR, pam_end(NULL, 0));
	CHECK_INT("something waits", PAM_INCOMPLETE,
	    pam_open_session(pamh, 0));
	rig.called[0] = '\0';
	CHECK_INT("and it may end: S-14", PAM_SUCCESS,
	    pam_end(pamh, PAM_AUTH_ERR));
	CHECK_STR("nothing is closed by itself: S-13", "", rig.called);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_missing();
	check_outcomes();
	check_names();
	check_copies();
	check_fresh();
	check_relative();
	check_read_once();
	check_end();
	return TEST_RESULT();
}
