/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/test_place.h"

#include <sched.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "record/record.h"

static const char *const mounts[] = { "/run", "/var/log", "/var/lib" };

static const struct {
	const char *path;
	mode_t mode;
} directories[] = {
	{ "/run/usher", 0755 },
	{ "/run/usher/sessions", 0700 },
	{ "/var/log/usher", 0750 },
	{ "/var/lib/usher", 0700 },
	{ "/var/lib/usher/undo", 0700 },
};

bool
place_begin(void)
{
	if (geteuid() != 0 || unshare(CLONE_NEWNS) < 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return false;
	for (size_t i = 0; i < COUNT(mounts); i++) {
		if (mount("none", mounts[i], "tmpfs", 0, "size=1m") < 0)
			return false;
	}
	for (size_t i = 0; i < COUNT(directories); i++) {
		if (mkdir(directories[i].path, directories[i].mode) < 0)
			return false;
	}
	return true;
}

void
place_record(struct record *r, const char *id)
{
	static char boot[BOOT_TEXT];

	*r = (struct record){
		.id = id, .boot = boot_name(boot), .service = "sshd",
		.user = "alice", .uid = 1000, .outer = NO_AUDIT_SESSION,
		.inner = NO_AUDIT_SESSION, .opener = process_self(),
	};
	space_self(&r->space, getpid());
}
