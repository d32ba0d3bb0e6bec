/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/study.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/check/kinds.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/own.h"
#include "pamctl/policies/source.h"
#include "policy/tree.h"

#define BIT(code) (UINT32_C(1) << (code))

/* What a module of which nobody has told the answers gives when it works, or
 * refuses: the rest is possible, but no reason for an alarm. */
#define LIKELY                                                                 \
	(BIT(PAM_SUCCESS) | BIT(PAM_AUTH_ERR) | BIT(PAM_PERM_DENIED) |         \
	    BIT(PAM_USER_UNKNOWN) | BIT(PAM_AUTHINFO_UNAVAIL) |                \
	    BIT(PAM_SERVICE_ERR) | BIT(PAM_SYSTEM_ERR) |                       \
	    BIT(PAM_CRED_INSUFFICIENT) | BIT(PAM_MAXTRIES) |                   \
	    BIT(PAM_SESSION_ERR) | BIT(PAM_AUTHTOK_ERR) |                      \
	    BIT(PAM_ACCT_EXPIRED) | BIT(PAM_CRED_ERR))

bool
may_answer(const struct fact *fact, int code)
{
	return fact->answers >> code & 1;
}

uint32_t
likely_answers(const struct fact *fact)
{
	return fact->vague ? fact->answers & LIKELY : fact->answers;
}

struct place
service_place(const struct service *s)
{
	return (struct place){ s->path, 0 };
}

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct study *st = ctx;

	return st->known[e - st->chain->entry].first.answers;
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct study *st = ctx;
	const struct fact *fact = &st->known[e - st->chain->entry].first;
	uint32_t m = 0;

	if (e->kind != ENTRY_MODULE)
		return 0;
	if (!(likely_answers(fact) >> answer & 1))
		m |= MARK_GUESS;
	if (answer != PAM_SUCCESS || fact->answers == BIT(PAM_SUCCESS))
		return m;
	return m | MARK_CHECKED |
	    (fact->proof == PROOF_NOTHING ? 0 : MARK_PROOF);
}

/* A module that cannot be asked answers so, whatever it might have said. */
static struct fact
fact_for(const struct check *c, const struct entry *e,
    const struct module_file *file, enum function function)
{
	struct fact fact = facts_of(c->facts, e, function);

	if (c->modules && file->state != MODULE_UNREADABLE &&
	    (file->state != MODULE_GOOD || !module_serves(file, function)))
		fact = (struct fact){ .answers = BIT(PAM_MODULE_UNKNOWN),
			.listed = true };
	return fact;
}

static void
know(struct check *c, struct study *st, enum facility f)
{
	for (size_t i = 0; i < st->chain->count; i++) {
		const struct entry *e = &st->chain->entry[i];
		struct known *k = &st->known[i];

		if (e->kind != ENTRY_MODULE)
			continue;
		k->first = fact_for(c, e, k->file, function_first(f));
		k->second = fact_for(c, e, k->file, function_second(f));
	}
}

static int
study_service(struct check *c, struct service *s)
{
	int rc = 0;

	for (int f = 0; f < FAC_COUNT && rc == 0; f++) {
		struct study *st = &s->study[f];

		know(c, st, (enum facility)f);
		st->quest = (struct quest){ st->chain, answers, marks, st,
			GRAIN_SUCCESS };
		rc = explore(&st->quest, &st->x);
	}
	return rc;
}

static int
find_files(struct check *c, struct study *st)
{
	st->known = calloc(st->chain->count + 1, sizeof *st->known);
	if (!st->known)
		return -ENOMEM;
	for (size_t i = 0; i < st->chain->count; i++) {
		const struct entry *e = &st->chain->entry[i];

		if (e->kind != ENTRY_MODULE)
			continue;
		st->known[i].file = shelf_find(c->shelf, e->module);
		if (!st->known[i].file)
			return -ENOMEM;
	}
	return 0;
}

static int
set_path(struct service *s, const struct policy_tree *tree)
{
	const struct policy_file *own = s->policy->files ?
	    s->policy->file[0] : NULL;

	if (own && own->path && own->err != -ENOENT) {
		s->path = strdup(own->path);
		return s->path ? 0 : -ENOMEM;
	}
	if (asprintf(&s->path, "%s%s/%s", tree->root ? tree->root : "",
	    tree->dir[0], s->name) >= 0)
		return 0;
	s->path = NULL;
	return -ENOMEM;
}

static int
load(struct check *c, struct service *s)
{
	struct policy_tree tree;
	int rc;

	source_tree(c->o, &tree);
	s->kind = kinds_of(s->name);
	rc = tree_load(&tree, s->name, POLICY_COMMENTS, &s->policy);
	if (rc == 0)
		rc = set_path(s, &tree);
	if (rc == 0)
		rc = own_facilities(s->policy, s->name, s->own);
	for (size_t f = 0; f < FAC_COUNT && rc == 0; f++) {
		s->study[f].chain = &s->policy->chain[f];
		rc = find_files(c, &s->study[f]);
	}
	return rc;
}

/* What others include, and no program is known to ask for, is looked at where
 * it is included. */
static void
find_parts(struct check *c)
{
	for (size_t i = 0; i < c->services; i++) {
		struct service *s = &c->service[i];

		s->part = s->kind & KIND_PART;
		for (size_t j = 0; !s->kind && j < c->services; j++)
			s->part |= j != i && policy_includes(
			    c->service[j].policy, s->name);
	}
}

int
study_services(struct check *c, char **name, size_t count)
{
	int rc = 0;

	c->service = calloc(count + 1, sizeof *c->service);
	if (!c->service)
		return fail(STATUS_AGAIN, "out of memory");
	for (; c->services < count && rc == 0; c->services++) {
		c->service[c->services].name = name[c->services];
		rc = load(c, &c->service[c->services]);
	}
	if (rc == 0 && c->o->argc == 0)
		find_parts(c);
	/* Policies may lie somewhere without their modules; a system that runs
	 * has some. */
	c->modules = shelf_has_any(c->shelf) || (!c->o->root && !c->o->confdir);
	for (size_t i = 0; i < count && rc == 0; i++) {
		if (!c->service[i].part)
			rc = study_service(c, &c->service[i]);
	}
	return rc < 0 ? fail(STATUS_AGAIN, "out of memory") : 0;
}

void
study_free(struct check *c)
{
	for (size_t i = 0; i < c->services; i++) {
		struct service *s = &c->service[i];

		for (size_t f = 0; f < FAC_COUNT; f++) {
			free(s->study[f].known);
			explore_end(&s->study[f].x);
		}
		policy_free(s->policy);
		free(s->path);
	}
	free(c->service);
	c->service = NULL;
	c->services = 0;
}
