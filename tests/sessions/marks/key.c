/* SPDX-License-Identifier: BSD-2-Clause */
/* A key in root's user keyring. */
#include <errno.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

/* Keyrings are not the world's own: what a test leaves that was itself killed
 * goes by itself. */
#define SECONDS 7200

static char *
name_of(const char *id, char name[MARK_PATH])
{
	snprintf(name, MARK_PATH, "mark:%s", id);
	return name;
}

static int
set(const char *id)
{
	char name[MARK_PATH];
	const long key = syscall(SYS_add_key, "user", name_of(id, name), "x",
	    (size_t)1, KEY_SPEC_USER_KEYRING);

	if (key < 0)
		return -errno;
	mark_pause();
	return syscall(SYS_keyctl, KEYCTL_SET_TIMEOUT, key, SECONDS) < 0 ?
	    -errno : 0;
}

static int
unset(const char *id)
{
	char name[MARK_PATH];
	const long key = syscall(SYS_keyctl, KEYCTL_SEARCH,
	    KEY_SPEC_USER_KEYRING, "user", name_of(id, name), 0);

	if (key < 0)
		return errno == ENOKEY ? 0 : -errno;
	mark_pause();
	return syscall(SYS_keyctl, KEYCTL_UNLINK, key,
	    KEY_SPEC_USER_KEYRING) < 0 && errno != ENOENT ? -errno : 0;
}

const struct mark mark = { "key", 0, set, unset };
