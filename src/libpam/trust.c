/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/trust.h"

#include <errno.h>
#include <sys/stat.h>

#include "libpam/conf.h"
#include "libpam/log.h"

/* Who, other than root, could have written the file; NULL: nobody. */
static const char *
who_may_write(const struct stat *st)
{
	if (st->st_mode & S_IWOTH)
		return "anybody";
	if (st->st_mode & S_IWGRP && st->st_gid != 0)
		return "its group";
	/* Of the overflow uid too: whoever has no name here is nobody we know. */
	if (st->st_uid != 0)
		return "its owner, who is not root,";
	return NULL;
}

bool
trust_refuses(const struct conf *conf, const struct stat *st)
{
	switch (conf->trust) {
	case TRUST_OFF:
		return false;
	case TRUST_WARN:
		return st->st_mode & S_IWOTH;
	case TRUST_STRICT:
		return who_may_write(st);
	}
	return true;
}

int
trust_file(const struct conf *conf, const char *path, const struct stat *st)
{
	const char *who = conf->trust == TRUST_OFF ? NULL : who_may_write(st);

	if (!who)
		return 0;
	if (trust_refuses(conf, st)) {
		pam_syslog(NULL, LOG_ERR, "refusing %s: %s may write it",
		    path, who);
		return -EPERM;
	}
	pam_syslog(NULL, LOG_WARNING, "%s may write %s", who, path);
	return 0;
}
