/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>

#include "modkit/modkit.h"

int
answer_success(struct call *c)
{
	(void)c;
	return PAM_SUCCESS;
}

int
answer_ignore(struct call *c)
{
	(void)c;
	return PAM_IGNORE;
}

int
call_user(struct call *c, const char **name)
{
	const char *got = NULL;
	const int rc = pam_get_user(c->pamh, &got, NULL);

	/* C-6: else the stack would not be resumed when the answer is there. */
	if (rc == PAM_CONV_AGAIN)
		return PAM_INCOMPLETE;
	if (rc == PAM_SUCCESS && !got)
		return PAM_CONV_ERR;
	if (rc == PAM_SUCCESS)
		*name = got;
	return rc;
}

int
call_account(struct call *c, const struct passwd **pw)
{
	const struct passwd *got;
	const char *name;
	const int rc = call_user(c, &name);

	if (rc != PAM_SUCCESS)
		return rc;
	got = pam_modutil_getpwnam(c->pamh, name);
	if (!got)
		return PAM_USER_UNKNOWN;
	*pw = got;
	return PAM_SUCCESS;
}

const char *
call_item(const struct call *c, int item)
{
	const void *value = NULL;

	if (pam_get_item(c->pamh, item, &value) != PAM_SUCCESS)
		return NULL;
	return value;
}

void
call_tell(struct call *c, int style, const char *fmt, ...)
{
	va_list args;

	if (c->flags & PAM_SILENT)
		return;
	va_start(args, fmt);
	pam_vprompt(c->pamh, style, NULL, intl_format(fmt), args);
	va_end(args);
}

/* Names and hosts come from outside: nothing in them starts a new line or
 * speaks to the terminal of who reads the log. */
__attribute__((format(printf, 3, 0))) static void
log_line(const struct call *c, int priority, const char *fmt, va_list args)
{
	_drop_(freep) char *line = text_vformat(fmt, args);

	if (!line)
		return;
	text_defuse(line);
	pam_syslog(c->pamh, priority, "%s", line);
}

void
call_log(const struct call *c, int priority, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_line(c, priority, fmt, args);
	va_end(args);
}

void
call_debug(const struct call *c, const char *fmt, ...)
{
	va_list args;

	if (!c->debug)
		return;
	va_start(args, fmt);
	log_line(c, LOG_DEBUG, fmt, args);
	va_end(args);
}

/* The library's reader, so that a system that layers login.defs is read as it
 * wants to be. */
char *
call_setting(const struct call *c, const char *path, const char *key)
{
	char *value = pam_modutil_search_key(c->pamh, path, key);
	size_t n = value ? strlen(value) : 0;

	while (n && ascii_space(value[n - 1]))
		value[--n] = '\0';
	return value;
}
