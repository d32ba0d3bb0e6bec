/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/swap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/apply/copy.h"
#include "pamctl/apply/label.h"
#include "pamctl/pamctl.h"

/* A step, with its folder open and the name of what lies beside: hidden, so
 * that no reader of a folder of configuration takes it for his. */
struct site {
	struct step *step;
	struct folder in;
	char *beside;
};

static void
site_close(struct site *s)
{
	folder_close(&s->in);
	free(s->beside);
}

static int
site_open(const char *root, struct step *step, struct site *out)
{
	*out = (struct site){ .step = step, .in = FOLDER_NONE,
		.beside = text_format(".%s.usher", step->name) };
	if (!out->beside)
		return fail(STATUS_AGAIN, "out of memory");
	return folder_open(root, *step->parent ? step->parent : "/", &out->in);
}

int
swap_mirror(const struct folder *top, const char *path, struct folder *out)
{
	return folder_enter(top, *path ? path + 1 : ".", out);
}

static int
stage(const char *root, const struct folder *new, struct step *step)
{
	_drop_(site_close) struct site s;
	_drop_(folder_close) struct folder from = FOLDER_NONE;
	struct stat st;
	int rc = site_open(root, step, &s);

	if (rc || !step->new)
		return rc;
	rc = swap_mirror(new, step->parent, &from);
	if (rc == 0)
		rc = copy_over(&from, step->name, &s.in, s.beside, COPY_EXACT);
	if (rc == 0)
		rc = label_like(&s.in, step->name, s.beside);
	if (rc)
		return rc;
	if (folder_item(&s.in, s.beside, &st) == ITEM_NONE)
		return folder_complain(&s.in, s.beside, -ENOENT);
	step->ino = st.st_ino;
	return folder_sync(&s.in);
}

int
swap_stage(const char *root, const struct folder *new, struct journal *j)
{
	int rc = 0;

	for (size_t i = 0; i < j->count && rc == 0; i++)
		rc = stage(root, new, &j->step[i]);
	return rc;
}

/* Whether the step was taken: the new one stands where it belongs. */
static bool
taken(const struct site *s)
{
	struct stat st;
	const bool any = folder_item(&s->in, s->step->name, &st) != ITEM_NONE;

	return s->step->new ? any && st.st_ino == s->step->ino : !any;
}

/* Between the two names, forward or back: it is the same but for the case where
 * one of them is free. */
static int
move(const struct site *s, bool forward)
{
	const struct step *step = s->step;
	const bool both = step->old && step->new;
	const bool inward = forward == step->new;
	const char *from = inward ? s->beside : step->name;
	const char *to = inward ? step->name : s->beside;

	if (renameat2(s->in.fd, from, s->in.fd, to,
	    both ? RENAME_EXCHANGE : RENAME_NOREPLACE) < 0)
		return folder_complain(&s->in, step->name, -errno);
	return 0;
}

static int
sync_folder(const struct site *s)
{
	return fsync(s->in.fd) < 0 ?
	    folder_complain(&s->in, NULL, -errno) : 0;
}

static int
take(const char *root, struct step *step)
{
	_drop_(site_close) struct site s;
	int rc = site_open(root, step, &s);

	if (rc == 0)
		rc = move(&s, true);
	return rc ? rc : sync_folder(&s);
}

int
swap_take(const char *root, const struct journal *j)
{
	int rc = 0;

	for (size_t i = 0; i < j->count && rc == 0; i++)
		rc = take(root, &j->step[i]);
	return rc;
}

static int
verify(const char *root, const struct folder *old, struct step *step)
{
	_drop_(site_close) struct site s;
	_drop_(folder_close) struct folder was = FOLDER_NONE;
	bool same;
	int rc = site_open(root, step, &s);

	if (rc || !step->old)
		return rc;
	rc = swap_mirror(old, step->parent, &was);
	if (rc == 0)
		rc = same_item(&was, step->name, &s.in, s.beside, &same);
	if (rc || same)
		return rc;
	return fail(STATUS_AGAIN, "%s/%s: was changed meanwhile",
	    s.in.path, step->name);
}

int
swap_verify(const char *root, const struct folder *old,
    const struct journal *j)
{
	int rc = 0;

	for (size_t i = 0; i < j->count && rc == 0; i++)
		rc = verify(root, old, &j->step[i]);
	return rc;
}

static int
take_back(const char *root, struct step *step)
{
	_drop_(site_close) struct site s;
	int rc = site_open(root, step, &s);

	if (rc == 0 && taken(&s))
		rc = move(&s, false);
	return rc ? rc : sync_folder(&s);
}

int
swap_back(const char *root, const struct journal *j)
{
	int rc = 0;

	for (size_t i = j->count; i-- > 0 && rc == 0;)
		rc = take_back(root, &j->step[i]);
	return rc;
}

static int
clean(const char *root, struct step *step)
{
	_drop_(site_close) struct site s;
	const int rc = site_open(root, step, &s);

	return rc ? rc : remove_item(&s.in, s.beside);
}

int
swap_clean(const char *root, const struct journal *j)
{
	int rc = 0;

	for (size_t i = 0; i < j->count && rc == 0; i++)
		rc = clean(root, &j->step[i]);
	return rc;
}
