/* SPDX-License-Identifier: BSD-2-Clause */
#include "model.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "policy/code.h"
#include "policy/parse.h"
#include "rig.h"

#define S(control, name) "session " control " %M " name "\n"
#define STACK(a, b, c, d, e)                                                   \
	S(a, "0") S(b, "1") S(c, "2") S(d, "3") S(e, "4")
#define R "required"
#define O "optional"

const char *const model_stacks[] = {
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

const size_t model_stack_count = COUNT(model_stacks);
const char model_sub[] = S("requisite", "1") S("sufficient", "2");

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

void
model_read(struct model *m, const char *service)
{
	static const struct policy_source source = { .read = read_file };

	*m = (struct model){ 0 };
	rig_must(policy_parse(&source, service, 0, &m->policy) == 0,
	    "policy");
}

void
model_free(struct model *m)
{
	policy_free(m->policy);
}

/* Two modules cannot open: one is not there, one has no such function. */
bool
model_opens(const struct entry *e)
{
	return !strstr(e->module, "gone.so") && !strstr(e->module, "half.so");
}

struct errand {
	struct model *m;
	const char *what;
	int (*answer)(const char *name);
};

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct errand *errand = ctx;
	char *called = errand->m->called;
	const size_t used = strlen(called);

	(void)ms;
	if (!model_opens(e))
		return PAM_MODULE_UNKNOWN;
	snprintf(called + used, sizeof errand->m->called - used, " %s.%s",
	    e->argv[0], errand->what);
	return errand->answer(e->argv[0]);
}

static void
walk(struct model *m, const char *what, bool follow,
    int (*answer)(const char *name))
{
	struct errand errand = { m, what, answer };
	struct trail trail = { 0 };
	const struct run r = { .chain = &m->policy->chain[FAC_SESSION],
		.kept = m->kept, .follow = follow, .ask = ask,
		.ctx = &errand, .trail = &trail };
	struct walk w;

	m->called[0] = '\0';
	walk_begin(&w);
	m->code = run(&r, &w);
	trail_free(&trail);
}

void
model_open(struct model *m, int (*answer)(const char *name))
{
	for (size_t i = 0; i < COUNT(m->kept); i++)
		m->kept[i] = KEPT_NONE;
	walk(m, "open_session", false, answer);
}

void
model_close(struct model *m, int (*answer)(const char *name))
{
	walk(m, "close_session", true, answer);
}
