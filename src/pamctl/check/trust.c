/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/trust.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/table.h"
#include "base/text.h"

/* What an id that has no name in this user namespace looks like: it may be
 * root's. */
#define OVERFLOW_ID 65534

/* A path that was looked at. */
struct judged {
	char *path;
	bool good;
	struct trust_fault fault;
};

struct trust {
	char *top;		/* as the kernel names it; NULL: everything */
	uid_t uid;		/* who counts as root besides root */
	gid_t gid;
	struct table judged;	/* by path */
};

struct trust *
trust_new(const char *top)
{
	struct trust *t = calloc(1, sizeof *t);
	struct stat st;

	if (!t || !top)
		return t;
	t->top = realpath(top, NULL);
	if (t->top && stat(t->top, &st) == 0) {
		t->uid = st.st_uid;
		t->gid = st.st_gid;
	}
	return t;
}

/* Who may write it besides root; "" for nobody. A sticky folder lets everybody
 * add files, and replace none. */
static int
who_may_write(const struct trust *t, const struct stat *st, char **who,
    bool *anybody)
{
	const bool sticky = S_ISDIR(st->st_mode) && st->st_mode & S_ISVTX;
	int len;

	*anybody = st->st_mode & S_IWOTH && !sticky;
	if (*anybody)
		len = asprintf(who, "anybody");
	else if (st->st_mode & S_IWGRP && !sticky && st->st_gid != 0 &&
	    st->st_gid != t->gid)
		len = asprintf(who, "the group %u", st->st_gid);
	else if (st->st_uid != 0 && st->st_uid != t->uid &&
	    st->st_uid != OVERFLOW_ID)
		len = asprintf(who, "the user %u", st->st_uid);
	else
		len = asprintf(who, "%s", "");
	if (len >= 0)
		return 0;
	*who = NULL;
	return -ENOMEM;
}

static void
judged_free(struct judged *j)
{
	if (!j)
		return;
	trust_fault_free(&j->fault);
	free(j->path);
	free(j);
}

static int
judge(const struct trust *t, struct judged *j)
{
	struct stat st;
	int rc;

	if (stat(j->path, &st) < 0)
		return -errno;
	j->fault.path = strdup(j->path);
	if (!j->fault.path)
		return -ENOMEM;
	rc = who_may_write(t, &st, &j->fault.who, &j->fault.anybody);
	if (rc == 0)
		j->good = !*j->fault.who;
	return rc;
}

/* One file or folder, looked at once. 0 with *out, the trust's, or -errno. */
static int
look(struct trust *t, const char *path, const struct judged **out)
{
	const struct table_slot *slot = table_find(&t->judged, path,
	    strlen(path));
	struct judged *j;
	int rc;

	if (slot) {
		*out = slot->value;
		return 0;
	}
	j = calloc(1, sizeof *j);
	if (!j)
		return -ENOMEM;
	j->path = strdup(path);
	rc = j->path ? judge(t, j) : -ENOMEM;
	if (rc == 0)
		rc = table_add(&t->judged, j->path, strlen(j->path), j);
	if (rc < 0) {
		judged_free(j);
		return rc;
	}
	*out = j;
	return 0;
}

/* The folder that something is in; false above the top. */
static bool
climb(const struct trust *t, char *path)
{
	char *slash = strrchr(path, '/');

	if (t->top && strcmp(path, t->top) == 0)
		return false;
	if (!slash || strcmp(path, "/") == 0)
		return false;
	slash[slash == path] = '\0';
	return true;
}

static int
copy_fault(const struct trust_fault *from, struct trust_fault *to)
{
	*to = (struct trust_fault){ from->anybody, strdup(from->who),
		strdup(from->path) };
	if (to->who && to->path)
		return 1;
	trust_fault_free(to);
	return -ENOMEM;
}

int
trust_path(struct trust *t, const char *path, struct trust_fault *fault)
{
	_drop_(freep) char *at = strdup(path);
	const struct judged *j;

	if (!at)
		return -ENOMEM;
	do {
		const int rc = look(t, at, &j);

		if (rc < 0)
			return rc;
		if (!j->good)
			return copy_fault(&j->fault, fault);
	} while (climb(t, at));
	return 0;
}

void
trust_fault_free(struct trust_fault *fault)
{
	free(TAKE(fault->who));
	free(TAKE(fault->path));
}

void
trust_free(struct trust *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->judged.count; i++)
		judged_free(t->judged.slot[i].value);
	table_free(&t->judged);
	free(t->top);
	free(t);
}
