/* SPDX-License-Identifier: BSD-2-Clause */
/* What modkit says of sessions where records are kept, and that a module loads
 * where they are not. */
#include <dlfcn.h>

#include "base/drop.h"
#include "pamtest.h"

#define RECORDS                                                                \
	{ "/run/usher/sessions", .mode = 0700, .kind = PAMTEST_FOLDER }
#define IN_AND_OUT { { PAMTEST_OPEN, PAM_SUCCESS },                            \
	{ PAMTEST_CLOSE, PAM_SUCCESS } }

static const struct pamtest rows[] = {
	{ "what was put is there", .user = "alice", .root = true,
	  .args = "value=v", .files = { RECORDS }, .ops = IN_AND_OUT,
	  .says = "info: put 0\ninfo: get 0 v" },
	{ "what was taken back is not", .user = "alice", .root = true,
	  .files = { RECORDS }, .ops = IN_AND_OUT,
	  .says = "info: put 0\ninfo: get 18 nothing" },
	{ "who is admitted", .user = "alice", .root = true,
	  .args = "value=v scope=s", .files = { RECORDS }, .ops = IN_AND_OUT,
	  .says = "info: admit 0\ninfo: put 0\ninfo: get 0 v" },
	{ "and who is not", .user = "alice", .root = true,
	  .args = "value=v scope=s limit=0", .files = { RECORDS },
	  .ops = IN_AND_OUT,
	  .says = "info: admit 6\ninfo: put 0\ninfo: get 0 v" },
	{ "without a record the handle remembers", .user = "alice",
	  .args = "value=v scope=s", .ops = IN_AND_OUT,
	  .says = "info: admit 4\ninfo: put 0\ninfo: get 0 v" },
	{ "but for what outlives a reboot", .user = "alice",
	  .args = "value=v lasts", .ops = IN_AND_OUT,
	  .says = "info: put 4\ninfo: get 18 nothing",
	  .logs = "key is not on record" },
	{ "only sessions have anything", .user = "alice",
	  .args = "value=v scope=s", .ops = { { PAMTEST_AUTH, PAM_SUCCESS } },
	  .says = "info: admit 29\ninfo: put 29" },
};

static const struct pamtest rows_elsewhere[] = {
	{ "no records here", .user = "alice", .args = "value=v scope=s",
	  .ops = IN_AND_OUT,
	  .says = "info: admit 2\ninfo: put 2\ninfo: get 2 nothing" },
};

int
main(int argc, char **argv)
{
	if (dlsym(RTLD_DEFAULT, "pam_session_put"))
		return pamtest_main(argc, argv, rows, COUNT(rows), NULL);
	return pamtest_main(argc, argv, rows_elsewhere, COUNT(rows_elsewhere),
	    NULL);
}
