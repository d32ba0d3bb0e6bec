/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that puts, gets and counts, and tells what it was answered: for the
 * tests of modkit. */
#include "modkit/modkit.h"

struct conf {
	const char *key, *value, *scope;
	bool lasts;
	int limit;
};

static const struct opt options[] = {
	OPT_STR(key, "key", "what it puts under"),
	OPT_STR(value, NULL, "what it puts; else it takes back"),
	OPT_STR(scope, NULL, "where it wants to be admitted"),
	OPT_INT(limit, 1, 0, 99, "as one of how many"),
	OPT_FLAG(lasts, "what it puts outlives a reboot"),
	OPT_END,
};

static int
begin(struct call *c)
{
	const struct conf *conf = c->conf;

	if (conf->scope)
		call_tell(c, PAM_TEXT_INFO, "admit %d", sessions_admit(c,
		    conf->scope, (unsigned)conf->limit));
	call_tell(c, PAM_TEXT_INFO, "put %d",
	    session_put(c, conf->key, conf->value, conf->lasts));
	return PAM_SUCCESS;
}

static int
end(struct call *c)
{
	const struct conf *conf = c->conf;
	const char *value = "nothing";
	const int rc = session_get(c, conf->key, &value);

	call_tell(c, PAM_TEXT_INFO, "get %d %s", rc, value);
	return PAM_SUCCESS;
}

MODULE(keeper, "tell what is on record",
    .options = options, .conf_size = sizeof(struct conf),
    .auth = begin, .open = begin, .close = end);
