/* SPDX-License-Identifier: BSD-2-Clause */
/* The directory of records: it is root's and stays the same one, and what is in
 * it has a name that can be one. */
#include "record/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "record/test_place.h"

#define ID "019abc00-0000-7000-8000-000000000001"

static const struct {
	const char *label, *id;
	bool good;
} ids[] = {
	{ "one", ID, true },
	{ "upper case", "019ABC00-0000-7000-8000-000000000001", false },
	{ "too short", "019abc00-0000-7000-8000-00000000000", false },
	{ "too long", ID "0", false },
	{ "nothing", "", false },
	{ "a way out", "../../../../../../../../../etc/passw", false },
	{ "a hyphen too early", "019abc0-00000-7000-8000-000000000001", false },
	{ "no hyphens", "019abc00000007000080000000000000001x", false },
};

static void
check_ids(void)
{
	for (size_t i = 0; i < COUNT(ids); i++) {
		struct store_name n = { "before" };

		CHECK_INT(ids[i].label, ids[i].good, store_is_id(ids[i].id));
		CHECK_INT(ids[i].label, ids[i].good,
		    store_name(&n, 7, ids[i].id));
		CHECK_STR(ids[i].label, ids[i].good ? "7/" ID : "before",
		    n.text);
	}
}

/* What is in the place of the directory. */
static const struct {
	const char *label, *make;
	int fresh, known;	/* for who never saw it, and who did */
} places[] = {
	{ "the place itself", ":", 0, 0 },
	{ "others may look in", "chmod 0750 sessions", -EPERM, -EPERM },
	{ "set-user-ID", "chmod 04700 sessions", -EPERM, -EPERM },
	{ "somebody's", "chown 1 sessions", -EPERM, -EPERM },
	{ "another of the same name",
	  "mv sessions old; mkdir -m 0700 sessions", 0, -EXDEV },
	{ "a link to it", "mv sessions old; ln -s old sessions", -ENOTDIR,
	  -EXDEV },
	{ "a file", "mv sessions old; :>sessions", -ENOTDIR, -EXDEV },
	{ "nothing", "mv sessions old", -ENOENT, -EXDEV },
};

static int
sign(int fd)
{
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static void
check_places(void)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		struct store fresh = { 0 }, known = { 0 };

		CHECK_INT("seen", 0, sign(store_open(STORE_SESSIONS, &known)));
		CHECK_INT("there", 0, chdir("/run/usher"));
		CHECK_INT(places[i].label, 0, system(places[i].make));
		CHECK_INT(places[i].label, places[i].fresh,
		    sign(store_open(STORE_SESSIONS, &fresh)));
		CHECK_INT(places[i].label, places[i].known,
		    sign(store_open(STORE_SESSIONS, &known)));
		CHECK_INT(places[i].label, 0, system("if [ -e old ]; then "
		    "rm -rf sessions; mv old sessions; fi; "
		    "chown 0 sessions; chmod 00700 sessions"));
	}
}

static int
list(void *ctx, const struct store_name *n)
{
	strcat(strcat(ctx, n->text), " ");
	return strncmp(n->text, "5/", 2) == 0 ? 42 : 0;
}

static void
check_each(void)
{
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	char found[256] = "";

	CHECK_INT("made", 0, system("cd " STORE_SESSIONS "; rm -rf *; "
	    "mkdir 7 unknown other; :>7/" ID "; :>7/core; :>unknown/" ID
	    "; :>other/" ID "; :>" ID));
	CHECK_INT("one user's", 0, store_each(dir, 7, list, found));
	CHECK_STR("one user's", "7/" ID " ", found);
	*found = '\0';
	CHECK_INT("who has none", 0, store_each(dir, 8, list, found));
	CHECK_STR("who has none", "", found);
	CHECK_INT("all", 0, store_each(dir, (uid_t)-1, list, found));
	CHECK("all: the user's", strstr(found, "7/" ID));
	CHECK("all: nobody's", strstr(found, "unknown/" ID));
	CHECK_INT("all: and no other", 2 * strlen(ID) + strlen("7/unknown/  "),
	    strlen(found));
	*found = '\0';
	CHECK_INT("made", 0, system("cd " STORE_SESSIONS "; mkdir 5; :>5/" ID));
	CHECK_INT("until somebody has enough", 42,
	    store_each(dir, (uid_t)-1, list, found));
}

int
main(void)
{
	check_ids();
	if (!place_begin())
		return check_bad ? 1 : 77;
	check_places();
	check_each();
	return TEST_RESULT();
}
