/* SPDX-License-Identifier: BSD-2-Clause */
/* For the tests of the documentation: read the policy of a service from one
 * directory, or from a file in the style of pam.conf, and say what is wrong. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "policy/tree.h"

static void
drop_policy(struct policy **p)
{
	policy_free(*p);
}

static size_t
entries(const struct policy *p)
{
	size_t n = 0;

	for (size_t f = 0; f < FAC_COUNT; f++)
		n += p->chain[f].count;
	return n;
}

int
main(int argc, char **argv)
{
	_drop_(drop_policy) struct policy *p = NULL;
	struct policy_tree tree = { 0 };
	struct stat st;
	char text[512];

	if (argc != 3 || stat(argv[1], &st) < 0) {
		fprintf(stderr, "usage: policy-says directory|file service\n");
		return 2;
	}
	if (S_ISDIR(st.st_mode))
		tree_confdir(&tree, argv[1]);
	else
		tree.single = argv[1];
	if (tree_load(&tree, argv[2], 0, &p) < 0)
		return 2;

	for (size_t i = 0; i < p->faults; i++) {
		fault_text(&p->fault[i], text, sizeof text);
		puts(text);
	}
	if (!entries(p))
		puts("no entries");
	return p->faults || p->refused || !entries(p);
}
