/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/rehearsal/rehearsal.h"

#include <errno.h>
#include <stdlib.h>

#include <security/_pam_types.h>

#include "pamctl/pamctl.h"

void
rehearsal_options(struct rehearsal *r,
    struct verb_option to[REHEARSAL_OPTIONS])
{
	to[0] = (struct verb_option){ .name = "set",
		.argument = "MODULE=CODE",
		.what = "the answer of a module, or of FILE:LINE",
		.values = &r->first.set };
	to[1] = (struct verb_option){ .name = "then",
		.argument = "MODULE=CODE",
		.what = "the same for setcred and close",
		.values = &r->second.set };
	to[2] = (struct verb_option){ .name = "others", .argument = "CODE",
		.what = "the answer of all others (success)",
		.value = &r->others };
}

/* Nobody supposes of pam_deny that it lets in. */
static int
read_facts(struct rehearsal *r, const struct options *o)
{
	const int rc = modules_read(o, &r->can[0]);

	r->can[1] = r->can[0];
	r->first.able = &r->can[0];
	r->second.able = &r->can[1];
	return rc;
}

int
rehearsal_check(struct rehearsal *r, const struct options *o)
{
	int rc = supposed_check(&r->first, "--set");

	if (rc == 0)
		rc = supposed_check(&r->second, "--then");
	r->first.other = r->others ? supposed_code(r->others) : PAM_SUCCESS;
	r->second.other = PAM_SUCCESS;
	if (rc == 0 && r->first.other < 0)
		rc = fail(STATUS_USAGE, "--others: no such code as \"%s\"",
		    r->others);
	return rc ? rc : read_facts(r, o);
}

/* A stack without an entry refuses. */
static int
go(const struct chain *chain, int *kept, bool follow, struct supposed *supposed,
    struct trail *trail)
{
	const struct run r = {
		.chain = chain, .kept = kept, .follow = follow,
		.ask = supposed_ask, .ctx = supposed, .trail = trail,
	};
	struct walk w;
	int code;

	walk_begin(&w);
	code = run(&r, &w);
	return chain->count ? code : PAM_PERM_DENIED;
}

int
rehearsal_go(struct rehearsal *r, const struct chain *chain,
    enum facility f, bool alone)
{
	const bool twice = f == FAC_AUTH || f == FAC_SESSION;

	r->can[0].function = function_first(f);
	r->can[1].function = twice ? function_second(f) : function_first(f);
	r->kept = malloc((chain->count + 1) * sizeof *r->kept);
	if (!r->kept)
		return -ENOMEM;
	for (size_t i = 0; i < chain->count; i++)
		r->kept[i] = KEPT_NONE;
	if (!alone)
		r->code[0] = go(chain, r->kept, false, &r->first,
		    &r->trail[0]);
	r->code[1] = go(chain, r->kept, true, &r->second, &r->trail[1]);
	return 0;
}

void
rehearsal_end(struct rehearsal *r)
{
	free(r->first.set);
	free(r->second.set);
	trail_free(&r->trail[0]);
	trail_free(&r->trail[1]);
	free(r->kept);
	modules_free(&r->can[0]);
}
