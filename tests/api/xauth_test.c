/* SPDX-License-Identifier: BSD-2-Clause */
/* PAM_XAUTHDATA: I-12, W-19. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\n"

static const struct pam_xauth_data xauth = { 4, (char[]){ "MIT" }, 3,
	(char[]){ 1, 0, 2 } };

static const struct {
	const char *label, *name;
	bool place;		/* of data */
	int datalen, want;
} xauths[] = {
	{ "all of it", "MIT-MAGIC", true, 3, PAM_SUCCESS },
	{ "no data is data too", "MIT", true, 0, PAM_SUCCESS },
	{ "no name", NULL, true, 3, PAM_BUF_ERR },
	{ "no place of data", "MIT", false, 3, PAM_BUF_ERR },
	{ "a negative length", "MIT", true, -1, PAM_BUF_ERR },
};

static void
compare_xauth(size_t row, const struct pam_xauth_data *want,
    const struct pam_xauth_data *got)
{
	if (xauths[row].want) {
		CHECK("it is empty", !got->name && !got->data &&
		    !got->datalen && !got->namelen);
		return;
	}
	CHECK_STR("name, whatever its length says", want->name, got->name);
	CHECK("a copy", got->name != want->name && got->data != want->data);
	CHECK("data", got->datalen == want->datalen &&
	    memcmp(got->data, want->data, (size_t)want->datalen) == 0);
}

static void
check_xauths(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const void *got = NULL;

	for (size_t i = 0; i < COUNT(xauths); i++) {
		_drop_(freep) char *name =
		    xauths[i].name ? strdup(xauths[i].name) : NULL;
		char data[3] = { 1, 0, 2 };
		const struct pam_xauth_data x = { 1000, name,
			xauths[i].datalen, xauths[i].place ? data : NULL };

		pam_set_item(pamh, PAM_XAUTHDATA, &xauth);
		CHECK_INT(xauths[i].label, xauths[i].want,
		    pam_set_item(pamh, PAM_XAUTHDATA, &x));
		CHECK_INT("there is always a structure", PAM_SUCCESS,
		    pam_get_item(pamh, PAM_XAUTHDATA, &got));
		compare_xauth(i, &x, got);
	}
	rig_end(pamh);
}

static void
check_xauth_clear(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const struct pam_xauth_data *got;
	const void *item = NULL;

	pam_set_item(pamh, PAM_XAUTHDATA, &xauth);
	pam_get_item(pamh, PAM_XAUTHDATA, &item);
	got = item;
	CHECK_INT("its own structure", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_XAUTHDATA, got));
	CHECK_STR("is copied first", "MIT", got->name);
	CHECK_INT("NULL clears: W-19", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_XAUTHDATA, NULL));
	CHECK("it is empty", !got->name && !got->data && !got->datalen);
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_xauths();
	check_xauth_clear();
	return TEST_RESULT();
}
