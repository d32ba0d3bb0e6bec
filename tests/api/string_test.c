/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of any length and of any bytes, by every way in which they come, as
 * items and as answers: CVE-2020-14871, CVE-2020-27678, CVE-2011-4122,
 * CVE-2009-0887, CVE-2010-1938; I-14. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\n"

/* Around the sizes of buffers that somebody once thought were enough. */
static const size_t sizes[] = { 0, 1, 31, 32, 33, 255, 256, 257, 511, 512, 513,
	1023, 1024, 4095, 4096, 4097, 65535, 65536, 1 << 20 };

static const int items[] = { PAM_USER, PAM_TTY, PAM_RHOST, PAM_RUSER,
	PAM_USER_PROMPT, PAM_XDISPLAY, PAM_AUTHTOK_TYPE };

/* What a long string is made of. */
static const char *const fills[] = { "x", " ", "\t", "/", "%n", "\n", ":",
	"\xff", "\xc3\xa4", "a/../" };

static char *
filled(size_t size, const char *fill)
{
	const size_t n = strlen(fill);
	char *s = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		s[i] = fill[i % n];
	s[size] = '\0';
	return s;
}

/* The whole way of a name: it is set, stacks are walked, lines are logged. */
static void
check_items(const char *value)
{
	pam_handle_t *pamh = rig_start(POLICY, value);
	const void *got = NULL;

	for (size_t i = 0; i < COUNT(items); i++) {
		CHECK_INT("set", PAM_SUCCESS,
		    pam_set_item(pamh, items[i], value));
		pam_get_item(pamh, items[i], &got);
		CHECK("as it was", got && strcmp(got, value) == 0);
	}
	CHECK_INT("walked", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT("refused, with a line", PAM_PERM_DENIED,
	    pam_open_session(pamh, 0));
	rig_log_clear();
	rig_end(pamh);
}

/* As a service: whatever it is called, it leads to "other", which refuses, or
 * nowhere. */
static void
check_service(const char *value)
{
	pam_handle_t *pamh = NULL;
	const int rc = pam_start_confdir(value, NULL, &rig_conv,
	    rig_confdir(), &pamh);

	CHECK("it begins or is refused", rc == PAM_SUCCESS ||
	    rc == PAM_ABORT);
	if (!pamh)
		return;
	CHECK_INT("and lets nobody in", PAM_PERM_DENIED,
	    pam_authenticate(pamh, 0));
	rig_end(pamh);
}

static void
check_new_service(const char *value)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	CHECK_INT("set later", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_SERVICE, value));
	CHECK("it lets nobody in", pam_authenticate(pamh, 0) != PAM_SUCCESS);
	rig_log_clear();
	rig_end(pamh);
}

/* As an answer of the conversation, for a name and for a password. */
static const char *answer;

static int
want_answers(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *name = NULL, *token = NULL;

	(void)call;
	CHECK_INT("asked", PAM_SUCCESS, pam_get_user(pamh, &name, NULL));
	CHECK("the name", name && strcmp(name, answer) == 0);
	CHECK_INT("asked", PAM_SUCCESS,
	    pam_get_authtok(pamh, PAM_AUTHTOK, &token, answer));
	CHECK("the password", token && strcmp(token, answer) == 0);
	return PAM_SUCCESS;
}

static void
check_answer(const char *value)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	answer = value;
	rig.module = want_answers;
	rig.reply[0] = rig.reply[1] = (struct rig_reply)SAY(value);
	CHECK_INT("works", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_reset();
	rig_end(pamh);
}

static void
check_all(const char *value)
{
	check_items(value);
	check_service(value);
	check_new_service(value);
	check_answer(value);
}

static void
check_sizes(void)
{
	for (size_t i = 0; i < COUNT(sizes) * COUNT(fills); i++) {
		const size_t size = sizes[i / COUNT(fills)];
		_drop_(freep) char *value = NULL;

		/* The larger ones of one letter: the rest is only slow. */
		if (size > 4097 && i % COUNT(fills))
			continue;
		value = filled(size, fills[i % COUNT(fills)]);
		check_all(value);
	}
}

/* A size that no buffer on a stack survives. */
static void
check_huge(void)
{
	_drop_(freep) char *value = filled((size_t)16 << 20, "x");

	check_items(value);
	check_service(value);
	check_answer(value);
}

static void
check_bytes(void)
{
	for (int byte = 1; byte < 256; byte++) {
		const char c = (char)byte;
		const char value[] = { c, 'a', c, c, 'b', c, '\0' };

		check_all(value);
	}
}

/* No control character of a name reaches the terminal of who reads the log. */
static void
check_log(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	pam_set_item(pamh, PAM_SERVICE, "s\x1b[2J\r\n\x7f" "\b%s");
	rig_log_clear();
	CHECK_INT("refused", PAM_PERM_DENIED, pam_authenticate(pamh, 0));
	CHECK("with a line", rig_logged("s?[2j????%s"));
	for (const char *p = rig_log(); *p; p++)
		CHECK("of plain characters", *p == '\n' || (*p >= ' ' &&
		    *p != 0x7f));
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_sizes();
	check_huge();
	check_bytes();
	check_log();
	return TEST_RESULT();
}
