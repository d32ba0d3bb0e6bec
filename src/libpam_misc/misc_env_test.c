/* SPDX-License-Identifier: BSD-2-Clause */
/* The environment helpers, over a pam_putenv that notes what it is told. */
#include <stdlib.h>
#include <string.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "check.h"

static char told[256];

int
pam_putenv(pam_handle_t *pamh, const char *name_value)
{
	(void)pamh;
	strcat(strcat(told, name_value), ";");
	return name_value[0] == '=' ? PAM_BAD_ITEM : PAM_SUCCESS;
}

const char *
pam_getenv(pam_handle_t *pamh, const char *name)
{
	(void)pamh;
	return strcmp(name, "SET") == 0 ? "old" : NULL;
}

static char here;
static pam_handle_t *const handle = (pam_handle_t *)(void *)&here;

static const struct {
	const char *label;
	const char *name, *value;
	int readonly, want;
	const char *told;
} sets[] = {
	{ "a new variable is set", "A", "1", 0, PAM_SUCCESS, "A=1;" },
	{ "readonly lets a new one in", "A", "1", 1, PAM_SUCCESS, "A=1;" },
	{ "readonly keeps an old one", "SET", "1", 1, PAM_PERM_DENIED, "" },
	{ "an old one can be replaced", "SET", "1", 0, PAM_SUCCESS, "SET=1;" },
	{ "an empty value is a value", "A", "", 0, PAM_SUCCESS, "A=;" },
	{ "a value may hold =", "A", "b=c", 0, PAM_SUCCESS, "A=b=c;" },
	{ "an empty name is refused", "", "1", 0, PAM_BAD_ITEM, "=1;" },
	{ "readonly cannot be dodged", "SET=x", "1", 1, PAM_BAD_ITEM, "" },
	{ "no name", NULL, "1", 0, PAM_PERM_DENIED, "" },
	{ "no value", "A", NULL, 0, PAM_PERM_DENIED, "" },
};

static const struct {
	const char *label;
	const char *env[4];
	int want;
	const char *told;
} pastes[] = {
	{ "all are put", { "A=1", "B=2" }, PAM_SUCCESS, "A=1;B=2;" },
	{ "the first failure ends it", { "A=1", "=x", "B=2" }, PAM_BAD_ITEM,
	  "A=1;=x;" },
	{ "an empty list is no error", { NULL }, PAM_SUCCESS, "" },
};

static void
dropping(void)
{
	char **env = calloc(3, sizeof *env);

	CHECK("memory", env);
	if (!env)
		return;
	env[0] = strdup("A=1");
	env[1] = strdup("");
	CHECK("what is dropped becomes NULL", !pam_misc_drop_env(env));
	CHECK("no list can be dropped", !pam_misc_drop_env(NULL));
}

/* The header's advice to callers must not keep us from asking. */
static pam_handle_t *volatile nobody;
static const char *volatile nothing;

int
main(void)
{
	for (size_t i = 0; i < COUNT(sets); i++) {
		const char *name = sets[i].name, *value = sets[i].value;

		told[0] = '\0';
		CHECK_INT(sets[i].label, sets[i].want,
		    pam_misc_setenv(handle, name ? name : nothing,
		    value ? value : nothing, sets[i].readonly));
		CHECK_STR(sets[i].label, sets[i].told, told);
	}
	for (size_t i = 0; i < COUNT(pastes); i++) {
		told[0] = '\0';
		CHECK_INT(pastes[i].label, pastes[i].want,
		    pam_misc_paste_env(handle, pastes[i].env));
		CHECK_STR(pastes[i].label, pastes[i].told, told);
	}
	CHECK_INT("NULL is an empty list", PAM_SUCCESS,
	    pam_misc_paste_env(handle, NULL));
	CHECK_INT("no handle", PAM_ABORT,
	    pam_misc_setenv(nobody, "A", "1", 0));
	dropping();
	return TEST_RESULT();
}
