/* SPDX-License-Identifier: BSD-2-Clause */
/* Which session was opened within which: told by openers that are ancestors,
 * then by audit sessions, and by nothing that a caller could set. */
#include "pamctl/sessions/family.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "pamctl/sessions/roster.h"

/* Who opened a session, seen from this process. */
enum who { ME, PARENT, NOBODY, BEFORE_PARENT };

#define MEMBERS 4
#define NONE NO_AUDIT_SESSION

/* In the order of their opening; the last one's parent is asked for. */
static const struct {
	const char *label;
	struct {
		const char *id;
		enum who opener;
		unsigned long long outer, inner;
		enum life life;
		int rc;
	} member[MEMBERS];
	const char *want;
} cases[] = {
	{ "alone", { { "d", ME, NONE, NONE, LIFE_HERE, 0 } }, NULL },
	{ "the opener's parent opened one",
	  { { "a", PARENT, NONE, NONE, LIFE_HERE, 0 },
	    { "d", ME, NONE, NONE, LIFE_HERE, 0 } }, "a" },
	{ "the latest of them", { { "a", PARENT, NONE, NONE, LIFE_HERE, 0 },
	    { "b", PARENT, NONE, NONE, LIFE_HERE, 0 },
	    { "d", ME, NONE, NONE, LIFE_HERE, 0 } }, "b" },
	{ "its own opener is no ancestor",
	  { { "a", ME, NONE, NONE, LIFE_HERE, 0 },
	    { "d", ME, NONE, NONE, LIFE_HERE, 0 } }, NULL },
	{ "who had the parent's pid before",
	  { { "a", BEFORE_PARENT, NONE, NONE, LIFE_HERE, 0 },
	    { "d", ME, NONE, NONE, LIFE_HERE, 0 } }, NULL },
	{ "who began the audit session",
	  { { "a", NOBODY, NONE, 7, LIFE_HERE, 0 },
	    { "b", NOBODY, NONE, 8, LIFE_HERE, 0 },
	    { "d", ME, 7, 9, LIFE_HERE, 0 } }, "a" },
	{ "an ancestor is nearer", { { "a", PARENT, NONE, 6, LIFE_HERE, 0 },
	    { "b", NOBODY, NONE, 7, LIFE_HERE, 0 },
	    { "d", ME, 7, NONE, LIFE_HERE, 0 } }, "a" },
	{ "no audit session is none in common",
	  { { "a", NOBODY, NONE, NONE, LIFE_HERE, 0 },
	    { "d", ME, NONE, NONE, LIFE_HERE, 0 } }, NULL },
	{ "the opener is dead", { { "a", PARENT, NONE, 7, LIFE_HERE, 0 },
	    { "d", NOBODY, 7, NONE, LIFE_GOING, 0 } }, "a" },
	{ "not one that is younger, whatever it says",
	  { { "e", PARENT, NONE, 7, LIFE_HERE, 0 },
	    { "d", ME, 7, NONE, LIFE_HERE, 0 } }, NULL },
	{ "not one of another boot", { { "a", PARENT, NONE, 7, LIFE_PAST, 0 },
	    { "d", ME, 7, NONE, LIFE_HERE, 0 } }, NULL },
	{ "not one that cannot be read",
	  { { "a", PARENT, NONE, 7, LIFE_HERE, -EPROTO },
	    { "d", ME, 7, NONE, LIFE_HERE, 0 } }, NULL },
	{ "one from elsewhere has none",
	  { { "a", PARENT, NONE, 7, LIFE_HERE, 0 },
	    { "d", ME, 7, NONE, LIFE_ELSEWHERE, 0 } }, NULL },
};

static struct process
process_of(enum who who)
{
	struct process self = process_self(), parent;

	if (!process_parent(&self, &parent))
		parent = (struct process){ 0 };
	switch (who) {
	case ME:
		return self;
	case PARENT:
		return parent;
	case NOBODY:
		return (struct process){ -1, 1 };
	case BEFORE_PARENT:
		return (struct process){ parent.pid, parent.seen - 1 };
	}
	return parent;
}

static void
check_case(size_t i)
{
	struct known known[MEMBERS] = { { .rc = 0 } };
	struct roster r = { .known = known };
	const struct known *parent;

	for (; r.count < MEMBERS && cases[i].member[r.count].id; r.count++) {
		struct known *k = &known[r.count];

		k->id = cases[i].member[r.count].id;
		k->rc = cases[i].member[r.count].rc;
		k->life = cases[i].member[r.count].life;
		k->file.record.opener =
		    process_of(cases[i].member[r.count].opener);
		k->file.record.outer = cases[i].member[r.count].outer;
		k->file.record.inner = cases[i].member[r.count].inner;
	}
	parent = family_parent(&r, &known[r.count - 1]);
	CHECK_STR(cases[i].label, cases[i].want, parent ? parent->id : NULL);
}

/* A parent of the test's own: whoever runs it may be out of sight. */
int
main(void)
{
	const pid_t child = fork();
	int status;

	if (child == 0) {
		for (size_t i = 0; i < COUNT(cases); i++)
			check_case(i);
		fflush(stdout);
		_exit(TEST_RESULT());
	}
	return waitpid(child, &status, 0) != child || status != 0;
}
