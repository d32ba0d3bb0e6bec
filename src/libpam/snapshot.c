/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/snapshot.h"

#include <errno.h>

#include "base/drop.h"
#include "libpam/conf.h"
#include "libpam/trust.h"
#include "policy/tree.h"

#define TRIES 16		/* while somebody writes the files */

void
snapshot_free(struct snapshot *s)
{
	policy_free(TAKE(s->policy));
	conf_free(TAKE(s->conf));
	watch_free(&s->watch);
}

static int
trust(void *ctx, const char *path, const struct stat *st)
{
	return trust_file(ctx, path, st);
}

/* The same without a word: once is enough to be told of. */
static int
trust_silently(void *ctx, const char *path, const struct stat *st)
{
	(void)path;
	return trust_refuses(ctx, st) ? -EPERM : 0;
}

/* Where a time stamp cannot tell two contents apart, only a second reading
 * can. 0, -EAGAIN when it said something else, -ENOMEM. */
static int
read_again(const struct snapshot *s, const char *confdir,
    struct policy_tree *tree, const char *service)
{
	struct policy *second;
	int rc = conf_check(s->conf, confdir);

	if (rc < 0)
		return rc;
	tree->trust = trust_silently;
	tree->watch = NULL;
	rc = tree_load(tree, service, POLICY_OWN_LINES, &second);
	if (rc < 0)
		return rc;
	if (!policy_same_texts(s->policy, second))
		rc = -EAGAIN;
	policy_free(second);
	return rc;
}

/* Read everything at one time: no policy is a mixture of two. 0, -EAGAIN, or
 * -ENOMEM. */
static int
read_once(struct snapshot *s, const char *confdir, struct policy_tree *tree,
    const char *service)
{
	int rc;

	s->conf = conf_load(confdir, &s->watch);
	if (!s->conf)
		return -ENOMEM;
	tree->trust = trust;
	tree->ctx = s->conf;
	tree->watch = &s->watch;
	rc = tree_load(tree, service, POLICY_OWN_LINES, &s->policy);
	if (rc == 0 && s->watch.recent)
		rc = read_again(s, confdir, tree, service);
	if (rc == 0 && !watch_holds(&s->watch))
		rc = -EAGAIN;
	return rc;
}

int
snapshot_read(const char *confdir, const char *service, struct snapshot *s)
{
	struct policy_tree tree;
	int rc = -EAGAIN;

	if (confdir)
		tree_confdir(&tree, confdir);
	else
		tree_system(&tree);
	for (int i = 0; i < TRIES && rc == -EAGAIN; i++) {
		snapshot_free(s);
		rc = read_once(s, confdir, &tree, service);
	}
	if (rc == 0)
		policy_drop_texts(s->policy);
	return rc;
}
