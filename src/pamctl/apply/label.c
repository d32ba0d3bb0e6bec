/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/label.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/drop.h"

#define LABEL_MAX 4096

/* Not those that tell about the content, as hashes and signatures do. */
static const char *const labels[] = { "security.selinux", "security.SMACK64" };

/* What is not a file or folder has no descriptor that would do. */
static int
open_item(const struct folder *in, const char *name)
{
	return openat(in->fd, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
}

static int
copy_label(int from, int to, const char *label)
{
	char value[LABEL_MAX];
	const ssize_t len = fgetxattr(from, label, value, sizeof value);

	/* None there, or a file system without any. */
	if (len < 0)
		return errno == ENODATA || errno == ENOTSUP ? 0 : -errno;
	return fsetxattr(to, label, value, (size_t)len, 0) < 0 ? -errno : 0;
}

static int
label_one(const struct folder *like, const char *replaced,
    const struct folder *in, const char *name)
{
	_drop_(closep) int from = open_item(like, replaced);
	_drop_(closep) int to = open_item(in, name);
	int rc = from < 0 || to < 0 ? -errno : 0;

	for (size_t i = 0; i < COUNT(labels) && rc == 0; i++)
		rc = copy_label(from, to, labels[i]);
	return rc < 0 ? folder_complain(in, name, rc) : 0;
}

static int
label_item(const struct folder *like, const char *replaced,
    const struct folder *in, const char *name)
{
	_drop_(folder_close) struct folder old = FOLDER_NONE,
	    new = FOLDER_NONE;
	_drop_(names_free) struct names names = { 0 };
	const enum item item = folder_item(in, name, NULL);
	int rc;

	if (item != folder_item(like, replaced, NULL) ||
	    (item != ITEM_FILE && item != ITEM_FOLDER))
		return 0;
	rc = label_one(like, replaced, in, name);
	if (rc || item == ITEM_FILE)
		return rc;
	rc = folder_enter(like, replaced, &old);
	if (rc == 0)
		rc = folder_enter(in, name, &new);
	if (rc == 0)
		rc = folder_names(&new, &names);
	for (size_t i = 0; i < names.count && rc == 0; i++)
		rc = label_item(&old, names.name[i], &new, names.name[i]);
	return rc;
}

int
label_like(const struct folder *in, const char *replaced, const char *name)
{
	return label_item(in, replaced, in, name);
}
