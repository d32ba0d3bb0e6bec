/* SPDX-License-Identifier: BSD-2-Clause */
/* Thousands of random steps beside a plain array that does the same. */
#include "base/table.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"

#define NAMES 3000
#define NAME_ROOM 40

/* The model: what the table should hold, in order of arrival. */
static struct {
	char name[NAMES][NAME_ROOM];
	size_t order[NAMES], count;
} model;

static uint64_t seed;

static uint64_t
any(uint64_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (seed >> 33) % below;
}

/* Lengths around the words of eight bytes that hashing takes, and names that
 * differ in their first or in their last bytes alone. */
static void
make_names(void)
{
	for (size_t i = 0; i < NAMES; i++) {
		const int width = 4 + (int)(i % 21);

		snprintf(model.name[i], NAME_ROOM, i % 2 ? "%0*zu" : "%-*zu_",
		    width, i);
	}
}

static size_t
model_find(size_t name)
{
	size_t at = 0;

	while (at < model.count && model.order[at] != name)
		at++;
	return at;
}

static void
model_remove(size_t at)
{
	model.count--;
	memmove(&model.order[at], &model.order[at + 1],
	    (model.count - at) * sizeof model.order[0]);
}

/* What is there is there, in order, and nothing else. */
static void
compare(const struct table *t)
{
	size_t at = 0;

	CHECK_INT("as many", model.count, t->live);
	for (size_t i = 0; i < t->count; i++) {
		if (!t->slot[i].value)
			continue;
		CHECK("in order", at < model.count &&
		    t->slot[i].value == model.name[model.order[at]]);
		at++;
	}
	CHECK_INT("none is missing", model.count, at);
	for (size_t i = 0; i < NAMES; i++) {
		const char *name = model.name[i];
		const struct table_slot *s = table_find(t, name, strlen(name));

		CHECK(name, !s == (model_find(i) == model.count));
		CHECK(name, !s || s->value == name);
	}
}

/* Toggle one name: there it goes, not there it comes. */
static void
step(struct table *t, size_t i)
{
	char *name = model.name[i];
	struct table_slot *s = table_find(t, name, strlen(name));
	const size_t at = model_find(i);

	CHECK(name, !s == (at == model.count));
	if (s) {
		table_remove(t, s);
		model_remove(at);
	} else if (table_add(t, name, strlen(name), name) == 0) {
		model.order[model.count++] = i;
	}
}

/* Of so many names, so many steps: few names are walked, many are indexed, and
 * in between tables pass from one to the other and back. */
static const struct {
	const char *label;
	size_t names, steps;
} walks[] = {
	{ "one name", 1, 50 },
	{ "a few", 8, 400 },
	{ "around the first index", 16, 800 },
	{ "hundreds", 300, 5000 },
	{ "thousands", NAMES, 20000 },
};

static void
check_walks(void)
{
	for (size_t i = 0; i < COUNT(walks); i++) {
		struct table t = { 0 };

		seed = 1;
		model.count = 0;
		for (size_t k = 0; k < walks[i].steps; k++)
			step(&t, any(walks[i].names));
		compare(&t);
		while (model.count)
			step(&t, model.order[any(model.count)]);
		compare(&t);
		table_free(&t);
		CHECK(walks[i].label, !t.slot && !t.index && !t.live);
	}
}

static void
check_names(void)
{
	static char value[] = "value";
	struct table t = { 0 };

	CHECK("nothing is in an empty table", !table_find(&t, "a", 1));
	table_add(&t, "ab", 2, value);
	table_add(&t, "a\0b", 3, value);
	CHECK("a beginning is another name", !table_find(&t, "a", 1));
	CHECK("a longer one too", !table_find(&t, "abc", 3));
	CHECK("only so many bytes count", table_find(&t, "abc", 2));
	CHECK("a NUL is a byte", table_find(&t, "a\0b", 3));
	CHECK("the empty name is none of them", !table_find(&t, "", 0));
	table_add(&t, "", 0, value);
	CHECK("and can be one", table_find(&t, "", 0));
	table_free(&t);
}

/* E-4: an entry costs the same however many there are. A search one by one
 * would compare 5 * 10^9 names here, minutes in place of milliseconds. */
static void
check_cost(void)
{
	enum { MANY = 100000 };
	struct table t = { 0 };
	char (*name)[8] = calloc(MANY, sizeof *name);
	const clock_t begin = clock();

	for (size_t i = 0; name && i < MANY; i++) {
		snprintf(name[i], sizeof name[i], "%zu", i);
		table_add(&t, name[i], strlen(name[i]), name[i]);
	}
	for (size_t i = 0; name && i < MANY; i++)
		table_remove(&t, table_find(&t, name[i], strlen(name[i])));
	CHECK_INT("empty again", 0, t.live);
	CHECK("in a short time", clock() - begin < 5 * CLOCKS_PER_SEC);
	table_free(&t);
	free(name);
}

int
main(void)
{
	make_names();
	check_names();
	check_walks();
	check_cost();
	return TEST_RESULT();
}
