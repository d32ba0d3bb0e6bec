/* SPDX-License-Identifier: BSD-2-Clause */
/* Where policies lie on disk: the pam.d directories, or pam.conf. The only
 * part of policy/ that opens files, and it opens them for reading only. */
#ifndef POLICY_TREE_H
#define POLICY_TREE_H

#include "policy/parse.h"

struct stat;
struct watch;

#define TREE_DIRS 3

struct policy_tree {
	const char *root;	/* stands before every path; NULL: none */
	const char *dir[TREE_DIRS + 1];	/* searched in this order: C-3 */
	const char *single;		/* pam.conf, or NULL: never read */
	/* Whether a file may be believed (W-15); NULL: any. 0 or -errno. */
	int (*trust)(void *ctx, const char *path, const struct stat *st);
	void *ctx;
	struct watch *watch;	/* gets every path looked at; or NULL */
};

/* The places of a system: /etc/pam.d, /usr/lib/pam.d, vendordir's pam.d, and
 * /etc/pam.conf (C-2). vendordir as configured at build time. */
void tree_system(struct policy_tree *tree);

/* One directory and nothing else; borrowed, as root is when it is set. */
void tree_confdir(struct policy_tree *tree, const char *confdir);

/* The directory that stands for the tree in a cache: the first that there is.
 * False when there is none, and pam.conf counts (C-2). */
bool tree_directory(const struct policy_tree *tree, struct stat *st);

/* Read and parse the policy of a service; as policy_parse. */
int tree_load(const struct policy_tree *tree, const char *service,
    unsigned flags, struct policy **out);

#endif
