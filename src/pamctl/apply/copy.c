/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "pamctl/pamctl.h"

static int
give(int fd, const struct stat *st, enum copy_how how)
{
	const bool safe = how == COPY_SAFE;
	/* Whoever may write a policy may become anybody. */
	const mode_t mode = st->st_mode & (safe ? 0755 : 07777);

	if (fchown(fd, safe ? 0 : st->st_uid, safe ? 0 : st->st_gid) < 0 ||
	    fchmod(fd, mode) < 0)
		return -errno;
	return 0;
}

static int
copy_file(const struct folder *from, const char *name, const struct folder *to,
    const char *as, enum copy_how how)
{
	_drop_(freep) char *text = NULL;
	_drop_(closep) int fd = -1;
	struct stat st;
	size_t len;
	int rc = folder_read(from, name, &text, &len);

	if (rc)
		return rc;
	if (folder_item(from, name, &st) != ITEM_FILE)
		return folder_complain(from, name, -EINVAL);
	fd = openat(to->fd, as, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	rc = fd < 0 ? -errno : write_all(fd, text, len);
	if (rc == 0)
		rc = give(fd, &st, how);
	return rc < 0 ? folder_complain(to, as, rc) : 0;
}

static int
read_link(const struct folder *in, const char *name, char target[PATH_MAX])
{
	const ssize_t len = readlinkat(in->fd, name, target, PATH_MAX - 1);

	if (len < 0)
		return folder_complain(in, name, -errno);
	target[len] = '\0';
	return 0;
}

static int
copy_link(const struct folder *from, const char *name, const struct folder *to,
    const char *as)
{
	char target[PATH_MAX];
	const int rc = read_link(from, name, target);

	if (rc)
		return rc;
	if (symlinkat(target, to->fd, as) < 0)
		return folder_complain(to, as, -errno);
	return 0;
}

/* Names with which the lines of a journal would not be what they seem. */
static bool
is_plain(const char *name)
{
	for (; *name; name++) {
		if ((unsigned char)*name < ' ' || *name == 0x7f)
			return false;
	}
	return true;
}

static int
copy_content(const struct folder *from, const struct folder *to,
    enum copy_how how)
{
	_drop_(names_free) struct names names = { 0 };
	int rc = folder_names(from, &names);

	for (size_t i = 0; i < names.count && rc == 0; i++)
		rc = copy_over(from, names.name[i], to, names.name[i], how);
	return rc;
}

static int
copy_folder(const struct folder *from, const char *name,
    const struct folder *to, const char *as, enum copy_how how)
{
	_drop_(folder_close) struct folder in = FOLDER_NONE, out = FOLDER_NONE;
	const bool fresh = folder_item(to, as, NULL) == ITEM_NONE;
	struct stat st;
	int rc = folder_enter(from, name, &in);

	if (rc == 0)
		rc = folder_make(to, as, 0700, &out);
	if (rc == 0)
		rc = copy_content(&in, &out, how);
	if (rc || !fresh)
		return rc;
	rc = fstat(in.fd, &st) < 0 ? -errno : give(out.fd, &st, how);
	return rc < 0 ? folder_complain(to, as, rc) : 0;
}

int
copy_item(const struct folder *from, const char *name, const struct folder *to,
    const char *as, enum copy_how how)
{
	if (!is_plain(name))
		return fail(STATUS_CONFIG, "%s/%s: a control character in "
		    "its name", from->path, name);
	switch (folder_item(from, name, NULL)) {
	case ITEM_FILE:
		return copy_file(from, name, to, as, how);
	case ITEM_LINK:
		return copy_link(from, name, to, as);
	case ITEM_FOLDER:
		return copy_folder(from, name, to, as, how);
	case ITEM_NONE:
		return folder_complain(from, name, -ENOENT);
	case ITEM_OTHER:
		break;
	}
	return fail(STATUS_CONFIG, "%s/%s: neither a file, a folder nor a "
	    "link", from->path, name);
}

int
copy_over(const struct folder *from, const char *name, const struct folder *to,
    const char *as, enum copy_how how)
{
	const bool join = folder_item(from, name, NULL) == ITEM_FOLDER &&
	    folder_item(to, as, NULL) == ITEM_FOLDER;
	int rc = join ? 0 : remove_item(to, as);

	return rc ? rc : copy_item(from, name, to, as, how);
}

static int
remove_content(const struct folder *in)
{
	_drop_(names_free) struct names names = { 0 };
	int rc = folder_names(in, &names);

	for (size_t i = 0; i < names.count && rc == 0; i++)
		rc = remove_item(in, names.name[i]);
	return rc;
}

int
remove_item(const struct folder *in, const char *name)
{
	_drop_(folder_close) struct folder inner = FOLDER_NONE;
	const enum item item = folder_item(in, name, NULL);
	int rc = 0;

	if (item == ITEM_FOLDER) {
		rc = folder_enter(in, name, &inner);
		if (rc == 0)
			rc = remove_content(&inner);
	}
	if (rc)
		return rc;
	if (unlinkat(in->fd, name,
	    item == ITEM_FOLDER ? AT_REMOVEDIR : 0) < 0 && errno != ENOENT)
		return folder_complain(in, name, -errno);
	return 0;
}

static int
same_file(const struct folder *a, const char *name_a, const struct folder *b,
    const char *name_b, bool *same)
{
	_drop_(freep) char *text_a = NULL, *text_b = NULL;
	size_t len_a, len_b;
	int rc = folder_read(a, name_a, &text_a, &len_a);

	if (rc == 0)
		rc = folder_read(b, name_b, &text_b, &len_b);
	if (rc == 0)
		*same = len_a == len_b && memcmp(text_a, text_b, len_a) == 0;
	return rc;
}

static int
same_link(const struct folder *a, const char *name_a, const struct folder *b,
    const char *name_b, bool *same)
{
	char target_a[PATH_MAX], target_b[PATH_MAX];
	int rc = read_link(a, name_a, target_a);

	if (rc == 0)
		rc = read_link(b, name_b, target_b);
	if (rc == 0)
		*same = strcmp(target_a, target_b) == 0;
	return rc;
}

/* The union is walked, for a name may stand on either side only. */
static int
same_folder(const struct folder *a, const char *name_a, const struct folder *b,
    const char *name_b, bool *same)
{
	_drop_(folder_close) struct folder in_a = FOLDER_NONE,
	    in_b = FOLDER_NONE;
	_drop_(names_free) struct names names = { 0 }, others = { 0 };
	int rc = folder_enter(a, name_a, &in_a);

	if (rc == 0)
		rc = folder_enter(b, name_b, &in_b);
	if (rc == 0)
		rc = folder_names(&in_a, &names);
	if (rc == 0)
		rc = folder_names(&in_b, &others);
	*same = rc == 0 && names.count == others.count;
	for (size_t i = 0; i < names.count && rc == 0 && *same; i++)
		rc = same_item(&in_a, names.name[i], &in_b, names.name[i],
		    same);
	return rc;
}

int
same_item(const struct folder *a, const char *name_a, const struct folder *b,
    const char *name_b, bool *same)
{
	struct stat st_a, st_b;
	const enum item item = folder_item(a, name_a, &st_a);

	*same = item == folder_item(b, name_b, &st_b);
	if (!*same || item == ITEM_NONE)
		return 0;
	if (item == ITEM_LINK)
		return same_link(a, name_a, b, name_b, same);
	*same = st_a.st_mode == st_b.st_mode && st_a.st_uid == st_b.st_uid &&
	    st_a.st_gid == st_b.st_gid;
	if (!*same || item == ITEM_OTHER)
		return 0;
	return item == ITEM_FOLDER ?
	    same_folder(a, name_a, b, name_b, same) :
	    same_file(a, name_a, b, name_b, same);
}
