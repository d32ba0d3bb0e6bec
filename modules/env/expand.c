/* SPDX-License-Identifier: BSD-2-Clause */
/* Values: ${NAME}, @{ITEM} and what a backslash makes of it (E-7, E-8). */
#include "env.h"

/* A value that grows. What it leaves behind is wiped: C-12. */
struct value {
	char *text;
	size_t len, cap, max;
};

static void
value_drop(struct value *v)
{
	if (v->text)
		wipe(v->text, v->cap);
	free(v->text);
}

static int
value_room(struct value *v, size_t n)
{
	const size_t cap = (v->len + n + 1) * 2;
	char *more;

	if (v->len + n < v->cap)
		return 0;
	more = malloc(cap);
	if (!more)
		return -ENOMEM;
	if (v->text) {
		memcpy(more, v->text, v->len);
		wipe(v->text, v->cap);
		free(v->text);
	}
	v->text = more;
	v->cap = cap;
	return 0;
}

/* CVE-2011-3149: a value made of values doubles with every line. */
static int
value_add(struct value *v, const char *text, size_t n)
{
	if (n > v->max - v->len)
		return -E2BIG;
	if (value_room(v, n) < 0)
		return -ENOMEM;
	memcpy(v->text + v->len, text, n);
	v->len += n;
	v->text[v->len] = '\0';
	return 0;
}

static const struct {
	const char *name;
	int item;
} items[] = {
	{ "PAM_USER", PAM_USER },
	{ "PAM_USER_PROMPT", PAM_USER_PROMPT },
	{ "PAM_TTY", PAM_TTY },
	{ "PAM_RUSER", PAM_RUSER },
	{ "PAM_RHOST", PAM_RHOST },
};

/* Of who is known to be the user; nobody is asked for it here. */
static const struct passwd *
account(struct source *s)
{
	const char *name = call_item(s->c, PAM_USER);

	if (!s->asked && name)
		s->pw = pam_modutil_getpwnam(s->c->pamh, name);
	if (!s->asked && !s->pw)
		complain(s, "the user has no account");
	s->asked = true;
	return s->pw;
}

static const char *
item_value(struct source *s, const char *name)
{
	const bool home = strcmp(name, "HOME") == 0;
	const struct passwd *pw;

	for (size_t i = 0; i < COUNT(items); i++)
		if (strcmp(items[i].name, name) == 0)
			return call_item(s->c, items[i].item);
	if (!home && strcmp(name, "SHELL") != 0) {
		complain(s, "there is no @{%s}", name);
		return NULL;
	}
	pw = account(s);
	if (!pw)
		return NULL;
	return home ? pw->pw_dir : pw->pw_shell;
}

/* At "${NAME}" or "@{ITEM}": what it stands for, and step over it. What is not
 * set stands for nothing. */
static int
add_reference(struct source *s, const char **at, struct value *v)
{
	const char *start = *at + 2, *end = strchr(start, '}');
	_drop_(freep) char *name = NULL;
	const char *value;

	if (!end) {
		complain(s, "} is missing");
		return -EINVAL;
	}
	name = strndup(start, (size_t)(end - start));
	if (!name)
		return -ENOMEM;
	value = **at == '$' ? pam_getenv(s->c->pamh, name)
	    : item_value(s, name);
	*at = end + 1;
	return value ? value_add(v, value, strlen(value)) : 0;
}

/* At a backslash. It goes, and what it stood before stays. */
static int
add_escaped(struct source *s, const char **at, struct value *v)
{
	const char c = (*at)[1];

	if (!c || !strchr("$@\\", c))
		complain(s, "a backslash is for $, @ and \\ only");
	*at += c ? 2 : 1;
	return c ? value_add(v, &c, 1) : 0;
}

static int
add_next(struct source *s, const char **at, struct value *v)
{
	const bool sign = **at == '$' || **at == '@';

	if (**at == '\\')
		return add_escaped(s, at, v);
	if (sign && (*at)[1] == '{')
		return add_reference(s, at, v);
	if (sign)
		complain(s, "%c without {}: write \\%c", **at, **at);
	return value_add(v, (*at)++, 1);
}

int
expand(struct source *s, const char *value, char **out)
{
	_drop_(value_drop) struct value v = {
		.max = s->users ? USER_VARIABLE_MAX : VARIABLE_MAX,
	};
	int rc = value_room(&v, strlen(value));

	if (rc == 0)
		v.text[0] = '\0';
	while (*value && rc == 0)
		rc = add_next(s, &value, &v);
	if (rc == -E2BIG)
		complain(s, "the value would be too long");
	if (rc < 0)
		return rc == -E2BIG ? -EINVAL : rc;
	*out = TAKE(v.text);
	return 0;
}
