/* SPDX-License-Identifier: BSD-2-Clause */
/* Every scenario, as files are kept, fresh and renewed: for whoever watches the
 * memory from outside. */
#include <string.h>

#include "stage.h"

static bool
same(const struct run *a, const struct run *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = a->outcome[i].code == b->outcome[i].code &&
		    strcmp(a->outcome[i].text, b->outcome[i].text) == 0;
	return same;
}

/* Whether the policy was read or remembered makes no difference. */
static int
walk(const struct scenario *s)
{
	struct run first = { .count = 0 }, next;
	int differ = 0;

	for (int i = 0; i < 2 * AGE_COUNT; i++) {
		stage_age(s, (enum age)(i % AGE_COUNT));
		stage_play(s, NULL, NULL, i ? &next : &first);
		differ += i && !same(&first, &next);
	}
	return differ;
}

int
main(int argc, char **argv)
{
	return stage_each(argc, argv, walk);
}
