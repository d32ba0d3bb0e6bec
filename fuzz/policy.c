/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole policies, of several files: files.h. */
#include <stdbool.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "engine/run.h"
#include "files.h"
#include "policy/test_show.h"
#include "target.h"

#define BROKEN "\n#\nbogus required broken.so\n"

static struct policy *
parse(struct files *f)
{
	const struct policy_source source = {
		.read = files_read, .ctx = f,
		.single = files_find(f, "pam.conf") ? "pam.conf" : NULL,
	};
	struct policy *p = NULL;

	PROMISE("every text makes a policy", policy_parse(&source, SERVICE,
	    POLICY_COMMENTS, &p) == 0 && p);
	return p;
}

static void
check_entry(const struct entry *e)
{
	for (int code = 0; code < CODE_COUNT; code++)
		PROMISE("every answer has an action",
		    e->action[code] < ACT_JUMP || (e->jump &&
		    e->action[code] == ACT_JUMP && e->jump[code] > 0));
	PROMISE("it knows where it stands", e->at.file && e->at.line > 0);
	if (e->kind == ENTRY_REFUSE)
		return;
	PROMISE("it has a module and a name",
	    e->module && *e->module && e->name && *e->name);
	if (e->kind == ENTRY_MODULE)
		PROMISE("and arguments with an end",
		    e->argv && !e->argv[e->argc]);
}

/* A level is entered through its mark alone: else a jump could get into it. */
static void
check_chain(const struct chain *c)
{
	unsigned depth = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct entry *e = &c->entry[i];

		check_entry(e);
		PROMISE("a level begins behind its mark", e->depth <= depth);
		PROMISE("no level is too deep", e->depth < DEPTH_MAX);
		depth = e->depth;
		depth += e->kind == ENTRY_SUBSTACK;
	}
}

static bool
refuses(const struct policy *p)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		for (size_t i = 0; i < p->chain[f].count; i++) {
			const struct entry *e = &p->chain[f].entry[i];

			if (e->kind == ENTRY_REFUSE || e->action[0] == ACT_BAD)
				return true;
		}
	}
	return p->refused;
}

static bool
has_error(const struct policy *p)
{
	for (size_t i = 0; i < p->faults; i++) {
		if (fault_severity(p->fault[i].kind) != SEVERITY_NOTE)
			return true;
	}
	return false;
}

static void
check_faults(const struct policy *p, bool other)
{
	char text[512];

	for (size_t f = 0; f < FAC_COUNT; f++) {
		for (size_t i = 0; i < p->chain[f].count; i++)
			PROMISE("what refuses was told", has_error(p) ||
			    p->chain[f].entry[i].kind != ENTRY_REFUSE);
	}
	for (size_t i = 0; i < p->faults; i++) {
		const struct fault *f = &p->fault[i];

		fault_text(f, text, sizeof text);
		PROMISE("a fault says what is the matter", *text);
		/* What "other" has wrong does not count where the service says
		 * all by itself, and a line of no type may be an include that
		 * finds nothing (C-24). */
		PROMISE("a refusal stands for each error", other ||
		    f->kind == FAULT_TYPE || refuses(p) ||
		    fault_severity(f->kind) == SEVERITY_NOTE);
	}
}

static int
say_yes(void *ctx, const struct entry *e, uint32_t *ms)
{
	size_t *asked = ctx;

	PROMISE("only modules are asked", e->kind == ENTRY_MODULE);
	*ms = 0;
	++*asked;
	return PAM_SUCCESS;
}

/* If every module says yes: it ends, and a yes has somebody who said it. */
static void
check_walk(const struct chain *c)
{
	struct trail trail = { 0 };
	struct walk w;
	size_t asked = 0, granted = 0;
	const struct run r = { .chain = c, .ask = say_yes, .ctx = &asked,
		.trail = &trail };
	int rc;

	walk_begin(&w);
	rc = run(&r, &w);
	for (size_t i = 0; i < trail.count; i++)
		granted += trail.step[i].granted;
	PROMISE("nobody is asked twice", asked <= c->count);
	PROMISE("success is somebody's", rc != PAM_SUCCESS || granted);
	trail_free(&trail);
}

static bool
has_jump(const struct chain *c)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->entry[i].jump)
			return true;
	}
	return false;
}

static int
all_yes(const struct chain *c)
{
	struct trail trail = { 0 };
	struct walk w;
	size_t asked = 0;
	const struct run r = { .chain = c, .ask = say_yes, .ctx = &asked,
		.trail = &trail };
	int rc;

	walk_begin(&w);
	rc = run(&r, &w);
	trail_free(&trail);
	return rc;
}

/* A broken line at the end is noticed, and lets nobody in who was kept out. */
static void
check_broken(struct files *f, const struct policy *before)
{
	struct file *own = &f->file[0];
	char *longer = malloc(own->len + sizeof BROKEN), *old = own->text;
	const struct chain *was = &before->chain[FAC_AUTH], *is;
	struct policy *p;

	if (!longer)
		abort();
	memcpy(longer, old, own->len);
	memcpy(longer + own->len, BROKEN, sizeof BROKEN - 1);
	own->text = longer;
	own->len += sizeof BROKEN - 1;
	p = parse(f);
	is = &p->chain[FAC_AUTH];
	PROMISE("a broken line is an entry", p->refused || (is->count &&
	    is->entry[is->count - 1].kind == ENTRY_REFUSE));
	PROMISE("it lets nobody in", p->refused || has_jump(was) ||
	    all_yes(is) != PAM_SUCCESS || all_yes(was) == PAM_SUCCESS);
	policy_free(p);
	own->len -= sizeof BROKEN - 1;
	own->text = old;
	free(longer);
}

static void
check_same(struct files *f, const struct policy *p)
{
	_drop_(freep) char *one = show_policy(p), *two = NULL;
	struct policy *q = parse(f);

	two = show_policy(q);
	PROMISE("a text has one meaning", strcmp(one, two) == 0);
	PROMISE("the same texts are the same", policy_same_texts(p, q));
	policy_free(q);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct files f = { .count = 0 };
	struct policy *p;

	files_take(&f, data, size);
	if (!files_multiply(&f)) {
		p = parse(&f);
		for (size_t i = 0; i < FAC_COUNT; i++) {
			check_chain(&p->chain[i]);
			check_walk(&p->chain[i]);
		}
		check_faults(p, files_find(&f, "other") || files_find(&f, "pam.conf"));
		check_same(&f, p);
		if (!p->refused && !files_find(&f, "pam.conf"))
			check_broken(&f, p);
		policy_free(p);
	}
	files_free(&f);
	return 0;
}
