/* SPDX-License-Identifier: BSD-2-Clause */
/* Log several users in, one after the other, and tell everything that can be
 * seen of it. Lines that begin with "#" are about the module's static memory,
 * which is no business of the users.
 * usage: probe CONFDIR MODULE {SERVICE:USER:PASSWORD | !COMMAND}... */
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "modules/state.h"
#include "probe.h"

/* Whoever logs in now. */
struct person {
	char service[64], name[64], password[64];
};

static struct person person;

/* A prompt for a new password wants another one. */
static const char *
answer(const char *prompt)
{
	static char fresh[80];

	if (!strcasestr(prompt, "new") && !strcasestr(prompt, "retype"))
		return person.password;
	snprintf(fresh, sizeof fresh, "%s.Zq8", person.password);
	return fresh;
}

static int
converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct pam_response *r = calloc((size_t)n, sizeof *r);

	(void)data;
	for (int i = 0; r && i < n; i++) {
		printf("says %d: %s\n", msg[i]->msg_style, msg[i]->msg);
		if (msg[i]->msg_style == PAM_PROMPT_ECHO_OFF ||
		    msg[i]->msg_style == PAM_PROMPT_ECHO_ON)
			r[i].resp = strdup(answer(msg[i]->msg));
	}
	*resp = r;
	return r ? PAM_SUCCESS : PAM_BUF_ERR;
}

static const struct pam_conv conv = { .conv = converse };

/* How long is chance; and there is nobody to be kept out. */
static void
no_delay(int rc, unsigned usec, void *data)
{
	(void)data;
	printf("%s after %d\n", usec ? "delay" : "no delay", rc);
}

static void
tell_environment(pam_handle_t *pamh)
{
	char **list = pam_getenvlist(pamh);

	for (char **e = list; e && *e; e++) {
		printf("environment %s\n", *e);
		free(*e);
	}
	free(list);
}

static void
tell_items(const pam_handle_t *pamh)
{
	static const int items[] = { PAM_SERVICE, PAM_USER, PAM_TTY, PAM_RHOST,
		PAM_RUSER, PAM_USER_PROMPT, PAM_XDISPLAY, PAM_AUTHTOK_TYPE };
	const void *value;

	for (size_t i = 0; i < COUNT(items); i++) {
		if (pam_get_item(pamh, items[i], &value) == PAM_SUCCESS &&
		    value)
			printf("item %d %s\n", items[i], (const char *)value);
	}
}

/* Only what a call has changed: the rest is this machine's. */
static void
tell_changes(const struct state *before)
{
	struct state after = { 0 };

	state_take(&after);
	for (size_t i = 0; i < STATE_ASPECTS && after.text[i]; i++) {
		if (strcmp(before->text[i], after.text[i]) != 0)
			printf("process, was:\n%sis:\n%s", before->text[i],
			    after.text[i]);
	}
	state_free(&after);
	tell_kernel();
}

static int
authenticate(pam_handle_t *pamh)
{
	return pam_authenticate(pamh, 0);
}

static int
establish(pam_handle_t *pamh)
{
	return pam_setcred(pamh, PAM_ESTABLISH_CRED);
}

static int
account(pam_handle_t *pamh)
{
	return pam_acct_mgmt(pamh, 0);
}

static int
open_session(pam_handle_t *pamh)
{
	return pam_open_session(pamh, 0);
}

static int
change(pam_handle_t *pamh)
{
	const int rc = pam_chauthtok(pamh, 0);

	if (rc == PAM_SUCCESS)
		strcat(person.password, ".Zq8");
	return rc;
}

static int
close_session(pam_handle_t *pamh)
{
	return pam_close_session(pamh, 0);
}

static int
delete(pam_handle_t *pamh)
{
	return pam_setcred(pamh, PAM_DELETE_CRED);
}

static int
end(pam_handle_t *pamh)
{
	return pam_end(pamh, PAM_SUCCESS);
}

static const struct step {
	const char *label;
	int (*fn)(pam_handle_t *pamh);
} steps[] = {
	{ "authenticate", authenticate }, { "establish", establish },
	{ "account", account }, { "open", open_session }, { "change", change },
	{ "close", close_session }, { "delete", delete }, { "end", end },
};

static void
take(const struct step *step, pam_handle_t *pamh)
{
	struct state before = { 0 };

	state_take(&before);
	printf("%s: %d\n", step->label, step->fn(pamh));
	tell_changes(&before);
	state_free(&before);
	if (step->fn == end)
		return;
	tell_environment(pamh);
	tell_items(pamh);
}

static pam_handle_t *
start(const char *confdir)
{
	pam_handle_t *pamh = NULL;

	printf("%s by %s\n", person.name, person.service);
	printf("start: %d\n", pam_start_confdir(person.service, person.name,
	    &conv, confdir, &pamh));
	if (!pamh)
		return NULL;
	pam_set_item(pamh, PAM_TTY, "/dev/tty7");
	pam_set_item(pamh, PAM_RHOST, "host.example");
	pam_set_item(pamh, PAM_RUSER, "root");
	pam_set_item(pamh, PAM_FAIL_DELAY, (const void *)no_delay);
	return pamh;
}

static void
log_in(const char *confdir, const char *module)
{
	pam_handle_t *pamh = start(confdir);

	if (!pamh)
		return;
	memory_note(module);
	for (size_t i = 0; i < COUNT(steps); i++)
		take(&steps[i], pamh);
	memory_tell(module);
}

/* What happens on the machine between two logins. */
static void
happen(const char *command)
{
	if (system(command) != 0)
		exit(2);
}

int
main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	tell_kernel();
	for (int i = 3; i < argc; i++) {
		if (*argv[i] == '!')
			happen(argv[i] + 1);
		else if (sscanf(argv[i], "%63[^:]:%63[^:]:%40s",
		    person.service, person.name, person.password) == 3)
			log_in(argv[1], argv[2]);
		else
			return 2;
	}
	return 0;
}
