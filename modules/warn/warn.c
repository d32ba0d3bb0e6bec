/* SPDX-License-Identifier: BSD-2-Clause */
/* Put on record that somebody came this way, and who. */
#include "modkit/modkit.h"

static const char *
shown(const struct call *c, int item)
{
	const char *value = call_item(c, item);

	return value ? value : "<unknown>";
}

/* What reads logs knows this form. Nobody is asked: only what is known. */
static int
warn(struct call *c)
{
	call_log(c, LOG_NOTICE,
	    "function=[%s] flags=%#x service=[%s] terminal=[%s] user=[%s] "
	    "ruser=[%s] rhost=[%s]", c->symbol, (unsigned)c->flags,
	    shown(c, PAM_SERVICE), shown(c, PAM_TTY), shown(c, PAM_USER),
	    shown(c, PAM_RUSER), shown(c, PAM_RHOST));
	return PAM_IGNORE;
}

MODULE(warn, "log who comes this way",
    .auth = warn, .cred = warn, .account = warn, .open = warn, .close = warn,
    .password = warn);
