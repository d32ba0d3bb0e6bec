/* SPDX-License-Identifier: BSD-2-Clause */
/* A failed open is undone: for every stack, wherever it fails and with whatever
 * code, those entries close that opened, the last first, and the program hears
 * what it would have heard. The engine foretells both. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "engine/run.h"
#include "place.h"
#include "policy/code.h"
#include "policy/parse.h"
#include "rig.h"

#include <security/pam_session.h>

#define S(control, name) "session " control " %M " name "\n"
#define STACK(a, b, c, d, e)                                                   \
	S(a, "0") S(b, "1") S(c, "2") S(d, "3") S(e, "4")
#define R "required"
#define O "optional"

static const char *const stacks[] = {
	STACK(R, R, R, R, R),
	STACK("requisite", "requisite", "requisite", "requisite", "requisite"),
	STACK(R, "sufficient", R, "sufficient", R),
	STACK(O, O, O, O, O),
	STACK(O, R, O, R, O),
	STACK("sufficient", "sufficient", R, O, "requisite"),
	STACK("[default=die]", R, "[success=ok default=die]", R, R),
	STACK("[default=bad]", R, R, R, R),
	STACK("[success=2 default=ignore]", R, R, R, R),
	STACK(R, "[default=1]", "requisite", R, "[success=1 default=die]"),
	STACK(R, R, R, "[success=9 default=bad]", R),
	STACK(R, "[success=ok default=reset]", R, "[default=reset]", R),
	STACK(R, "[success=done default=ignore]", R, R, R),
	STACK(R, R, "[success=ok new_authtok_reqd=ok ignore=ignore "
	    "default=bad]", R, R),
	S(R, "0") "session substack sub\n" S(R, "3") S(R, "4"),
	S(R, "0") "session [success=1 default=ignore] %M 1\n"
	    "session substack sub\n" S("requisite", "4"),
	S(R, "0") "session include sub\n" S("requisite", "3") S(R, "4"),
	S(R, "0") S(R, "1") "session bogus %M 2\n" S(R, "3"),
	"-session required %D/gone.so\n" S(R, "1") S(R, "2"),
	S(R, "0") "session required %H 1\n" S(R, "2"),
};

static const char sub[] = S("requisite", "1") S("sufficient", "2");

/* Who fails and how; all others answer so. */
static struct {
	int at, code, others;
	bool puts;		/* who fails has put something before */
	bool asked;		/* its first answer was PAM_INCOMPLETE */
} now;

/* ---- The model ---- */

static int
read_file(void *ctx, const char *name, struct policy_file *file)
{
	char path[300];

	(void)ctx;
	snprintf(path, sizeof path, "%s/%s", rig_confdir(), name);
	file->path = strdup(path);
	if (file_read(path, 65536, &file->text) < 0)
		return -ENOENT;
	file->len = strlen(file->text);
	return 0;
}

static int
answer_of(const char *name)
{
	return strtol(name, NULL, 10) == now.at ? now.code : now.others;
}

/* Two modules cannot open: one is not there, one has no such function. */
static bool
opens(const struct entry *e)
{
	return !strstr(e->module, "gone.so") && !strstr(e->module, "half.so");
}

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	(void)ctx;
	(void)ms;
	return opens(e) ? answer_of(e->argv[0]) : PAM_MODULE_UNKNOWN;
}

static bool
has_put(const struct entry *e)
{
	return now.puts && opens(e) && strtol(e->argv[0], NULL, 10) == now.at;
}

struct model {
	struct policy *policy;
	int kept[16];
	int code;
	char closes[256];	/* as rig.called has them */
};

/* What is closed, from the last that was reached to the first. */
static void
foretell_closes(struct model *m, const struct chain *chain)
{
	m->closes[0] = '\0';
	for (size_t i = chain->count; i > 0; i--) {
		const struct entry *e = &chain->entry[i - 1];

		if (e->kind != ENTRY_MODULE || m->kept[i - 1] == KEPT_NONE ||
		    (m->kept[i - 1] != PAM_SUCCESS && !has_put(e)))
			continue;
		snprintf(m->closes + strlen(m->closes),
		    sizeof m->closes - strlen(m->closes), " %s.close_session",
		    e->argv[0]);
	}
}

static void
foretell(struct model *m)
{
	const struct chain *chain = &m->policy->chain[FAC_SESSION];
	struct trail trail = { 0 };
	const struct run r = { .chain = chain, .kept = m->kept, .ask = ask,
		.trail = &trail };
	struct walk w;

	for (size_t i = 0; i < COUNT(m->kept); i++)
		m->kept[i] = KEPT_NONE;
	walk_begin(&w);
	m->code = run(&r, &w);
	trail_free(&trail);
	foretell_closes(m, chain);
}

/* ---- The library ---- */

static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	const bool me = strtol(call->argv[0], NULL, 10) == now.at;

	if (strcmp(call->what, "open_session") != 0)
		return PAM_SUCCESS;
	if (me && now.code == PAM_INCOMPLETE && now.asked)
		return PAM_SUCCESS;
	now.asked |= me;
	if (me && now.puts)
		CHECK_INT("put", PAM_SUCCESS,
		    pam_session_put(pamh, "key", "value", 0));
	return answer_of(call->argv[0]);
}

static pam_handle_t *
start(const char *user)
{
	pam_handle_t *pamh = NULL;

	rig.called[0] = '\0';
	rig.module = act;
	now.asked = false;
	rig_must(pam_start_confdir("svc", user, &rig_conv, rig_confdir(),
	    &pamh) == PAM_SUCCESS, "transaction");
	return pamh;
}

/* What was called behind the openings. */
static const char *
closes(void)
{
	const char *last = NULL;

	for (const char *at = rig.called;
	    (at = strstr(at, ".open_session")); at++)
		last = at;
	return last ? last + strlen(".open_session") : rig.called;
}

static void
check_undone(const char *label, pam_handle_t *pamh, const struct model *m)
{
	char before[sizeof rig.called];

	CHECK_STR(label, m->closes, closes());
	CHECK_INT("no record is left", 0, place_records());
	strcpy(before, rig.called);
	CHECK_INT("a later close is well", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("and runs nothing", before, rig.called);
}

static void
check_one(const char *label, const struct model *m, bool recorded)
{
	pam_handle_t *pamh = start("alice");

	CHECK_INT(label, m->code, pam_open_session(pamh, 0));
	if (m->code == PAM_SUCCESS) {
		CHECK_STR(label, "", closes());
		CHECK_INT("on record", recorded, place_records());
		pam_close_session(pamh, 0);
	} else if (m->code == PAM_INCOMPLETE) {
		CHECK_STR("nothing is undone yet", "", closes());
		CHECK_STR("not ready", recorded ? "opening" : "none",
		    place_state());
	} else {
		check_undone(label, pamh, m);
	}
	pam_end(pamh, PAM_SUCCESS);
}

/* The codes that stand for all, where not all are tried. */
static const int some[] = {
	PAM_SUCCESS, PAM_SESSION_ERR, PAM_IGNORE, PAM_INCOMPLETE
};

static void
check_code(const char *text, struct model *m, int at, int code, bool recorded)
{
	char label[400];

	now.at = at;
	now.code = code;
	now.puts = code % 2;
	snprintf(label, sizeof label, "%d says %s, others %s%s, in\n%s", at,
	    code_word(code), code_word(now.others),
	    recorded ? "" : ", no records", text);
	foretell(m);
	check_one(label, m, recorded);
	if (m->code == PAM_INCOMPLETE)
		place_clear();
}

/* Every entry with every code, or with some. */
static void
check_stack(const char *text, bool all, bool recorded)
{
	static const struct policy_source source = { .read = read_file };
	struct model m = { 0 };

	rig_policy("svc", text);
	rig_must(policy_parse(&source, "svc", 0, &m.policy) == 0, "policy");
	for (int at = 0; at < 5; at++) {
		for (int i = 0; i < (all ? CODE_COUNT : (int)COUNT(some)); i++)
			check_code(text, &m, at, all ? i : some[i], recorded);
	}
	policy_free(m.policy);
}

static void
check_stacks(int others, bool all, bool recorded)
{
	now.others = others;
	for (size_t i = 0; i < COUNT(stacks); i++)
		check_stack(stacks[i], all, recorded);
	place_clear();
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	rig_policy("sub", sub);
	check_stacks(PAM_SUCCESS, true, true);
	check_stacks(PAM_IGNORE, false, true);
	rig_policy("usher.conf", "record no\n");
	check_stacks(PAM_SUCCESS, false, false);
	return TEST_RESULT();
}
