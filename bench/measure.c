/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: measure SCENE [OPERATIONS]
 * Print the time of one operation in nanoseconds, a line for each of several
 * batches; with OPERATIONS do just so many, for others to count what they see. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "scene.h"

#define BATCH_NS 3e6
#define BATCHES 20
#define MOST (1L << 30)

static const struct scene *const tables[] = {
	cycle_scenes, store_scenes, value_scenes
};

static double
run_ops(struct bench *b, long ops)
{
	const double start = now_ns();

	for (long i = 0; i < ops; i++)
		b->scene->op(b);
	return now_ns() - start;
}

static void
run_batches(struct bench *b)
{
	const unsigned parts = b->scene->parts ? b->scene->parts : 1;
	long ops = 1;

	while (ops < MOST && run_ops(b, ops) < BATCH_NS)
		ops *= 2;
	for (int i = 0; i < BATCHES; i++)
		printf("%.2f\n", run_ops(b, ops) / (double)ops / parts);
}

static void
run_scene(void *arg)
{
	struct bench *b = arg;

	if (b->scene->prepare)
		b->scene->prepare(b);
	if (b->ops)
		run_ops(b, b->ops);
	else
		run_batches(b);
}

static void
run_in_place(struct bench *b)
{
	struct errand errand = { run_scene, b };

	switch (b->scene->around) {
	case AROUND_NOTHING:
		run_scene(b);
		return;
	case AROUND_HANDLE:
		b->pamh = begin(b->scene->service, NULL);
		run_scene(b);
		break;
	case AROUND_MODULE:
		b->pamh = begin(b->scene->service, &errand);
		expect("pam_acct_mgmt", pam_acct_mgmt(b->pamh, 0));
		break;
	}
	finish(b->pamh);
}

static const struct scene *
find(const char *name)
{
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		for (const struct scene *s = tables[i]; s->name; s++) {
			if (strcmp(s->name, name) == 0)
				return s;
		}
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	struct bench b = { .scene = argc > 1 ? find(argv[1]) : NULL };

	if (!b.scene || argc > 3) {
		fprintf(stderr, "usage: measure SCENE [OPERATIONS]\n");
		return 2;
	}
	b.ops = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
	if (b.scene->value)
		printf("%.2f\n", b.scene->value(b.scene));
	else
		run_in_place(&b);
	return 0;
}
