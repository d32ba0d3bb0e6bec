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
trust(void *ctx, const char *path, int fd)
{
	return trust_file(ctx, path, fd);
}

static int
read_policy(struct snapshot *s, struct policy_tree *tree, const char *service,
    struct policy **out)
{
	tree->trust = trust;
	tree->ctx = s->conf;
	tree->watch = &s->watch;
	return tree_load(tree, service, 0, out);
}

/* Where a time stamp cannot tell two contents apart, only a second reading
 * can. 0, -EAGAIN when it said something else, -ENOMEM. */
static int
read_again(struct snapshot *s, const char *confdir, struct policy_tree *tree,
    const char *service)
{
	_drop_(snapshot_free) struct snapshot second = { 0 };
	int rc;

	second.conf = conf_load(confdir, &second.watch);
	if (!second.conf)
		return -ENOMEM;
	rc = read_policy(&second, tree, service, &second.policy);
	if (rc < 0)
		return rc;
	return conf_same_text(s->conf, second.conf) &&
	    policy_same_texts(s->policy, second.policy) ? 0 : -EAGAIN;
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
	rc = read_policy(s, tree, service, &s->policy);
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
