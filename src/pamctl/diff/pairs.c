/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/diff/pairs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "pamctl/check/kinds.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/own.h"
#include "pamctl/policies/source.h"
#include "policy/tree.h"

/* Where a system has policies. */
static const char *const places[] = { "etc/pam.d", "usr/lib/pam.d",
	"usr/share/pam/pam.d", "etc/pam.conf" };

static bool
is_root(const char *path)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		_drop_(freep) char *below = NULL;

		if (asprintf(&below, "%s/%s", path, places[i]) < 0) {
			below = NULL;
			return false;
		}
		if (access(below, F_OK) == 0)
			return true;
	}
	return false;
}

static int
open_tree(const struct options *o, const char *path, struct options *tree,
    struct names *listed)
{
	const bool root = is_root(path);
	int rc;

	*tree = *o;
	tree->root = root ? path : NULL;
	tree->confdir = root ? NULL : path;
	rc = services_list(tree, listed);
	if (rc == -ENOMEM)
		return fail(STATUS_AGAIN, "out of memory");
	if (rc == -EACCES || rc == -EPERM)
		return fail(STATUS_PRIVILEGE, "%s: %s", path, strerror(-rc));
	if (rc < 0 || listed->count == 0)
		return fail(STATUS_CONFIG, "%s: no policies", path);
	return 0;
}

static bool
is_listed(const struct names *names, const char *service)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->name[i], service) == 0)
			return true;
	}
	return false;
}

static int
read_pair(const struct pairs *p, struct pair *pair)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		struct policy_tree tree;

		source_tree(&p->tree[s], &tree);
		pair->listed[s] = is_listed(&p->listed[s], pair->service);
		if (tree_load(&tree, pair->service, 0, &pair->policy[s]) < 0 ||
		    own_facilities(pair->policy[s], pair->service,
			pair->own[s]) < 0)
			return -ENOMEM;
	}
	return 0;
}

static bool
includes(const struct pair *p, const char *name)
{
	return policy_includes(p->policy[SIDE_OLD], name) ||
	    policy_includes(p->policy[SIDE_NEW], name);
}

/* What others include is compared where it is included. */
static void
find_parts(struct pairs *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct pair *pair = &p->pair[i];
		const unsigned kind = kinds_of(pair->service);

		pair->part = kind & KIND_PART;
		for (size_t j = 0; !kind && j < p->count; j++)
			pair->part |= j != i &&
			    includes(&p->pair[j], pair->service);
	}
}

/* The names of both lists, in order, each once. */
static size_t
merge(const struct pairs *p, struct pair *to)
{
	const struct names *a = &p->listed[SIDE_OLD], *b = &p->listed[SIDE_NEW];
	size_t i = 0, j = 0, n = 0;

	while (i < a->count || j < b->count) {
		const int order = i == a->count ? 1 : j == b->count ? -1 :
		    strcmp(a->name[i], b->name[j]);

		to[n++].service = order <= 0 ? a->name[i] : b->name[j];
		i += order <= 0;
		j += order >= 0;
	}
	return n;
}

static size_t
copy(const char *const *services, struct pair *to)
{
	size_t n = 0;

	for (; services[n]; n++)
		to[n].service = services[n];
	return n;
}

static size_t
room_for(const struct pairs *p, const char *const *services)
{
	size_t n = p->listed[SIDE_OLD].count + p->listed[SIDE_NEW].count;

	for (size_t i = 0; services && services[i]; i++)
		n++;
	return n;
}

static int
read_policies(struct pairs *p, const char *const *services)
{
	int rc = 0;

	p->pair = calloc(room_for(p, services), sizeof *p->pair);
	if (!p->pair)
		return fail(STATUS_AGAIN, "out of memory");
	p->count = services ? copy(services, p->pair) : merge(p, p->pair);
	for (size_t i = 0; i < p->count && rc == 0; i++)
		rc = read_pair(p, &p->pair[i]);
	if (rc < 0)
		return fail(STATUS_AGAIN, "out of memory");
	if (!services)
		find_parts(p);
	return 0;
}

int
pairs_read(const struct options *o, const char *const *services,
    struct pairs *out)
{
	int rc = 0;

	memset(out, 0, sizeof *out);
	for (int s = 0; s < SIDE_COUNT && rc == 0; s++)
		rc = open_tree(o, o->argv[s], &out->tree[s], &out->listed[s]);
	return rc ? rc : read_policies(out, services);
}

void
pairs_free(struct pairs *p)
{
	for (size_t i = 0; i < p->count; i++) {
		policy_free(p->pair[i].policy[SIDE_OLD]);
		policy_free(p->pair[i].policy[SIDE_NEW]);
	}
	free(p->pair);
	names_free(&p->listed[SIDE_OLD]);
	names_free(&p->listed[SIDE_NEW]);
}
