/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl confirm: somebody has come in by the new policies; they stay. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/secret.h"
#include "pamctl/apply/journal.h"
#include "pamctl/apply/newcomer.h"
#include "pamctl/apply/process.h"
#include "pamctl/apply/recover.h"
#include "pamctl/options.h"
#include "pamctl/pamctl.h"

#define USAGE "confirm [options] [CODE]"

/* Who sits at a terminal that was his before the swap has not come in since. */
static bool
sits_there_still(const struct journal *j)
{
	char leader[16];

	snprintf(leader, sizeof leader, "%d", (int)getsid(0));
	return process_older(leader, &j->swap);
}

static int
refuse_old(void)
{
	return fail(STATUS_FINDINGS, "refused: this login session began "
	    "before the policies were changed, and shows nothing of them; "
	    "log in anew, and confirm there");
}

/* Nothing tells how he has come: he may have the code. */
static int
judge_code(const struct journal *j, const char *code)
{
	if (sits_there_still(j))
		return refuse_old();
	if (!*j->code)
		return fail(STATUS_FINDINGS, "refused: this process belongs "
		    "to no login session; confirm from a new login");
	if (!code)
		return fail(STATUS_FINDINGS, "refused: in this new login, say "
		    "the code that was shown: pamctl confirm CODE");
	if (!secret_equal(j->code, code))
		return fail(STATUS_FINDINGS, "refused: that is not the code");
	return 0;
}

static int
judge(const struct journal *j, const char *code)
{
	const int rc = newcomer_since(&j->swap);

	if (rc == 1)
		return 0;
	if (rc == -ENODATA)
		return judge_code(j, code);
	if (rc < 0)
		return fail(STATUS_AGAIN, "/proc: %s", strerror(-rc));
	return refuse_old();
}

static int
keep(const struct folder *in, const char *code)
{
	_drop_(journal_free) struct journal j = { 0 };
	int rc = journal_read(in, &j);

	if (rc == 0)
		rc = judge(&j, code);
	if (rc)
		return rc;
	return journal_enter(in, &j, STATE_KEPT);
}

static int
confirm(const char *root, const char *code)
{
	_drop_(backups_close) struct backups s = BACKUPS_NONE;
	_drop_(folder_close) struct folder in = FOLDER_NONE;
	struct recovery r;
	int rc = backups_open(root, false, &s);

	if (rc == 0)
		rc = recover(&s, &r);
	if (rc)
		return rc;
	if (!*r.waiting)
		return fail(STATUS_FINDINGS, "nothing waits for a "
		    "confirmation");
	rc = folder_enter(&s.dir, r.waiting, &in);
	if (rc == 0)
		rc = keep(&in, code);
	if (rc == 0)
		printf("%s: confirmed; the policies stay\n", r.waiting);
	return rc;
}

static int
run_verb(int argc, char **argv)
{
	const struct verb_option own[] = { { .name = NULL } };
	struct options o;
	bool done;
	const int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc > 1)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	if (geteuid() != 0)
		return fail(STATUS_PRIVILEGE, "only root can confirm");
	return confirm(o.root, o.argc ? o.argv[0] : NULL);
}

const struct verb verb_confirm = {
	"confirm", "keep what apply has put in place", run_verb,
};
