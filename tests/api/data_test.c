/* SPDX-License-Identifier: BSD-2-Clause */
/* Module data and its cleanup: D-1 to D-9, S-9 to S-12, S-15, W-25, Z-8. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\n"

/* What cleanups were called with: " data status" for each, in hexadecimal. */
static char cleaned[256];

static void
clean(pam_handle_t *pamh, void *data, int status)
{
	char text[40];

	(void)pamh;
	snprintf(text, sizeof text, " %s %x", data ? (char *)data : "-",
	    (unsigned)status);
	strcat(cleaned, text);
}

/* One module sets in this order; NULL is no data, "!" in front no cleanup. The
 * transaction ends with a status. */
static const struct {
	const char *label;
	const char *set[4][2];
	int status;
	const char *cleaned;
} rows[] = {
	{ "nothing is cleaned up", { { NULL } }, 0, "" },
	{ "with the status of pam_end: S-12",
	  { { "a", "x" } }, PAM_AUTH_ERR, " x 7" },
	{ "with all its bits", { { "a", "x" } },
	  PAM_AUTH_ERR | PAM_DATA_SILENT, " x 40000007" },
	{ "negative ones too", { { "a", "x" } }, -1, " x ffffffff" },
	{ "the last name first: D-6",
	  { { "a", "x" }, { "b", "y" }, { "c", "z" } }, 0,
	  " z 0 y 0 x 0" },
	{ "a new value keeps the place of the name: D-4",
	  { { "a", "x" }, { "b", "y" }, { "a", "z" } }, 0,
	  " x 20000000 y 0 z 0" },
	{ "the same value is new too",
	  { { "a", "x" }, { "a", "x" } }, 0, " x 20000000 x 0" },
	{ "names are compared byte by byte: D-2",
	  { { "a", "x" }, { "A", "y" }, { "aa", "z" }, { "", "e" } }, 0,
	  " e 0 z 0 y 0 x 0" },
	{ "no data is cleaned up all the same: D-5",
	  { { "a", NULL } }, 0, " - 0" },
	{ "without cleanup nothing happens",
	  { { "a", "!x" }, { "b", "y" } }, 0, " y 0" },
	{ "a cleanup that comes later counts",
	  { { "a", "!x" }, { "a", "y" } }, 0, " y 0" },
	{ "one that goes does not",
	  { { "a", "x" }, { "a", "!y" } }, 0, " x 20000000" },
};

static size_t row;

static int
set_row(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	for (size_t i = 0; i < 4 && rows[row].set[i][0]; i++) {
		const char *name = rows[row].set[i][0];
		char *data = (char *)(size_t)rows[row].set[i][1];
		const bool plain = data && *data == '!';
		const void *got = &rig;

		CHECK_INT("set", PAM_SUCCESS, pam_set_data(pamh, name,
		    data ? data + plain : NULL, plain ? NULL : clean));
		CHECK_INT("there", PAM_SUCCESS,
		    pam_get_data(pamh, name, &got));
		CHECK("it is", got == (data ? data + plain : NULL));
	}
	return PAM_SUCCESS;
}

static void
check_rows(void)
{
	for (row = 0; row < COUNT(rows); row++) {
		pam_handle_t *pamh = rig_start(POLICY, NULL);

		cleaned[0] = '\0';
		rig.module = set_row;
		CHECK_INT("walked", PAM_SUCCESS, pam_authenticate(pamh, 0));
		CHECK_INT("ends well, whatever they do: S-15", PAM_SUCCESS,
		    pam_end(pamh, rows[row].status));
		CHECK_STR(rows[row].label, rows[row].cleaned, cleaned);
	}
	rig_reset();
}

static int
bad_arguments(pam_handle_t *pamh, const struct rig_call *call)
{
	const void *got = &rig;

	(void)call;
	CHECK_INT("no name", PAM_SYSTEM_ERR,
	    pam_set_data(pamh, NULL, cleaned, clean));
	CHECK_INT("no name", PAM_SYSTEM_ERR, pam_get_data(pamh, NULL, &got));
	CHECK_INT("unknown: D-3", PAM_NO_MODULE_DATA,
	    pam_get_data(pamh, "none", &got));
	CHECK("the result is untouched", got == &rig);
	return PAM_SUCCESS;
}

static void
check_arguments(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const void *got = &rig;

	cleaned[0] = '\0';
	CHECK_INT("no handle: D-1", PAM_SYSTEM_ERR,
	    pam_set_data(NULL, "a", cleaned, clean));
	CHECK_INT("no handle", PAM_SYSTEM_ERR, pam_get_data(NULL, "a", &got));
	CHECK_INT("a program", PAM_SYSTEM_ERR,
	    pam_set_data(pamh, "a", cleaned, clean));
	CHECK_INT("a program", PAM_SYSTEM_ERR, pam_get_data(pamh, "a", &got));
	rig.module = bad_arguments;
	CHECK_INT("walked", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_reset();
	rig_end(pamh);
	CHECK_STR("what was not taken is not cleaned up: D-9", "", cleaned);
}

/* D-8: for as long as the handle lives, failures or not. */
static int lives;

static int
keep_and_fail(pam_handle_t *pamh, const struct rig_call *call)
{
	const void *got;

	(void)call;
	if (pam_get_data(pamh, "a", &got) == PAM_SUCCESS)
		lives++;
	else
		pam_set_data(pamh, "a", (char *)(size_t)"x", clean);
	return PAM_AUTH_ERR;
}

static void
check_life(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	rig.module = keep_and_fail;
	for (int i = 0; i < 3; i++)
		CHECK_INT("fails", PAM_AUTH_ERR, pam_authenticate(pamh, 0));
	CHECK_INT("and it is still there", 2, lives);
	rig_reset();
	rig_end(pamh);
}

/* S-11, D-7, W-25: a cleanup has the handle, but for data and tokens. */
static void
use_handle(pam_handle_t *pamh, void *data, int status)
{
	const void *item = NULL;
	const char *user = NULL;

	(void)status;
	strcat(cleaned, data);
	CHECK_INT("items", PAM_SUCCESS, pam_get_item(pamh, PAM_USER, &item));
	CHECK_STR("are there", "alice", item);
	CHECK_STR("variables too", "1", pam_getenv(pamh, "A"));
	CHECK_INT("the name", PAM_SUCCESS, pam_get_user(pamh, &user, NULL));
	CHECK_INT("no tokens", PAM_BAD_ITEM,
	    pam_get_item(pamh, PAM_AUTHTOK, &item));
	CHECK_INT("no data", PAM_SYSTEM_ERR,
	    pam_get_data(pamh, "first", &item));
	CHECK_INT("nor new data", PAM_SYSTEM_ERR,
	    pam_set_data(pamh, "new", NULL, clean));
	CHECK("a line is the library's: L-3",
	    (pam_syslog(pamh, 3, "bye"), rig_logged("3 PAM bye\n")));
}

static int
set_two(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	pam_putenv(pamh, "A=1");
	pam_set_item(pamh, PAM_AUTHTOK, "secret");
	pam_set_data(pamh, "first", (char *)(size_t)"1", use_handle);
	pam_set_data(pamh, "second", (char *)(size_t)"2", use_handle);
	return PAM_SUCCESS;
}

static void
check_cleanup(void)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice");

	cleaned[0] = '\0';
	rig.module = set_two;
	CHECK_INT("walked", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_end(pamh);
	CHECK_STR("both took place", "21", cleaned);
	rig_reset();
}

/* S-12, Z-8: a child ends its copy; what is shared stays the parent's. */
static void
undo_once(pam_handle_t *pamh, void *data, int status)
{
	int *shared = data;

	(void)pamh;
	*shared += status & PAM_DATA_SILENT ? 100 : 1;
}

static int undone;

static int
set_shared(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	return pam_set_data(pamh, "shared", &undone, undo_once);
}

static void
check_fork(void)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice");
	int status = 0;
	pid_t child;

	rig.module = set_shared;
	pam_authenticate(pamh, 0);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		pam_end(pamh, PAM_SUCCESS | PAM_DATA_SILENT);
		_exit(undone);
	}
	CHECK("waited", waitpid(child, &status, 0) == child);
	CHECK_INT("the child's copy was told to be silent", 100,
	    WEXITSTATUS(status));
	rig_end(pamh);
	CHECK_INT("the parent undoes", 1, undone);
	rig_reset();
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_rows();
	check_arguments();
	check_life();
	check_cleanup();
	check_fork();
	return TEST_RESULT();
}
