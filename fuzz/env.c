/* SPDX-License-Identifier: BSD-2-Clause */
/* The two grammars of pam_env. The first byte says which one, and whether the
 * text is a user's. */
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include <security/pam_appl.h>

#include "../modules/env/env.h"
#include "pamtest.h"
#include "target.h"

#define COMPLAINT "fuzz:"

static char folder[] = "/tmp/fuzz-env-XXXXXX";
static char policy[64];

static void
folder_gone(void)
{
	unlink(policy);
	rmdir(folder);
}

static void
folder_make(void)
{
	FILE *f;

	if (*policy)
		return;
	if (!mkdtemp(folder))
		abort();
	snprintf(policy, sizeof policy, "%s/other", folder);
	f = fopen(policy, "we");
	if (!f || fclose(f) != 0)
		abort();
	atexit(folder_gone);
}

static pam_handle_t *
start(void)
{
	static const struct pam_conv conv;
	pam_handle_t *pamh = NULL;

	if (pam_start_confdir("fuzz", "root", &conv, folder, &pamh) !=
	    PAM_SUCCESS || pam_set_item(pamh, PAM_TTY, "tty1") != PAM_SUCCESS ||
	    pam_putenv(pamh, "LANG=C") != PAM_SUCCESS)
		abort();
	pamtest_log_clear();
	return pamh;
}

static void
check_variable(char *variable, bool users)
{
	char *equals = strchr(variable, '=');

	PROMISE("a variable has a name", equals && equals > variable);
	PROMISE("no program chokes on it", strlen(variable) <=
	    (users ? USER_VARIABLE_MAX : VARIABLE_MAX));
	*equals = '\0';
	PROMISE("a name is a word", !strpbrk(variable, " \t\n"));
	PROMISE("a user sets what he may and no more", !users ||
	    variable_allowed(variable, equals + 1));
}

static void
check_environment(pam_handle_t *pamh, bool users)
{
	char **list = pam_getenvlist(pamh);

	PROMISE("there is an environment", list);
	for (size_t i = 0; list[i]; i++) {
		check_variable(list[i], users);
		free(list[i]);
	}
	free(list);
}

static void
check_log(void)
{
	const char *at = pamtest_log();
	size_t n = 0;

	while ((at = strstr(at, COMPLAINT))) {
		at += strlen(COMPLAINT);
		n++;
	}
	/* One line may quote what looks like another. */
	PROMISE("nobody fills the log", n <= 4 * COMPLAINTS_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct call c = { .symbol = "fuzz" };
	struct source s = { .c = &c, .path = "fuzz" };
	char *text;
	int rc;

	if (size == 0 || memchr(data + 1, '\0', size - 1))
		return 0;
	folder_make();
	c.pamh = start();
	s.users = data[0] & 1;
	text = text_of(data + 1, size - 1);
	rc = data[0] & 2 ? read_pairs(&s, text) : read_rules(&s, text);
	PROMISE("any text is read to its end", rc == 0);
	check_environment(c.pamh, s.users);
	check_log();
	pam_end(c.pamh, PAM_SUCCESS);
	free(text);
	return 0;
}
