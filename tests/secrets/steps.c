/* SPDX-License-Identifier: BSD-2-Clause */
#include "steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_ext.h>
#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/secret.h"
#include "memory/actor.h"
#include "memory/heap.h"
#include "needle.h"
#include "pamtest.h"

bool secret_loud;

static unsigned
number_of(char digit)
{
	return (unsigned)(digit - '0');
}

static struct needle_found
look(unsigned number, const char *name)
{
	struct needle_found found;

	heap_pause(true);
	found = needle_look(number, name);
	heap_pause(false);
	return found;
}

int
step_gone(struct play *play, const struct step *step)
{
	int pieces = 0;

	for (const char *digit = step->text; *digit; digit++)
		pieces += look(number_of(*digit), secret_loud ?
		    play->scenario->label : NULL).pieces;
	return pieces;
}

int
step_held(struct play *play, const struct step *step)
{
	(void)play;
	return look(number_of(*step->text), NULL).copies - step->n;
}

/* Called by the actor. */
int
actor_show(pam_handle_t *pamh, const char *word)
{
	(void)pamh;
	if (*word == '0')
		return PAM_SUCCESS;
	return look(number_of(*word), NULL).copies == 1 ? PAM_SUCCESS :
	    SHOW_DIFFERS;
}

char *
secret_reply(const char *text)
{
	char *reply;

	if (*text != '$')
		return strdup(text);
	reply = malloc(NEEDLE_LENGTH + 1);
	if (reply)
		needle_write(number_of(text[1]), reply);
	return reply;
}

static int
chat(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct pam_response *r = calloc((size_t)n, sizeof *r);

	(void)msg;
	(void)data;
	*resp = r;
	for (int i = 0; r && i < n; i++)
		r[i].resp = secret_reply("$1");
	return r ? PAM_SUCCESS : PAM_BUF_ERR;
}

int
step_chatty(struct play *play, const struct step *step)
{
	const struct pam_conv conv = { chat, NULL };

	(void)step;
	return pam_set_item(play->pamh, PAM_CONV, &conv);
}

int
step_token(struct play *play, const struct step *step)
{
	const char *token;

	(void)step;
	return pam_get_authtok(play->pamh, PAM_AUTHTOK, &token, NULL);
}

int
step_ask(struct play *play, const struct step *step)
{
	_drop_(secret_freep) char *reply = NULL;

	return pam_prompt(play->pamh, step->n, &reply, "%s", step->text);
}

int
step_copies(struct play *play, const struct step *step)
{
	(void)step;
	pam_misc_drop_env(pam_getenvlist(play->pamh));
	return PAM_SUCCESS;
}

int
step_set_secret(struct play *play, const struct step *step)
{
	char text[NEEDLE_LENGTH + 1];
	int rc;

	needle_write(number_of(*step->text), text);
	rc = pam_set_item(play->pamh, step->n, text);
	wipe(text, sizeof text);
	return rc;
}

int
step_cookie(struct play *play, const struct step *step)
{
	char text[NEEDLE_LENGTH + 1];
	const struct pam_xauth_data x = {
		NEEDLE_LENGTH, text, NEEDLE_LENGTH, text
	};
	int rc;

	needle_write(number_of(*step->text), text);
	rc = pam_set_item(play->pamh, PAM_XAUTHDATA, &x);
	wipe(text, sizeof text);
	return rc;
}

int
step_variable(struct play *play, const struct step *step)
{
	char text[sizeof "SECRET=" + NEEDLE_LENGTH] = "SECRET=";
	int rc;

	needle_write(number_of(*step->text), strchr(text, '\0'));
	rc = pam_putenv(play->pamh, text);
	wipe(text, sizeof text);
	return rc;
}

int
step_misc_variable(struct play *play, const struct step *step)
{
	char text[NEEDLE_LENGTH + 1];
	int rc;

	needle_write(number_of(*step->text), text);
	rc = pam_misc_setenv(play->pamh, "SECRET", text, 0);
	wipe(text, sizeof text);
	return rc;
}

int
step_tell(struct play *play, const struct step *step)
{
	const size_t size = (size_t)step->n * NEEDLE_LENGTH + 1;
	char *text = malloc(size);
	int rc = PAM_BUF_ERR;

	for (int i = 0; text && i < step->n; i++)
		needle_write(number_of(*step->text),
		    text + i * NEEDLE_LENGTH);
	if (text)
		rc = pam_prompt(play->pamh, PAM_TEXT_INFO, NULL, "%s", text);
	wipe(text, text ? size : 0);
	free(text);
	return rc;
}

int
step_store(struct play *play, const struct step *step)
{
	char text[NEEDLE_LENGTH + 64] = "root:*:1::::::\nkeeper:";
	const struct pamtest_file file = { .path = "/etc/shadow",
		.text = text, .mode = 0600 };
	bool ok;

	(void)play;
	needle_write(number_of(*step->text), strchr(text, '\0'));
	strcat(text, ":1::::::\n");
	ok = pamtest_put(&file);
	wipe(text, sizeof text);
	return ok ? PAM_SUCCESS : PAM_SYSTEM_ERR;
}
