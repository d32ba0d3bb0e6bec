/* SPDX-License-Identifier: BSD-2-Clause */
/* The grammar of pam_env.conf: NAME [DEFAULT=value] [OVERRIDE=value] (E-3). */
#include "env.h"

/* Values are within the line; NULL is "not given". */
struct rule {
	const char *name, *def, *override;
};

/* E-4: wherever it stands. */
static size_t
comment(const char *line)
{
	return strcspn(line, "#");
}

static char *
skip_blanks(char *at)
{
	while (ascii_space(*at))
		at++;
	return at;
}

/* End the word at at. What follows it. */
static char *
end_word(char *at)
{
	at += strcspn(at, " \t\n\v\f\r");
	if (*at)
		*at++ = '\0';
	return at;
}

/* A word, or what stands in quotes. DEFAULT= without either is as if it were
 * not there (E-6). NULL when the quotes are not in order. */
static char *
take_value(char *at, const char **value)
{
	char *end;

	if (*at != '"') {
		end = end_word(at);
		*value = *at ? at : NULL;
		return end;
	}
	end = strchr(++at, '"');
	if (!end || (end[1] && !ascii_space(end[1])))
		return NULL;
	*end = '\0';
	*value = at;
	return end + 1;
}

/* One "KEYWORD=value"; what follows it, or NULL. */
static char *
take_field(struct source *s, char *at, struct rule *rule)
{
	static const char def[] = "DEFAULT=", over[] = "OVERRIDE=";
	const bool is_def = text_after(at, def);
	char *rest;

	if (!is_def && !text_after(at, over)) {
		complain(s, "neither DEFAULT= nor OVERRIDE=: line ignored");
		return NULL;
	}
	at += is_def ? sizeof def - 1 : sizeof over - 1;
	rest = take_value(at, is_def ? &rule->def : &rule->override);
	if (!rest)
		complain(s, "quotes must hold all of a value: line ignored");
	return rest;
}

static int
expand_given(struct source *s, const char *given, char **out)
{
	return given ? expand(s, given, out) : 0;
}

/* E-6 */
static int
apply(struct source *s, const struct rule *rule)
{
	_drop_(secret_freep) char *value = NULL;
	int rc = expand_given(s, rule->override, &value);

	if (rc == 0 && (!value || !*value)) {
		secret_free(TAKE(value));
		rc = expand_given(s, rule->def, &value);
	}
	/* What is not well-formed has been complained about. */
	if (rc < 0)
		return rc == -EINVAL ? 0 : rc;
	return value ? variable_set(s, rule->name, value)
	    : variable_unset(s, rule->name);
}

/* "NAME=value" and nothing behind it, which no page promises and many a user's
 * file has: it is taken as it stands. */
static int
apply_pair(struct source *s, char *pair, const char *behind)
{
	char *value = strchr(pair, '=');

	*value++ = '\0';
	if (!*pair || *behind) {
		complain(s, "a name has no = and is not empty: line ignored");
		return 0;
	}
	return variable_set(s, pair, value);
}

static int
read_rule(struct source *s, char *line)
{
	char *name = skip_blanks(line);
	char *at = skip_blanks(end_word(name));
	struct rule rule = { .name = name };

	if (!*name)
		return 0;
	if (strchr(name, '='))
		return apply_pair(s, name, at);
	while (*at) {
		at = take_field(s, at, &rule);
		if (!at)
			return 0;
		at = skip_blanks(at);
	}
	return apply(s, &rule);
}

int
read_rules(struct source *s, char *text)
{
	int rc = 0;
	char *line;

	s->lines = (struct lines){ .rest = text, .comment = comment,
		.next = 1 };
	while (rc == 0 && (line = lines_next(&s->lines)))
		rc = read_rule(s, line);
	return rc;
}
