/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_check_user_in_passwd(3) and pam_modutil_search_key(3): what
 * simple text files say, whatever other sources the system has. */
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/secret.h"
#include "base/text.h"
#include "libpam/log.h"

/* G-10: every line is compared, so that the time tells nothing. */
int
pam_modutil_check_user_in_passwd(pam_handle_t *pamh, const char *user_name,
    const char *file_name)
{
	const char *path = file_name ? file_name : "/etc/passwd";
	_drop_(fclosep) FILE *file = NULL;
	_drop_(freep) char *line = NULL;
	const size_t len = strlen(user_name);
	size_t room = 0;
	int rc = PAM_PERM_DENIED;

	if (len == 0) {
		pam_syslog(pamh, LOG_NOTICE, "user name is empty");
		return PAM_SERVICE_ERR;
	}
	if (strchr(user_name, ':'))
		return PAM_PERM_DENIED;
	file = fopen(path, "re");
	if (!file) {
		pam_syslog(pamh, LOG_ERR, "error opening %s: %m", path);
		return PAM_SERVICE_ERR;
	}
	while (getline(&line, &room, file) > 0) {
		if (strncmp(line, user_name, len) == 0 && line[len] == ':')
			rc = PAM_SUCCESS;
	}
	if (line)
		wipe(line, room);
	return rc;
}

static size_t
blanks(const char *s)
{
	return strspn(s, " \t");
}

/* G-9: the value in a line when its first word is the key, else NULL. */
static char *
value_in(char *line, const char *key)
{
	char *name = line + blanks(line), *value;

	name[strcspn(name, "#\n")] = '\0';
	value = name + strcspn(name, " \t=");
	if (*value)
		*value++ = '\0';
	if (!*name || !text_same(name, key))
		return NULL;
	return value + strspn(value, " \t=");
}

char *
pam_modutil_search_key(pam_handle_t *pamh, const char *file_name,
    const char *key)
{
	_drop_(fclosep) FILE *file = fopen(file_name, "re");
	_drop_(freep) char *line = NULL;
	size_t room = 0;

	(void)pamh;
	while (file && getline(&line, &room, file) > 0) {
		const char *value = value_in(line, key);

		if (value)
			return strdup(value);
	}
	return NULL;
}
