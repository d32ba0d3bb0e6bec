/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts that judge a service, all as they were at one moment: no login is
 * judged by a mixture of two policies. Private to libpam/. */
#ifndef LIBPAM_SNAPSHOT_H
#define LIBPAM_SNAPSHOT_H

#include "base/watch.h"

struct conf;
struct policy;

struct snapshot {
	struct conf *conf;
	struct policy *policy;
	struct watch watch;	/* the files that it was made from */
};

/* Read usher.conf and the policy of a service, again and again until nothing
 * changed meanwhile. 0; -EAGAIN when it never stops changing; -ENOMEM. */
int snapshot_read(const char *confdir, const char *service,
    struct snapshot *s);

/* Forget everything; the snapshot is empty afterwards. */
void snapshot_free(struct snapshot *s);

#endif
