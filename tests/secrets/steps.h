/* SPDX-License-Identifier: BSD-2-Clause */
/* Steps with secrets, named by their digits in text. */
#ifndef SECRETS_STEPS_H
#define SECRETS_STEPS_H

#include "memory/stage.h"

/* gone: none of them is anywhere; the code is how many pieces are. held: so
 * many whole copies are, and no more. */
step_fn step_gone, step_held;

/* Whether gone prints where it found something. */
extern bool secret_loud;

/* What the actor answers when "show" finds not exactly one. */
#define SHOW_DIFFERS PAM_CRED_INSUFFICIENT

/* Conversation that answers everything with the first; pam_get_authtok by the
 * program; pam_prompt; item n; XAUTHDATA; a variable, by pam_misc_setenv too;
 * pam_getenvlist; a message with n of it in a row; the password of the user
 * "keeper" in the system. */
step_fn step_chatty, step_token, step_ask, step_set_secret, step_cookie,
    step_variable, step_misc_variable, step_copies, step_tell, step_store;

/* For stage_reply: "$1" and the like are secrets. */
char *secret_reply(const char *text);

#endif
