/* SPDX-License-Identifier: BSD-2-Clause */
/* Root has proved already who he is. */
#include <stdint.h>
#include <unistd.h>

#include "modkit/modkit.h"

struct conf {
	bool debug;
};

static const struct opt options[] = {
	OPT_FLAG(debug, "log what was found"),
	OPT_END,
};

/* RO-1: the real user id. A setuid program has the effective one of root,
 * whoever started it. */
static int
check(struct call *c)
{
	const int rc = getuid() == 0 ? PAM_SUCCESS : PAM_AUTH_ERR;

	call_debug(c, "real user id %ju: %s", (uintmax_t)getuid(),
	    rc == PAM_SUCCESS ? "root" : "not root");
	return rc;
}

MODULE(rootok, "let root in, and nobody else",
    .options = options, .conf_size = sizeof(struct conf),
    .auth = check, .cred = answer_success, .account = check,
    .password = check);
