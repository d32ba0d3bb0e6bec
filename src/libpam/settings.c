/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/settings.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "base/number.h"
#include "libpam/conf.h"
#include "libpam/log.h"
#include "policy/lex.h"

#define WORDS_MAX 3		/* of one choice */

/* In the place of a word that is wrong: there is none; memory ran out. */
static const char nothing_said[] = "nothing";
static const char no_memory[] = "out of memory";

static const char *const built_in_path[] = { MODULE_PATH, NULL };
static const char *const built_in_unload[] = { UNLOAD, NULL };
static const char *const built_in_self_closing[] = {
	"pam_systemd", "pam_elogind", NULL
};
static const char *const built_in_except[] = { "sudo", "sudo-i", NULL };
static const char *const nothing[] = { NULL };

void
settings_defaults(struct conf *conf)
{
	conf->trust = TRUST_WARN;
	conf->events = EVENTS_ALL;
	conf->record = conf->rollback = true;
	conf->require_record = false;
	conf->rollback_except = built_in_except;
	conf->detached_max = 604800;
	conf->module_path = built_in_path;
	conf->unload = built_in_unload;
	conf->self_closing = built_in_self_closing;
	conf->trace = conf->keep_tokens = conf->login_records = nothing;
}

/* A line of the file on its way into the structure. */
struct setting {
	struct conf *conf;
	const struct key *key;
	char **value;		/* NULL-terminated, in the arena */
	size_t count;
};

struct key {
	const char *name;
	size_t at;		/* of its place in struct conf */
	const char *words[WORDS_MAX];	/* of a choice, by its value */
	/* NULL, or the word that it does not like. */
	const char *(*set)(const struct setting *s);
};

static void *
place_of(const struct setting *s)
{
	return (char *)s->conf + s->key->at;
}

/* The value of the one word that is a choice's; -1: it is none. */
static int
choice(const struct setting *s)
{
	for (int i = 0; i < WORDS_MAX && s->count == 1; i++) {
		if (s->key->words[i] &&
		    strcmp(s->value[0], s->key->words[i]) == 0)
			return i;
	}
	return -1;
}

static const char *
last_word(const struct setting *s)
{
	return s->count ? s->value[s->count - 1] : nothing_said;
}

static const char *
set_flag(const struct setting *s)
{
	const int value = choice(s);

	if (value >= 0)
		*(bool *)place_of(s) = value;
	return value < 0 ? last_word(s) : NULL;
}

static const char *
set_trust(const struct setting *s)
{
	const int value = choice(s);

	if (value >= 0)
		s->conf->trust = (enum trust)value;
	return value < 0 ? last_word(s) : NULL;
}

static const char *
set_events(const struct setting *s)
{
	const int value = choice(s);

	if (value >= 0)
		s->conf->events = (enum conf_events)value;
	return value < 0 ? last_word(s) : NULL;
}

static const char *
set_seconds(const struct setting *s)
{
	long long value;

	if (s->count != 1 ||
	    number_read(s->value[0], 10, 1, UINT32_MAX, &value) < 0)
		return last_word(s);
	*(unsigned *)place_of(s) = (unsigned)value;
	return NULL;
}

static const char *
set_list(const struct setting *s)
{
	*(const char *const **)place_of(s) = (const char *const *)s->value;
	return NULL;
}

/* "$LIB" is this build's library directory. The loader would put in its own
 * idea of it, behind the back of whoever checked the file. */
static char *
expand_lib(struct arena *a, const char *dir)
{
	const char *lib = strstr(dir, "$LIB");
	const size_t before = lib ? (size_t)(lib - dir) : 0;
	char *path;

	if (!lib)
		return arena_copy(a, dir, strlen(dir));
	path = arena_alloc(a, strlen(dir) + sizeof LIB_NAME);
	if (path)
		sprintf(path, "%.*s%s%s", (int)before, dir, LIB_NAME,
		    lib + strlen("$LIB"));
	return path;
}

static const char *
set_directories(const struct setting *s)
{
	for (size_t i = 0; i < s->count; i++) {
		char *path = expand_lib(&s->conf->arena, s->value[i]);

		if (!path)
			return no_memory;
		if (*path != '/' || strchr(path, '$'))
			return s->value[i];
		s->value[i] = path;
	}
	return s->count ? set_list(s) : nothing_said;
}

#define PLACE(member) offsetof(struct conf, member)

static const struct key keys[] = {
	{ "detached-max", PLACE(detached_max), { 0 }, set_seconds },
	{ "events", 0, { [EVENTS_ALL] = "all", [EVENTS_FAILURES] = "failures",
	  [EVENTS_NO] = "no" }, set_events },
	{ "keep-tokens", PLACE(keep_tokens), { 0 }, set_list },
	{ "login-records", PLACE(login_records), { 0 }, set_list },
	{ "module-path", PLACE(module_path), { 0 }, set_directories },
	{ "record", PLACE(record), { "no", "yes" }, set_flag },
	{ "require-record", PLACE(require_record), { "no", "yes" }, set_flag },
	{ "rollback", PLACE(rollback), { "no", "yes" }, set_flag },
	{ "rollback-except", PLACE(rollback_except), { 0 }, set_list },
	{ "self-closing", PLACE(self_closing), { 0 }, set_list },
	{ "trace", PLACE(trace), { 0 }, set_list },
	{ "trusted-files", 0, { [TRUST_OFF] = "off", [TRUST_WARN] = "warn",
	  [TRUST_STRICT] = "strict" }, set_trust },
	{ "unload", PLACE(unload), { 0 }, set_list },
};

static int
read_values(struct setting *s, struct line *line)
{
	struct line ahead = *line;
	struct word word;

	while (lex_word(&ahead, &word))
		s->count++;
	s->value = arena_alloc(&s->conf->arena,
	    (s->count + 1) * sizeof *s->value);
	if (!s->value)
		return -ENOMEM;
	for (size_t i = 0; i < s->count && lex_word(line, &word); i++) {
		s->value[i] = word_copy(&s->conf->arena, &word);
		if (!s->value[i])
			return -ENOMEM;
	}
	s->value[s->count] = NULL;
	return 0;
}

/* NULL, or the word that is wrong. */
static const char *
apply(struct setting *s, const char *name)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (strcmp(name, keys[i].name) != 0)
			continue;
		s->key = &keys[i];
		return keys[i].set(s);
	}
	return name;
}

static int
read_line(struct conf *conf, const char *path, struct line *line)
{
	struct setting s = { .conf = conf };
	struct word word;
	const char *name, *wrong;

	if (!lex_word(line, &word))
		return 0;
	name = word_copy(&conf->arena, &word);
	if (!name || read_values(&s, line) < 0)
		return -ENOMEM;
	wrong = apply(&s, name);
	if (wrong == no_memory)
		return -ENOMEM;
	if (wrong == name)
		pam_syslog(NULL, LOG_ERR, "unknown key: %s at %s:%u", name,
		    path, line->number);
	else if (wrong)
		pam_syslog(NULL, LOG_ERR, "bad value for %s: %s at %s:%u",
		    name, wrong, path, line->number);
	return 0;
}

int
settings_read(struct conf *conf)
{
	struct lexer lexer;
	struct line line;
	int rc;

	lex_begin(&lexer, conf->text.bytes, conf->text.len);
	for (;;) {
		rc = lex_line(&lexer, &line);
		if (rc != LEX_LINE)
			break;
		rc = read_line(conf, conf->text.path, &line);
		if (rc < 0)
			break;
	}
	if (rc == LEX_UNFINISHED)
		pam_syslog(NULL, LOG_ERR, "unfinished line at %s:%u",
		    conf->text.path, lexer.number);
	lex_end(&lexer);
	return rc < 0 ? rc : 0;
}
