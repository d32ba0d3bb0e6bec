/* SPDX-License-Identifier: BSD-2-Clause */
/* Set variables of the PAM environment, from three files in turn. */
#include <fcntl.h>

#include "env.h"

#define SYSTEM_FILE_MAX (1 << 20)
#define USER_FILE_MAX (1 << 16)

struct conf {
	const char *conffile, *envfile, *user_envfile;
	int readenv, user_readenv;
	bool debug;
};

/* Whoever names another file wants that one, and not the vendor's (C-3). */
static const char conf_usual[] = "/etc/security/pam_env.conf";
static const char conf_vendor[] = VENDORDIR "/security/pam_env.conf";
static const char env_usual[] = "/etc/environment";
static const char env_vendor[] = VENDORDIR "/environment";

static const struct opt options[] = {
	OPT_STR(conffile, conf_usual, "file of rules"),
	OPT_STR(envfile, env_usual, "file of plain variables"),
	OPT_INT(readenv, 1, 0, 1, "read the file of plain variables"),
	OPT_STR(user_envfile, ".pam_environment",
	    "the user's own rules, below his home"),
	OPT_INT(user_readenv, 0, 0, 1, "read the user's own rules"),
	OPT_FLAG(debug, "log which variables are set"),
	OPT_END,
};

/* A file's contents. The parser puts NULs into it, so that its length has to be
 * known when it is wiped (C-12). */
struct text {
	char *at;
	size_t len;
};

static void
text_drop(struct text *t)
{
	if (t->at)
		wipe(t->at, t->len);
	free(t->at);
}

static int
read_path(const char *path, struct text *text)
{
	_drop_(closep) int fd = file_open(AT_FDCWD, path, NULL);

	if (fd < 0)
		return fd;
	return file_slurp(fd, SYSTEM_FILE_MAX, &text->at, &text->len);
}

/* C-1: the vendor's only if ours is not there at all. */
static int
read_system(const char **path, const char *usual, const char *vendor,
    struct text *text)
{
	int rc = read_path(*path, text);

	if (rc == -ENOENT && *path == usual) {
		rc = read_path(vendor, text);
		if (rc != -ENOENT)
			*path = vendor;
	}
	return rc;
}

static int
answer(int rc)
{
	if (rc == -ENOMEM)
		return PAM_BUF_ERR;
	return rc < 0 ? PAM_ABORT : PAM_SUCCESS;
}

/* E-14 */
static int
heed_conffile(struct call *c)
{
	const struct conf *conf = c->conf;
	_drop_(text_drop) struct text text = { NULL, 0 };
	struct source s = { .c = c, .path = conf->conffile };
	int rc = read_system(&s.path, conf_usual, conf_vendor, &text);

	if (rc == -ENOENT && s.path == conf_usual)
		return PAM_SUCCESS;
	if (rc == 0)
		return answer(read_rules(&s, text.at));
	call_log(c, LOG_ERR, "%s: %s", s.path, strerror(-rc));
	return rc == -ENOENT ? PAM_IGNORE : answer(rc);
}

/* E-14: to be without it is worth a line in the log and no more. */
static int
heed_envfile(struct call *c)
{
	const struct conf *conf = c->conf;
	_drop_(text_drop) struct text text = { NULL, 0 };
	struct source s = { .c = c, .path = conf->envfile };
	int rc = read_system(&s.path, env_usual, env_vendor, &text);

	if (rc == 0)
		return answer(read_pairs(&s, text.at));
	call_log(c, LOG_ERR, "%s: %s", s.path, strerror(-rc));
	return rc == -ENOMEM ? PAM_BUF_ERR : PAM_SUCCESS;
}

/* The user owns everything on the way: no links, and no waiting. */
static int
read_beneath(const char *home, const char *path, struct text *text)
{
	_drop_(closep) int dir = open(home, O_PATH | O_DIRECTORY | O_CLOEXEC);
	_drop_(closep) int fd = -1;

	if (dir < 0)
		return -errno;
	fd = open_beneath(dir, path + strspn(path, "/"), NULL);
	return fd < 0 ? fd : file_slurp(fd, USER_FILE_MAX, &text->at,
	    &text->len);
}

/* E-15: with his rights and no others, or not at all (C-8). */
static int
read_as_user(struct call *c, const struct passwd *pw, struct text *text)
{
	const struct conf *conf = c->conf;
	PAM_MODUTIL_DEF_PRIVS(privs);
	int rc;

	if (pam_modutil_drop_priv(c->pamh, &privs, pw) != 0) {
		call_log(c, LOG_ERR, "cannot act as the user");
		return PAM_SESSION_ERR;
	}
	rc = read_beneath(pw->pw_dir, conf->user_envfile, text);
	if (pam_modutil_regain_priv(c->pamh, &privs) != 0) {
		call_log(c, LOG_CRIT, "cannot stop acting as the user");
		return PAM_SESSION_ERR;
	}
	if (rc < 0 && rc != -ENOENT)
		call_log(c, LOG_ERR, "the user's %s: %s", conf->user_envfile,
		    strerror(-rc));
	return PAM_SUCCESS;
}

static int
heed_user(struct call *c)
{
	const struct conf *conf = c->conf;
	const char *name = call_item(c, PAM_USER);
	_drop_(text_drop) struct text text = { NULL, 0 };
	struct source s = { .c = c, .path = conf->user_envfile,
		.users = true };
	int rc;

	call_log(c, LOG_WARNING,
	    "user_readenv is on: users choose a part of the environment");
	s.asked = true;
	s.pw = name ? pam_modutil_getpwnam(c->pamh, name) : NULL;
	if (!s.pw) {
		call_log(c, LOG_ERR, "the user has no account, and no file");
		return PAM_SUCCESS;
	}
	rc = read_as_user(c, s.pw, &text);
	if (rc != PAM_SUCCESS || !text.at)
		return rc;
	return answer(read_rules(&s, text.at));
}

/* E-1: what one sets, the next sees. */
static int
set_environment(struct call *c)
{
	const struct conf *conf = c->conf;
	int rc = heed_conffile(c);

	if (rc == PAM_SUCCESS && conf->readenv)
		rc = heed_envfile(c);
	if (rc == PAM_SUCCESS && conf->user_readenv)
		rc = heed_user(c);
	return rc;
}

/* E-2 */
static int
set_credentials(struct call *c)
{
	return c->flags & PAM_DELETE_CRED ? PAM_SUCCESS : set_environment(c);
}

/* E-30 */
static int
misplaced(struct call *c)
{
	call_log(c, LOG_NOTICE, "belongs into the auth or session stack");
	return PAM_SERVICE_ERR;
}

MODULE(env, "set and unset variables of the environment",
    .options = options, .conf_size = sizeof(struct conf),
    .auth = answer_ignore, .cred = set_credentials, .account = misplaced,
    .open = set_environment, .close = answer_success, .password = misplaced);
