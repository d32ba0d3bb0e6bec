/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program that uses PAM as it is told, well or badly.
 * usage: player CONFDIR SERVICE WORD...
 *   start auth account cred recred uncred open close password env item end
 *   end=N    a pam_end with that status; other ends give the last result
 *   C:WORD   in a forked child
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <security/pam_appl.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static pam_handle_t *pamh;
static int last = PAM_SUCCESS;

static int
converse(int n, const struct pam_message **message,
    struct pam_response **answers, void *data)
{
	(void)n, (void)message, (void)answers, (void)data;
	return PAM_CONV_ERR;
}

static const struct {
	const char *word;
	int (*call)(pam_handle_t *pamh, int flags);
	int flags;
} primitives[] = {
	{ "auth", pam_authenticate, 0 },
	{ "account", pam_acct_mgmt, 0 },
	{ "cred", pam_setcred, PAM_ESTABLISH_CRED },
	{ "recred", pam_setcred, PAM_REINITIALIZE_CRED },
	{ "uncred", pam_setcred, PAM_DELETE_CRED },
	{ "open", pam_open_session, 0 },
	{ "close", pam_close_session, 0 },
	{ "password", pam_chauthtok, PAM_CHANGE_EXPIRED_AUTHTOK },
};

static void
fetch(void)
{
	char **list = pam_getenvlist(pamh);

	for (size_t i = 0; list && list[i]; i++)
		free(list[i]);
	free(list);
}

static void
act(const char *word)
{
	for (size_t i = 0; i < COUNT(primitives); i++) {
		if (strcmp(word, primitives[i].word) == 0)
			last = primitives[i].call(pamh, primitives[i].flags);
	}
	if (strcmp(word, "env") == 0)
		fetch();
	if (strcmp(word, "item") == 0)
		pam_set_item(pamh, PAM_TTY, "tty1");
	if (strcmp(word, "end") == 0)
		pam_end(pamh, last);
	if (strncmp(word, "end=", 4) == 0)
		pam_end(pamh, (int)strtol(word + 4, NULL, 0));
}

static void
in_a_child(const char *word)
{
	const pid_t pid = fork();

	if (pid == 0) {
		act(word);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

int
main(int argc, char **argv)
{
	const struct pam_conv conv = { converse, NULL };

	for (int i = 3; i < argc; i++) {
		if (strcmp(argv[i], "start") == 0) {
			if (pam_start_confdir(argv[2], "root", &conv, argv[1],
			    &pamh) != PAM_SUCCESS)
				return 1;
		} else if (strncmp(argv[i], "C:", 2) == 0) {
			in_a_child(argv[i] + 2);
		} else {
			act(argv[i]);
		}
	}
	return 0;
}
