/* SPDX-License-Identifier: BSD-2-Clause */
/* The PAM environment, and what of it is the user's to choose. */
#include <stdarg.h>
#include <stdio.h>

#include "env.h"

/* E-31: what a user sets reaches programs that run for him with more rights
 * than he has. So no paths, libraries, programs, sockets or seats: language,
 * time zone, input and appearance are left. */
static const char *const allowed[] = {
	"LANG", "LANGUAGE", "LC_ADDRESS", "LC_ALL", "LC_COLLATE", "LC_CTYPE",
	"LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES", "LC_MONETARY",
	"LC_NAME", "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME",
	"PAPERSIZE", "TZ",
	"CLUTTER_IM_MODULE", "GLFW_IM_MODULE", "GTK_IM_MODULE",
	"QT_IM_MODULE", "SDL_IM_MODULE", "XMODIFIERS",
	"COLORTERM", "NO_COLOR",
	"DEBEMAIL", "DEBFULLNAME", "EMAIL",
};

/* Locales and time zones are names of files to some, LANGUAGE a list of them:
 * no path but for a time zone, not from the root nor from above, no format. */
static bool
harmless(const char *name, const char *value)
{
	return *value != '/' && *value != ':' && !strstr(value, "..") &&
	    !strchr(value, '%') &&
	    (!strchr(value, '/') || strcmp(name, "TZ") == 0);
}

bool
variable_allowed(const char *name, const char *value)
{
	for (size_t i = 0; i < COUNT(allowed); i++)
		if (strcmp(allowed[i], name) == 0)
			return !value || harmless(name, value);
	return false;
}

void
complain(struct source *s, const char *fmt, ...)
{
	_drop_(freep) char *text = NULL;
	va_list args;

	if (++s->complaints > COMPLAINTS_MAX)
		return;
	if (s->complaints == COMPLAINTS_MAX)
		fmt = "further complaints are left out";
	va_start(args, fmt);
	text = text_vformat(fmt, args);
	va_end(args);
	if (text)
		call_log(s->c, LOG_ERR, "%s:%u: %s", s->path, s->lines.number,
		    text);
}

static int
put(struct source *s, const char *text)
{
	return pam_putenv(s->c->pamh, text) == PAM_BUF_ERR ? -ENOMEM : 0;
}

static bool
refused(struct source *s, const char *name, const char *value)
{
	if (!s->users || variable_allowed(name, value))
		return false;
	complain(s, "%s is not for users to choose", name);
	return true;
}

int
variable_set(struct source *s, const char *name, const char *value)
{
	const size_t max = s->users ? USER_VARIABLE_MAX : VARIABLE_MAX;
	_drop_(secret_freep) char *text = NULL;

	if (refused(s, name, value))
		return 0;
	if (strlen(name) + strlen(value) + 1 > max) {
		complain(s, "%s would be too long", name);
		return 0;
	}
	text = text_format("%s=%s", name, value);
	if (!text)
		return -ENOMEM;
	call_debug(s->c, "%s:%u: %s is set", s->path, s->lines.number, name);
	return put(s, text);
}

/* E-9: the library takes it for an error to unset what is not there. */
int
variable_unset(struct source *s, const char *name)
{
	if (refused(s, name, NULL) || !pam_getenv(s->c->pamh, name))
		return 0;
	call_debug(s->c, "%s:%u: %s is unset", s->path, s->lines.number, name);
	return put(s, name);
}
