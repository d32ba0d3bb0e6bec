/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/newcomer.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>

#include "base/drop.h"
#include "pamctl/apply/process.h"

static void
closedirp(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* Whoever is left of a session tells how old it is at least. */
int
newcomer_since(const struct timespec *swap)
{
	_drop_(closedirp) DIR *proc = NULL;
	const uint32_t session = process_session("self");
	const struct dirent *d;

	if (session == NO_SESSION)
		return -ENODATA;
	proc = opendir("/proc");
	if (!proc)
		return -errno;
	while ((d = readdir(proc))) {
		if (isdigit((unsigned char)*d->d_name) &&
		    process_session(d->d_name) == session &&
		    process_older(d->d_name, swap))
			return 0;
	}
	return 1;
}
