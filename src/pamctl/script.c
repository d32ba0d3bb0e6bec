/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/pamctl.h"
#include "pamctl/source.h"

struct asking {
	const char *const *set;
	int other;
};

void
script_options(struct script *s, struct verb_option to[SCRIPT_OPTIONS])
{
	to[0] = (struct verb_option){ .name = "set",
		.argument = "MODULE=CODE",
		.what = "the answer of a module, or of FILE:LINE",
		.values = &s->set };
	to[1] = (struct verb_option){ .name = "then",
		.argument = "MODULE=CODE",
		.what = "the same for setcred and close",
		.values = &s->then };
	to[2] = (struct verb_option){ .name = "others", .argument = "CODE",
		.what = "the answer of all others (success)",
		.values = &s->others };
}

static int
code_named(const char *word)
{
	size_t len;
	const int code = code_prefix(word, &len);

	return code >= 0 && word[len] == '\0' ? code : -1;
}

static int
check_list(const char *option, const char *const *set)
{
	for (; set && *set; set++) {
		const char *equals = strrchr(*set, '=');

		if (!equals || equals == *set)
			return fail(STATUS_USAGE, "--%s %s: not MODULE=CODE",
			    option, *set);
		if (code_named(equals + 1) < 0)
			return fail(STATUS_USAGE,
			    "--%s %s: no such code as \"%s\"", option, *set,
			    equals + 1);
	}
	return 0;
}

int
script_check(struct script *s)
{
	int rc = check_list("set", s->set);

	if (rc == 0)
		rc = check_list("then", s->then);
	s->other = s->others ? code_named(s->others[0]) : PAM_SUCCESS;
	if (rc == 0 && s->other < 0)
		rc = fail(STATUS_USAGE, "--others: no such code as \"%s\"",
		    s->others[0]);
	return rc;
}

/* The code that a MODULE=CODE gives this entry; -1 when it is for another. The
 * module is its name, or (for one of several) FILE:LINE. */
static int
code_for(const char *set, const struct entry *e)
{
	const char *equals = strrchr(set, '=');
	const size_t len = (size_t)(equals - set);
	_drop_(freep) char *place = source_place(&e->at);
	const bool named = strlen(e->name) == len &&
	    strncmp(set, e->name, len) == 0;
	const bool placed = place && strlen(place) >= len &&
	    strncmp(place + strlen(place) - len, set, len) == 0 &&
	    strchr(set, ':');

	return named || placed ? code_named(equals + 1) : -1;
}

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct asking *a = ctx;
	int answer = a->other;

	*ms = 0;
	for (size_t i = 0; a->set && a->set[i]; i++) {
		const int code = code_for(a->set[i], e);

		if (code >= 0)
			answer = code;
	}
	return answer;
}

/* A stack without an entry refuses. */
static int
go(const struct chain *chain, int *kept, bool follow, struct asking asking,
    struct trail *trail)
{
	const struct run r = {
		.chain = chain, .kept = kept, .follow = follow, .ask = ask,
		.ctx = &asking, .trail = trail,
	};
	struct walk w;
	int code;

	walk_begin(&w);
	code = run(&r, &w);
	return chain->count ? code : PAM_PERM_DENIED;
}

int
rehearse(const struct script *s, const struct chain *chain, bool alone,
    struct rehearsal *out)
{
	const struct asking first = { s->set, s->other };
	const struct asking second = { s->then, PAM_SUCCESS };

	memset(out, 0, sizeof *out);
	out->kept = malloc((chain->count + 1) * sizeof *out->kept);
	if (!out->kept)
		return -ENOMEM;
	for (size_t i = 0; i < chain->count; i++)
		out->kept[i] = KEPT_NONE;
	if (!alone)
		out->code[0] = go(chain, out->kept, false, first,
		    &out->first);
	out->code[1] = go(chain, out->kept, true, second, &out->second);
	return 0;
}

void
rehearsal_end(struct rehearsal *r)
{
	trail_free(&r->first);
	trail_free(&r->second);
	free(r->kept);
}

void
script_free(struct script *s)
{
	free(s->set);
	free(s->then);
	free(s->others);
}
