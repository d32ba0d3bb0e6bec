/* SPDX-License-Identifier: BSD-2-Clause */
/* The PAM environment: E-1 to E-8, Z-7. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define POLICY "auth required %M\nsession required %M\n"

/* One handle from the first row to the last; env is what it holds then. */
static const struct {
	const char *label, *put;
	int want;
	const char *env;
} steps[] = {
	{ "a variable: E-2", "A=1", PAM_SUCCESS, "A=1 " },
	{ "another", "B=2", PAM_SUCCESS, "A=1 B=2 " },
	{ "without a value", "C=", PAM_SUCCESS, "A=1 B=2 C= " },
	{ "a sign in the value", "D=x=y", PAM_SUCCESS,
	  "A=1 B=2 C= D=x=y " },
	{ "a new value keeps the place: E-4", "B=two", PAM_SUCCESS,
	  "A=1 B=two C= D=x=y " },
	{ "deleting closes the gap", "A", PAM_SUCCESS,
	  "B=two C= D=x=y " },
	{ "deleting the unknown", "A", PAM_BAD_ITEM, "B=two C= D=x=y " },
	{ "another case is another name: E-3", "b", PAM_BAD_ITEM,
	  "B=two C= D=x=y " },
	{ "a beginning too", "B=two ", PAM_SUCCESS,
	  "B=two  C= D=x=y " },
	{ "as long as", "BB=3", PAM_SUCCESS, "B=two  C= D=x=y BB=3 " },
	{ "no name: E-1", "=x", PAM_BAD_ITEM, "B=two  C= D=x=y BB=3 " },
	{ "nothing at all", "", PAM_BAD_ITEM, "B=two  C= D=x=y BB=3 " },
	{ "no string", NULL, PAM_PERM_DENIED, "B=two  C= D=x=y BB=3 " },
	{ "come back, at the end", "A=1", PAM_SUCCESS,
	  "B=two  C= D=x=y BB=3 A=1 " },
	{ "any bytes", "\xff\n=\x01 ", PAM_SUCCESS,
	  "B=two  C= D=x=y BB=3 A=1 \xff\n=\x01  " },
};

static char *
all(pam_handle_t *pamh)
{
	char **list = pam_getenvlist(pamh), *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	CHECK("a list", list);
	for (size_t i = 0; list && list[i]; i++) {
		fprintf(f, "%s ", list[i]);
		free(list[i]);	/* E-6: each is the caller's */
	}
	free(list);
	fclose(f);
	return text;
}

static void
check_steps(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	for (size_t i = 0; i < COUNT(steps); i++) {
		_drop_(freep) char *env = NULL;

		CHECK_INT(steps[i].label, steps[i].want,
		    pam_putenv(pamh, steps[i].put));
		env = all(pamh);
		CHECK_STR(steps[i].label, steps[i].env, env);
	}
	rig_end(pamh);
}

static const struct {
	const char *name, *want;
} gets[] = {
	{ "A", "1" }, { "EMPTY", "" }, { "LONG", "x=y" }, { "NONE", NULL },
	{ "", NULL }, { "a", NULL }, { "AA", NULL }, { "A=1", NULL },
	{ "LONG=x", NULL },	/* E-8 */
};

static void
check_gets(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const char *before;

	pam_putenv(pamh, "A=1");
	pam_putenv(pamh, "EMPTY=");
	pam_putenv(pamh, "LONG=x=y");
	for (size_t i = 0; i < COUNT(gets); i++)
		CHECK_STR(gets[i].name, gets[i].want,
		    pam_getenv(pamh, gets[i].name));
	before = pam_getenv(pamh, "A");
	pam_putenv(pamh, "LONG=z");
	pam_putenv(pamh, "EMPTY");
	CHECK("others do not move it: E-5", before == pam_getenv(pamh, "A"));
	rig_end(pamh);
}

static void
check_arguments(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	char **list;

	CHECK_INT("no handle: E-1", PAM_ABORT, pam_putenv(NULL, "A=1"));
	CHECK("no handle: E-5", !pam_getenv(NULL, "A"));
	CHECK("no name", !pam_getenv(pamh, NULL));
	CHECK("no handle: E-6", !pam_getenvlist(NULL));
	list = pam_getenvlist(pamh);
	CHECK("an empty one is a list", list && !list[0]);
	free(list);
	rig_end(pamh);
}

/* The value of a variable as the text of the same. */
static void
check_alias(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);

	pam_putenv(pamh, "A=A=inner");
	CHECK_INT("its own value", PAM_SUCCESS,
	    pam_putenv(pamh, pam_getenv(pamh, "A")));
	CHECK_STR("is copied first", "inner", pam_getenv(pamh, "A"));
	pam_putenv(pamh, "B=B");
	CHECK_INT("its own name", PAM_SUCCESS,
	    pam_putenv(pamh, pam_getenv(pamh, "B")));
	CHECK("deletes it", !pam_getenv(pamh, "B"));
	rig_end(pamh);
}

/* E-7, Z-7. */
static int
put_in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	CHECK_STR("the program's", "here", pam_getenv(pamh, "PROGRAM"));
	return pam_putenv(pamh, strcmp(call->what, "open_session") == 0 ?
	    "SESSION=1" : "AUTH=1");
}

static void
check_sides(void)
{
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	_drop_(freep) char *env = NULL;

	rig.module = put_in_module;
	pam_putenv(pamh, "PROGRAM=here");
	CHECK_INT("auth", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT("open", PAM_SUCCESS, pam_open_session(pamh, 0));
	env = all(pamh);
	CHECK_STR("both sides", "PROGRAM=here AUTH=1 SESSION=1 ", env);
	CHECK("the process has its own", !getenv("PROGRAM"));
	rig_reset();
	rig_end(pamh);
}

/* E-4: no limit, and no more work for each. */
static void
check_many(void)
{
	enum { MANY = 20000 };
	pam_handle_t *pamh = rig_start(POLICY, NULL);
	const clock_t begin = clock();
	char text[32];

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < MANY; i++) {
			snprintf(text, sizeof text, "N%d=%d", i, round);
			pam_putenv(pamh, text);
		}
	}
	CHECK_STR("the first", "2", pam_getenv(pamh, "N0"));
	CHECK_STR("the last", "2", pam_getenv(pamh, "N19999"));
	for (int i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "N%d", i);
		CHECK_INT("deleted", PAM_SUCCESS, pam_putenv(pamh, text));
	}
	CHECK("in a short time", clock() - begin < 5 * CLOCKS_PER_SEC);
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_steps();
	check_gets();
	check_arguments();
	check_alias();
	check_sides();
	check_many();
	return TEST_RESULT();
}
