/* SPDX-License-Identifier: BSD-2-Clause */
/* What conditions can be about (SI-2). */
#include <stdint.h>
#include <stdio.h>

#include "succeed_if.h"

const struct passwd *
subject_account(struct subject *s)
{
	if (!s->asked)
		s->pw = pam_modutil_getpwnam(s->c->pamh, s->name);
	s->asked = true;
	return s->pw;
}

static int
get_name(struct subject *s, int item, const char **text)
{
	(void)item;
	*text = s->name;
	return PAM_SUCCESS;
}

/* What is not set is the empty text. */
static int
get_item(struct subject *s, int item, const char **text)
{
	const char *value = call_item(s->c, item);

	*text = value ? value : "";
	return PAM_SUCCESS;
}

static int
give_number(struct subject *s, uintmax_t number, const char **text)
{
	snprintf(s->number, sizeof s->number, "%ju", number);
	*text = s->number;
	return PAM_SUCCESS;
}

static int
get_uid(struct subject *s, int item, const char **text)
{
	const struct passwd *pw = subject_account(s);

	(void)item;
	return pw ? give_number(s, pw->pw_uid, text) : PAM_USER_UNKNOWN;
}

static int
get_gid(struct subject *s, int item, const char **text)
{
	const struct passwd *pw = subject_account(s);

	(void)item;
	return pw ? give_number(s, pw->pw_gid, text) : PAM_USER_UNKNOWN;
}

static int
get_shell(struct subject *s, int item, const char **text)
{
	const struct passwd *pw = subject_account(s);

	(void)item;
	if (!pw)
		return PAM_USER_UNKNOWN;
	*text = pw->pw_shell;
	return PAM_SUCCESS;
}

static int
get_home(struct subject *s, int item, const char **text)
{
	const struct passwd *pw = subject_account(s);

	(void)item;
	if (!pw)
		return PAM_USER_UNKNOWN;
	*text = pw->pw_dir;
	return PAM_SUCCESS;
}

static const struct field fields[] = {
	{ "user", get_name, 0 },
	{ "login", get_name, 0 },
	{ "name", get_name, 0 },
	{ "uid", get_uid, 0 },
	{ "gid", get_gid, 0 },
	{ "shell", get_shell, 0 },
	{ "home", get_home, 0 },
	{ "dir", get_home, 0 },
	{ "homedir", get_home, 0 },
	{ "ruser", get_item, PAM_RUSER },
	{ "rhost", get_item, PAM_RHOST },
	{ "tty", get_item, PAM_TTY },
	{ "service", get_item, PAM_SERVICE },
};

const struct field *
field_find(const char *name)
{
	for (size_t i = 0; i < COUNT(fields); i++)
		if (text_same(fields[i].name, name))
			return &fields[i];
	return NULL;
}
