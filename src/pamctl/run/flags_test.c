/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/flags.h"

#include <errno.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	const char *text;
	int want;
} good[] = {
	{ "", 0 },
	{ "  ", 0 },
	{ "0", 0 },
	{ "silent", PAM_SILENT },
	{ "PAM_SILENT", PAM_SILENT },
	{ "PAM_ESTABLISH_CRED", PAM_ESTABLISH_CRED },
	{ "establish", PAM_ESTABLISH_CRED },
	{ "delete", PAM_DELETE_CRED },
	{ "reinitialize|silent", PAM_REINITIALIZE_CRED | PAM_SILENT },
	{ " refresh_cred | 0x40 ", PAM_REFRESH_CRED | 0x40 },
	{ "change_expired_authtok|64", PAM_CHANGE_EXPIRED_AUTHTOK | 64 },
	{ "~silent", ~PAM_SILENT },
	{ "~~silent", PAM_SILENT },
	{ "1|2&4", 1 },		/* & before | */
	{ "1^3&2", 3 },		/* & before ^ */
	{ "4|3^1", 6 },		/* ^ before | */
	{ "7 & ~1", 6 },
};

/* What is wrong, and where that is said to begin. */
static const struct {
	const char *text, *wrong;
} bad[] = {
	{ "loud", "loud" },
	{ "silent|", "" },
	{ "|silent", "|silent" },
	{ "silent delete", "delete" },
	{ "silent,delete", "silent,delete" },
	{ "silent||delete", "|delete" },
	{ "-1", "-1" },
	{ "4294967296", "4294967296" },
	{ "1x", "1x" },
	{ "a_name_that_is_longer_than_any_flag_can_be",
	    "a_name_that_is_longer_than_any_flag_can_be" },
};

static const struct {
	int flags;
	size_t n;
	const char *word;
	int rest;
} words[] = {
	{ PAM_SILENT | PAM_DELETE_CRED, 0, "silent", PAM_DELETE_CRED },
	{ PAM_SILENT | PAM_DELETE_CRED, 1, "delete", 0 },
	{ PAM_SILENT | 0x40, 1, NULL, 0x40 },
	{ 0, 0, NULL, 0 },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		const char *wrong = NULL;
		int flags = -7;

		CHECK_INT(good[i].text, 0,
		    flags_read(good[i].text, &flags, &wrong));
		CHECK_INT(good[i].text, good[i].want, flags);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		const char *wrong = NULL;
		int flags = -7;

		CHECK_INT(bad[i].text, -EINVAL,
		    flags_read(bad[i].text, &flags, &wrong));
		CHECK_STR(bad[i].text, bad[i].wrong, wrong);
		CHECK_INT(bad[i].text, -7, flags);
	}
	for (size_t i = 0; i < COUNT(words); i++) {
		int rest;

		CHECK_STR("the word of a flag", words[i].word,
		    flags_word(words[i].flags, words[i].n, &rest));
		CHECK_INT("what has no word", words[i].rest, rest);
	}
	return TEST_RESULT();
}
