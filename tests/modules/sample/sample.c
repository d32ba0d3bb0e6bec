/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that tells what modkit gave it: for the tests of modkit. */
#include "modkit/modkit.h"

struct conf {
	const char *text, *empty;
	bool debug, loud;
	int number, kind;
	unsigned mask;
};

static const struct opt_word kinds[] = {
	{ "red", 1 }, { "green", 2 }, { NULL, 0 }
};

static const struct opt options[] = {
	OPT_FLAG(debug, "log more"),
	OPT_FLAG(loud, "say \"it\" aloud, 100%"),
	OPT_OFF(quiet, loud, "the opposite of loud"),
	OPT_STR(text, "none", "a text"),
	OPT_TEXT_AS("may-be-empty", empty, NULL, "a text or not"),
	OPT_INT(number, -1, 0, 99, "a number"),
	OPT_OCTAL(mask, 022, 0777, "a mask"),
	OPT_ENUM(kind, 2, kinds, "a colour\\paint"),
	OPT_END,
};

static int
tell(struct call *c)
{
	const struct conf *conf = c->conf;

	call_tell(c, PAM_TEXT_INFO, "%s %s %d %o %d%s", conf->text,
	    conf->empty ? conf->empty : "-", conf->number, conf->mask,
	    conf->kind, conf->loud ? " loud" : "");
	for (size_t i = 0; i < c->nwords; i++)
		call_tell(c, PAM_ERROR_MSG, "%s", c->words[i]);
	call_debug(c, "%s: it\nis %s", c->symbol, "debugging");
	return c->words[c->nwords] ? PAM_ABORT : PAM_SUCCESS;
}

static int
account(struct call *c)
{
	const struct passwd *pw = NULL;
	const int rc = call_account(c, &pw);
	const char *tty = call_item(c, PAM_TTY);

	if (rc == PAM_SUCCESS)
		call_tell(c, PAM_TEXT_INFO, "%s %s", pw->pw_name,
		    tty ? tty : "-");
	return rc;
}

/* C-4 */
static int
setting(struct call *c)
{
	_drop_(freep) char *value = call_setting(c, "/etc/login.defs", "KEY");

	call_tell(c, PAM_TEXT_INFO, "<%s>", value ? value : "(none)");
	return PAM_SUCCESS;
}

MODULE(sample, "tell what it \"is\" given",
    .options = options, .conf_size = sizeof(struct conf), .words = true,
    .auth = tell, .cred = answer_ignore, .account = account, .open = setting);
