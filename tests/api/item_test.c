/* SPDX-License-Identifier: BSD-2-Clause */
/* Items: who may, what is copied, what is forgotten. I-1 to I-11, I-13. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\n"

/* The union of what an item can be. */
static struct pam_xauth_data xauth = { 4, (char[]){ "MIT" }, 3,
	(char[]){ 1, 0, 2 } };

static void
wait_not(int retval, unsigned usec, void *appdata)
{
	(void)retval;
	(void)usec;
	(void)appdata;
}

/* I-3, I-4. */
static const struct {
	int item;
	const char *name;
	int program, module;	/* what getting and setting come to */
} matrix[] = {
	{ PAM_SERVICE, "SERVICE", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_USER, "USER", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_TTY, "TTY", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_RHOST, "RHOST", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_CONV, "CONV", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_AUTHTOK, "AUTHTOK", PAM_BAD_ITEM, PAM_SUCCESS },
	{ PAM_OLDAUTHTOK, "OLDAUTHTOK", PAM_BAD_ITEM, PAM_SUCCESS },
	{ PAM_RUSER, "RUSER", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_USER_PROMPT, "USER_PROMPT", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_FAIL_DELAY, "FAIL_DELAY", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_XDISPLAY, "XDISPLAY", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_XAUTHDATA, "XAUTHDATA", PAM_SUCCESS, PAM_SUCCESS },
	{ PAM_AUTHTOK_TYPE, "AUTHTOK_TYPE", PAM_SUCCESS, PAM_SUCCESS },
	{ 0, "item 0", PAM_BAD_ITEM, PAM_BAD_ITEM },
	{ -1, "item -1", PAM_BAD_ITEM, PAM_BAD_ITEM },
	{ 14, "item 14", PAM_BAD_ITEM, PAM_BAD_ITEM },
	{ 2147483647, "the last item", PAM_BAD_ITEM, PAM_BAD_ITEM },
	{ -2147483647 - 1, "the first item", PAM_BAD_ITEM, PAM_BAD_ITEM },
};

static const void *
value_for(int item)
{
	static union {
		void (*fn)(int, unsigned, void *);
		const void *data;
	} delay = { wait_not };

	switch (item) {
	case PAM_CONV:
		return &rig_conv;
	case PAM_FAIL_DELAY:
		return delay.data;
	case PAM_XAUTHDATA:
		return &xauth;
	default:
		return "Value";
	}
}

/* What get gives for what was set: strings are copies, in lower case for a
 * service; the rest is as it was. */
static bool
is_value(int item, const void *got)
{
	switch (item) {
	case PAM_CONV:
		return memcmp(got, &rig_conv, sizeof rig_conv) == 0;
	case PAM_FAIL_DELAY:
		return got == value_for(item);
	case PAM_XAUTHDATA:
		return ((const struct pam_xauth_data *)got)->datalen == 3;
	case PAM_SERVICE:
		return strcmp(got, "value") == 0;
	default:
		return strcmp(got, "Value") == 0;
	}
}

static void
check_matrix(pam_handle_t *pamh, bool module)
{
	for (size_t i = 0; i < COUNT(matrix); i++) {
		const int item = matrix[i].item;
		const int want = module ? matrix[i].module : matrix[i].program;
		const void *got = &rig;

		CHECK_INT(matrix[i].name, want,
		    pam_set_item(pamh, item, value_for(item)));
		CHECK_INT(matrix[i].name, want,
		    pam_get_item(pamh, item, &got));
		CHECK(matrix[i].name, want ? !got : is_value(item, got));
	}
}

static int
matrix_in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	check_matrix(pamh, true);
	return PAM_SUCCESS;
}

static int done_in_module;

/* I-5: the conversation that a module began. */
static void
matrix_in_conversation(pam_handle_t *pamh)
{
	done_in_module++;
	check_matrix(pamh, true);
}

static int
ask_in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *user;

	(void)call;
	CHECK_INT("asked", PAM_SUCCESS, pam_get_user(pamh, &user, NULL));
	return PAM_SUCCESS;
}

static void
check_who(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	check_matrix(pamh, false);
	rig_end(pamh);

	pamh = rig_start(POLICY, NULL);
	rig.module = matrix_in_module;
	CHECK_INT("in a module", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_end(pamh);

	pamh = rig_start(POLICY, NULL);
	rig.module = ask_in_module;
	rig.during = matrix_in_conversation;
	rig.reply[0] = (struct rig_reply)SAY("alice");
	CHECK_INT("in a conversation", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT("which took place", 1, done_in_module);
	rig_reset();
	rig_end(pamh);
}

static void
check_arguments(void)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice");
	const void *got = &rig;

	CHECK_INT("no handle: I-1", PAM_SYSTEM_ERR,
	    pam_set_item(NULL, PAM_USER, "a"));
	CHECK_INT("no handle: I-1", PAM_SYSTEM_ERR,
	    pam_get_item(NULL, PAM_USER, &got));
	CHECK_INT("no result: I-2", PAM_PERM_DENIED,
	    pam_get_item(pamh, PAM_USER, NULL));
	CHECK_INT("SERVICE stays set: I-8", PAM_BAD_ITEM,
	    pam_set_item(pamh, PAM_SERVICE, NULL));
	CHECK("and that is logged", rig_logged("PAM_SERVICE"));
	CHECK_INT("CONV stays set: I-10", PAM_PERM_DENIED,
	    pam_set_item(pamh, PAM_CONV, NULL));
	pam_get_item(pamh, PAM_SERVICE, &got);
	CHECK_STR("as it was", "svc", got);
	rig_end(pamh);
}

/* I-6: the old value is read before it goes. */
static void
check_aliases(void)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice@example.org");
	const void *first = NULL, *again = NULL;

	pam_get_item(pamh, PAM_USER, &first);
	CHECK_INT("its own value", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_USER, first));
	pam_get_item(pamh, PAM_USER, &again);
	CHECK("is the same string", first == again);
	CHECK_INT("a part of it", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_USER, (const char *)first + 6));
	pam_get_item(pamh, PAM_USER, &again);
	CHECK_STR("is copied first", "example.org", again);
	CHECK_INT("another item's", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_RUSER, again));
	CHECK_INT("cleared", PAM_SUCCESS, pam_set_item(pamh, PAM_USER, NULL));
	pam_get_item(pamh, PAM_USER, &again);
	CHECK("is NULL", !again);
	pam_get_item(pamh, PAM_RUSER, &again);
	CHECK_STR("stays the other's", "example.org", again);
	pam_get_item(pamh, PAM_SERVICE, &first);
	CHECK_INT("the service's own", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_SERVICE, first));
	CHECK_INT("is no change of service", PAM_SUCCESS,
	    pam_authenticate(pamh, 0));
	rig_end(pamh);
}

/* I-10: the structure is the handle's own. */
static void
check_conv(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const void *conv = NULL;
	const char *user = NULL;

	pam_get_item(pamh, PAM_CONV, &conv);
	((struct pam_conv *)(size_t)conv)->conv = NULL;
	CHECK_INT("what is written there counts", PAM_CONV_ERR,
	    pam_get_user(pamh, &user, NULL));
	CHECK_INT("set again", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_CONV, &rig_conv));
	rig.reply[0] = (struct rig_reply)SAY("bob");
	CHECK_INT("it is asked: I-11", PAM_SUCCESS,
	    pam_get_user(pamh, &user, NULL));
	rig_reset();
	rig_end(pamh);
}

/* I-13: a failure leaves the items as they are, but for tokens. */
static int
set_and_fail(pam_handle_t *pamh, const struct rig_call *call)
{
	const void *token = NULL;

	(void)call;
	pam_get_item(pamh, PAM_AUTHTOK, &token);
	CHECK("no token is left from before", !token);
	pam_set_item(pamh, PAM_AUTHTOK, "secret");
	pam_set_item(pamh, PAM_RHOST, "host");
	return PAM_AUTH_ERR;
}

static void
check_failure(void)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice");
	const void *item = NULL;

	rig.module = set_and_fail;
	for (int i = 0; i < 2; i++)
		CHECK_INT("fails", PAM_AUTH_ERR, pam_authenticate(pamh, 0));
	pam_get_item(pamh, PAM_RHOST, &item);
	CHECK_STR("the host stays", "host", item);
	pam_get_item(pamh, PAM_USER, &item);
	CHECK_STR("the user too", "alice", item);
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_who();
	check_arguments();
	check_aliases();
	check_conv();
	check_failure();
	return TEST_RESULT();
}
