/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/policies/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pamctl/pamctl.h"
#include "policy/tree.h"

static const char *const severities[] = {
	[SEVERITY_NOTE] = "note",
	[SEVERITY_ERROR] = "error",
	[SEVERITY_FATAL] = "fatal",
};

static void
complain(const struct policy *policy)
{
	for (size_t i = 0; i < policy->faults; i++) {
		struct fault f = policy->fault[i];
		char text[512];
		const struct place at = f.at;

		f.at.file = NULL;
		fault_text(&f, text, sizeof text);
		if (at.file) {
			put(stderr, at.file);
			fprintf(stderr, ":%u: ", at.line);
		}
		fprintf(stderr, "%s: ", severities[fault_severity(f.kind)]);
		put(stderr, text);
		fputc('\n', stderr);
	}
}

void
source_tree(const struct options *o, struct policy_tree *tree)
{
	if (o->confdir)
		tree_confdir(tree, o->confdir);
	else
		tree_system(tree);
	tree->root = o->root;
	if (o->view) {
		tree->dir[0] = o->view->directory;
		tree->single = o->view->single;
	}
}

int
source_policy(const struct options *o, const char *service,
    struct policy **out)
{
	struct policy_tree tree;
	struct policy *policy;

	source_tree(o, &tree);
	if (tree_load(&tree, service, 0, &policy) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	complain(policy);
	if (policy->refused) {
		policy_free(policy);
		return fail(STATUS_CONFIG,
		    "no program can start the service %s", service);
	}
	*out = policy;
	return 0;
}

int
source_facility(const char *name)
{
	for (int f = 0; f < FAC_COUNT; f++) {
		if (strcmp(name, facility_word((enum facility)f)) == 0)
			return f;
	}
	fail(STATUS_USAGE, "no facility \"%s\": auth, account, session or "
	    "password", name);
	return -1;
}

char *
source_place(const struct place *at)
{
	char *text;

	if (asprintf(&text, "%s:%u", at->file, at->line) < 0)
		return NULL;
	return text;
}
