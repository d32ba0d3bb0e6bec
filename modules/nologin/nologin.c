/* SPDX-License-Identifier: BSD-2-Clause */
/* Keep ordinary users out while a notice file exists; show them the notice. */
#include "modkit/modkit.h"

#define NOTICE_MAX 65536

struct conf {
	const char *file;
	bool successok;
};

static const struct opt options[] = {
	OPT_STR(file, NULL, "the notice that closes the host"),
	OPT_FLAG(successok, "answer success, not ignore, when there is none"),
	OPT_END,
};

/* NL-1: the given file, or the first of the two usual ones that exists. */
static int
notice_read(const struct conf *conf, char **out)
{
	int rc;

	if (conf->file)
		return file_read(conf->file, NOTICE_MAX, out);
	rc = file_read("/var/run/nologin", NOTICE_MAX, out);
	return rc == -ENOENT ? file_read("/etc/nologin", NOTICE_MAX, out) : rc;
}

static int
open_house(struct call *c)
{
	const struct conf *conf = c->conf;

	return conf->successok ? PAM_SUCCESS : PAM_IGNORE;
}

/* NL-3, NL-4: without a name he is nobody whom we know. */
static int
turn_away(struct call *c, const char *notice)
{
	const struct passwd *pw = NULL;
	const int rc = call_account(c, &pw);
	const bool root = rc == PAM_SUCCESS && pw->pw_uid == 0;

	if (rc == PAM_INCOMPLETE)
		return rc;
	if (notice && *notice)
		call_tell(c, root ? PAM_TEXT_INFO : PAM_ERROR_MSG, "%s",
		    notice);
	if (rc != PAM_SUCCESS)
		return PAM_USER_UNKNOWN;

	/* Root reads the notice too, but may come in to remove it. */
	return root ? open_house(c) : PAM_AUTH_ERR;
}

static int
check(struct call *c)
{
	_drop_(freep) char *notice = NULL;
	const int rc = notice_read(c->conf, &notice);

	/* NL-5: only "there is none" opens the door: an unreadable notice
	 * closes it. */
	if (rc == -ENOENT)
		return open_house(c);
	if (rc < 0)
		call_log(c, LOG_ERR, "the notice cannot be read: %s",
		    strerror(-rc));
	if (rc == -EISDIR || rc == -EINVAL || rc == -EIO)
		return PAM_SYSTEM_ERR;
	return turn_away(c, notice);
}

MODULE(nologin, "keep ordinary users out during maintenance",
    .options = options, .conf_size = sizeof(struct conf),
    .auth = check, .cred = open_house, .account = check);
