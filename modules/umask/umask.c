/* SPDX-License-Identifier: BSD-2-Clause */
/* Give the session its file mode mask, and what else its passwd entry asks. */
#include <grp.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "modkit/modkit.h"

#define SAVED "pam_umask: before"
#define ULIMIT_UNIT 512
#define ULIMIT_MAX ((long long)(INT64_MAX / ULIMIT_UNIT))

struct conf {
	bool debug, silent, usergroups;
	const char *umask;
};

static const struct opt options[] = {
	OPT_FLAG(debug, "log what is set"),
	OPT_FLAG(silent, "do not tell the user what failed"),
	OPT_FLAG(usergroups, "give a user's own group his own rights"),
	OPT_OFF(nousergroups, usergroups, "the opposite of usergroups"),
	OPT_STR(umask, NULL, "the mask, in octal"),
	OPT_END,
};

/* What this process was like before the session: it is the program's. */
struct saved {
	pid_t pid;
	mode_t mask;
	int nice;
	struct rlimit fsize;
};

static mode_t
mask_now(void)
{
	const mode_t mask = umask(0);

	umask(mask);
	return mask;
}

static void
forget(pam_handle_t *pamh, void *saved, int status)
{
	(void)pamh;
	(void)status;
	free(saved);
}

/* Once a handle: what a second session finds is the first one's work. */
static int
save(struct call *c)
{
	_drop_(freep) struct saved *s = NULL;
	const void *old = NULL;
	int rc;

	if (pam_get_data(c->pamh, SAVED, &old) == PAM_SUCCESS && old)
		return PAM_SUCCESS;
	s = malloc(sizeof *s);
	if (!s)
		return PAM_BUF_ERR;
	*s = (struct saved){ .pid = getpid(), .mask = mask_now(),
		.nice = getpriority(PRIO_PROCESS, 0) };
	if (getrlimit(RLIMIT_FSIZE, &s->fsize) < 0)
		return PAM_SYSTEM_ERR;
	rc = pam_set_data(c->pamh, SAVED, s, forget);
	if (rc == PAM_SUCCESS)
		s = NULL;
	return rc;
}

/* A process that only closes, or a child that closes for its parent, has
 * nothing to go back to. */
static int
restore(struct call *c)
{
	const struct saved *s;
	const void *data = NULL;

	if (pam_get_data(c->pamh, SAVED, &data) != PAM_SUCCESS || !data)
		return PAM_SUCCESS;
	s = data;
	if (s->pid != getpid())
		return PAM_SUCCESS;
	umask(s->mask);
	if (setpriority(PRIO_PROCESS, 0, s->nice) < 0 ||
	    setrlimit(RLIMIT_FSIZE, &s->fsize) < 0)
		call_debug(c, "not all is as before: %m");
	pam_set_data(c->pamh, SAVED, NULL, NULL);
	return PAM_SUCCESS;
}

/* UM-1: octal, and no more than the permission bits of it. */
static void
set_mask(struct call *c, const char *source, const char *text)
{
	long long mask;

	if (number_read(text, 8, 0, INT32_MAX, &mask) < 0) {
		call_log(c, LOG_ERR, "%s: \"%s\" is no mask: left as it is",
		    source, text);
		return;
	}
	umask((mode_t)mask & 0777);
	call_debug(c, "%s: %03llo", source, mask & 0777);
}

/* UM-1: the first of these that says anything. */
static void
set_system_mask(struct call *c)
{
	static const char *const files[] = { "/etc/login.defs",
		"/etc/default/login" };
	const struct conf *conf = c->conf;

	if (conf->umask) {
		set_mask(c, "umask=", conf->umask);
		return;
	}
	for (size_t i = 0; i < COUNT(files); i++) {
		_drop_(freep) char *text = call_setting(c, files[i], "UMASK");

		if (!text)
			continue;
		set_mask(c, files[i], text);
		return;
	}
}

/* UM-2 */
static void
share_with_own_group(struct call *c, const struct passwd *pw)
{
	const struct group *gr;
	mode_t mask;

	if (pw->pw_uid == 0)
		return;
	gr = pam_modutil_getgrgid(c->pamh, pw->pw_gid);
	if (!gr || strcmp(gr->gr_name, pw->pw_name))
		return;
	mask = mask_now();
	umask((mask & 0707) | ((mask >> 3) & 070));
	call_debug(c, "usergroups: %03o", mask_now());
}

/* UM-5: worth a word, but not the session. */
static void
failed(struct call *c, const char *what)
{
	const struct conf *conf = c->conf;
	const int error = errno;

	call_log(c, LOG_ERR, "%s: %s", what, strerror(error));
	if (!conf->silent)
		call_tell(c, PAM_ERROR_MSG, "%s: %s", what, strerror(error));
}

/* A passwd entry's comment has five fields, of which chfn lets users edit the
 * inner three: those must not gain them anything (UM-4). Only in the last one,
 * behind four commas, do we believe the administrator. */
static void
gecos_umask(struct call *c, const char *value, bool trusted)
{
	(void)trusted;
	set_mask(c, "gecos: umask=", value);
}

static void
gecos_pri(struct call *c, const char *value, bool trusted)
{
	long long by;

	if (!trusted || number_read(value, 10, 0, 39, &by) < 0) {
		call_log(c, LOG_ERR, "gecos: pri=%s is not heeded", value);
		return;
	}
	errno = 0;
	if (nice((int)by) == -1 && errno)
		failed(c, "nice value");
}

static void
gecos_ulimit(struct call *c, const char *value, bool trusted)
{
	struct rlimit now, want;
	long long blocks;

	if (number_read(value, 10, 0, ULIMIT_MAX, &blocks) < 0) {
		call_log(c, LOG_ERR, "gecos: ulimit=%s is not heeded", value);
		return;
	}
	want.rlim_cur = want.rlim_max = (rlim_t)blocks * ULIMIT_UNIT;
	if (getrlimit(RLIMIT_FSIZE, &now) == 0 && !trusted &&
	    want.rlim_max > now.rlim_max) {
		call_log(c, LOG_ERR, "gecos: ulimit=%s is not heeded", value);
		return;
	}
	if (setrlimit(RLIMIT_FSIZE, &want) < 0)
		failed(c, "limit of file size");
}

static const struct {
	const char *key;
	void (*set)(struct call *c, const char *value, bool trusted);
} gecos[] = {
	{ "umask=", gecos_umask },
	{ "pri=", gecos_pri },
	{ "ulimit=", gecos_ulimit },
};

/* UM-3 */
static void
heed_field(struct call *c, char *field, bool trusted)
{
	char *value = strchr(field, '=');
	char key[16];

	if (!value || (size_t)(++value - field) >= sizeof key)
		return;
	memcpy(key, field, (size_t)(value - field));
	key[value - field] = '\0';
	for (size_t i = 0; i < COUNT(gecos); i++)
		if (text_same(gecos[i].key, key))
			gecos[i].set(c, value, trusted);
}

static int
heed_gecos(struct call *c, const struct passwd *pw)
{
	_drop_(freep) char *copy = strdup(pw->pw_gecos ? pw->pw_gecos : "");
	char *rest = copy, *field;

	if (!copy)
		return PAM_BUF_ERR;
	for (size_t i = 0; (field = strsep(&rest, ",")); i++)
		heed_field(c, field, i >= 4);
	return PAM_SUCCESS;
}

static int
open_session(struct call *c)
{
	const struct conf *conf = c->conf;
	const struct passwd *pw = NULL;
	int rc = call_account(c, &pw);

	if (rc == PAM_SUCCESS)
		rc = save(c);
	if (rc != PAM_SUCCESS)
		return rc;
	set_system_mask(c);
	if (conf->usergroups)
		share_with_own_group(c, pw);
	return heed_gecos(c, pw);
}

MODULE(umask, "set the file mode mask of a session",
    .options = options, .conf_size = sizeof(struct conf), .anycase = true,
    .open = open_session, .close = restore,
    .changes = CHANGES_UMASK | CHANGES_LIMITS);
