/* SPDX-License-Identifier: BSD-2-Clause */
/* a program that is not position independent has its own copies of the
 * library's variables, and the library must use those. */
#include <security/pam_misc.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"

static int
handled(void *app, pamc_bp_t *packet)
{
	(void)app;
	PAM_BP_RENEW(packet, PAM_BPC_OK, 2);
	PAM_BP_FILL(*packet, 0, 2, "ok");
	return 0;
}

static void
binary_prompts(void)
{
	struct pam_message message = { .msg_style = PAM_BINARY_PROMPT };
	const struct pam_message *messages = &message;
	struct pam_response *r = NULL;
	pamc_bp_t packet = NULL;

	PAM_BP_RENEW(&packet, PAM_BPC_SELECT, 0);
	message.msg = (const char *)(void *)packet;
	CHECK_INT("no handler, no answer", PAM_CONV_ERR,
	    misc_conv(1, &messages, &r, NULL));
	pam_binary_handler_fn = handled;
	CHECK_INT("the program's handler", PAM_SUCCESS,
	    misc_conv(1, &messages, &r, NULL));
	CHECK_INT("its packet", 7, r ? (int)PAM_BP_SIZE(r->resp) : -1);
	if (r)
		PAM_BP_RENEW((pamc_bp_t *)(void *)&r->resp, 0, 0);
	free(r);
	PAM_BP_RENEW(&packet, 0, 0);
}

/* The line is written to standard error, which the test has no need of. */
static void
times(void)
{
	const struct pam_message message = { PAM_PROMPT_ECHO_ON, "name: " };
	const struct pam_message *messages = &message;
	struct pam_response *r = NULL;

	CHECK("a text before it is set", pam_misc_conv_die_line);
	CHECK_INT("nobody died yet", 0, pam_misc_conv_died);
	pam_misc_conv_die_line = "over";
	pam_misc_conv_die_time = 1;
	CHECK_INT("the program's time is over", PAM_CONV_ERR,
	    misc_conv(1, &messages, &r, NULL));
	CHECK_INT("and it is told so", 1, pam_misc_conv_died);
}

int
main(void)
{
	if (close(2) < 0)
		return 2;
	CHECK("a built-in that frees", pam_binary_handler_free);
	binary_prompts();
	times();
	return TEST_RESULT();
}
