/* SPDX-License-Identifier: BSD-2-Clause */
/* The six functions that the library looks for, once for all modules. */
#include "modkit/modkit.h"

static void
take_option(struct call *c, const struct opt *opt, const char *word)
{
	char wants[128];

	if (opt_take(opt, word, c->conf) == 0)
		return;
	opt_wants(opt, wants, sizeof wants);
	call_log(c, LOG_ERR, "option %s: wants %s, not \"%s\": default kept",
	    opt->name, wants, word + strlen(opt->name) + 1);
}

/* C-5: an unknown option is to be seen, not to be locked out by. */
static void
take_argument(struct call *c, const char *word)
{
	const struct module *m = &usher_module;
	const struct opt *opt = opt_find(m->options, m->anycase, word);

	if (opt)
		take_option(c, opt, word);
	else if (m->words)
		c->words[c->nwords++] = word;
	else
		call_log(c, LOG_ERR, "unknown option: %s", word);
}

static bool
wants_debug(const struct call *c)
{
	for (const struct opt *o = usher_module.options; o && o->name; o++)
		if (o->kind == OPT_KIND_FLAG && strcmp(o->name, "debug") == 0)
			return ((const bool *)c->conf)[o->offset];
	return false;
}

/* Everything is per call: a module keeps no state between two of them. */
static int
run(struct call *c, call_fn *fn, int argc, const char **argv)
{
	const struct module *m = &usher_module;
	const size_t n = argc > 0 && argv ? (size_t)argc : 0;
	_drop_(freep) void *conf = calloc(1, m->conf_size + 1);
	_drop_(freep) const char **words = calloc(n + 1, sizeof *words);

	if (!conf || !words)
		return PAM_BUF_ERR;
	c->conf = conf;
	c->words = words;
	opt_defaults(m->options, conf);
	for (size_t i = 0; i < n; i++)
		take_argument(c, argv[i]);
	c->debug = wants_debug(c);
	return fn(c);
}

/* The same verdict as for a module that lacks the function. */
static int
unserved(struct call *c)
{
	call_log(c, LOG_ERR, "%s has no %s", usher_module.name, c->symbol);
	return PAM_MODULE_UNKNOWN;
}

#define ENTRY(sm, member)                                                      \
	int sm(pam_handle_t *pamh, int flags, int argc, const char **argv)     \
	{                                                                      \
		struct call c = {                                              \
			.pamh = pamh, .symbol = #sm, .flags = flags            \
		};                                                             \
                                                                               \
		if (!usher_module.member)                                      \
			return unserved(&c);                                   \
		return run(&c, usher_module.member, argc, argv);               \
	}

ENTRY(pam_sm_authenticate, auth)
ENTRY(pam_sm_setcred, cred)
ENTRY(pam_sm_acct_mgmt, account)
ENTRY(pam_sm_open_session, open)
ENTRY(pam_sm_close_session, close)
ENTRY(pam_sm_chauthtok, password)
