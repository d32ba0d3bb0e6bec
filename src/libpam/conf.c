/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "base/watch.h"
#include "libpam/log.h"
#include "libpam/trust.h"
#include "policy/lex.h"

#define CONF_MAX 65536

/* A line of the file on its way into the structure. */
struct setting {
	struct conf *conf;
	char **value;		/* NULL-terminated, in the arena */
	size_t count;
};

static const char *const built_in_path[] = { MODULE_PATH, NULL };
static const char *const built_in_unload[] = { UNLOAD, NULL };
static const char *const nothing[] = { NULL };

/* In the place of a word that is wrong: there is none; memory ran out. */
static const char nothing_said[] = "nothing";
static const char no_memory[] = "out of memory";

static const char *const trust_words[] = {
	[TRUST_OFF] = "off",
	[TRUST_WARN] = "warn",
	[TRUST_STRICT] = "strict",
};

/* Each gives NULL, or the word that it does not like. */
static const char *
set_trust(struct setting *s)
{
	for (size_t i = 0; s->count == 1 && i < COUNT(trust_words); i++) {
		if (strcmp(s->value[0], trust_words[i]) == 0) {
			s->conf->trust = (enum trust)i;
			return NULL;
		}
	}
	return s->count ? s->value[s->count - 1] : nothing_said;
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
set_module_path(struct setting *s)
{
	for (size_t i = 0; i < s->count; i++) {
		char *path = expand_lib(&s->conf->arena, s->value[i]);

		if (!path)
			return no_memory;
		if (*path != '/' || strchr(path, '$'))
			return s->value[i];
		s->value[i] = path;
	}
	if (!s->count)
		return nothing_said;
	s->conf->module_path = (const char *const *)s->value;
	return NULL;
}

static const char *
set_trace(struct setting *s)
{
	s->conf->trace = (const char *const *)s->value;
	return NULL;
}

static const char *
set_unload(struct setting *s)
{
	s->conf->unload = (const char *const *)s->value;
	return NULL;
}

static const char *
set_keep_tokens(struct setting *s)
{
	s->conf->keep_tokens = (const char *const *)s->value;
	return NULL;
}

static const struct {
	const char *key;
	const char *(*set)(struct setting *s);
} keys[] = {
	{ "keep-tokens", set_keep_tokens },
	{ "module-path", set_module_path },
	{ "trace", set_trace },
	{ "trusted-files", set_trust },
	{ "unload", set_unload },
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
apply(struct setting *s, const char *key)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (strcmp(key, keys[i].key) == 0)
			return keys[i].set(s);
	}
	return key;
}

static int
read_line(struct conf *conf, const char *path, struct line *line)
{
	struct setting s = { .conf = conf };
	struct word word;
	const char *key, *wrong;

	if (!lex_word(line, &word))
		return 0;
	key = word_copy(&conf->arena, &word);
	if (!key || read_values(&s, line) < 0)
		return -ENOMEM;
	wrong = apply(&s, key);
	if (wrong == no_memory)
		return -ENOMEM;
	if (wrong == key)
		pam_syslog(NULL, LOG_ERR, "unknown key: %s at %s:%u", key,
		    path, line->number);
	else if (wrong)
		pam_syslog(NULL, LOG_ERR, "bad value for %s: %s at %s:%u",
		    key, wrong, path, line->number);
	return 0;
}

static int
read_text(struct conf *conf)
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

static void
text_free(struct conf_text *text)
{
	free(TAKE(text->bytes));
	free(TAKE(text->path));
	text->len = 0;
}

/* The file of this path, which becomes the text's own. 0 or -errno; -ENOENT
 * when nothing is there. */
static int
find_at(char *path, struct watch *watch, struct conf_text *text)
{
	_drop_(closep) int fd = -1;
	int rc;

	text_free(text);
	text->path = path;
	if (!path)
		return -ENOMEM;
	fd = file_open(AT_FDCWD, path, &text->st);
	if (fd == -ENOENT || fd == -ENOTDIR) {
		rc = watch_add(watch, path, NULL);
		return rc < 0 ? rc : -ENOENT;
	}
	if (fd < 0)
		return fd;
	rc = watch_add(watch, path, &text->st);
	return rc < 0 ? rc : file_slurp(fd, CONF_MAX, &text->bytes,
	    &text->len);
}

static int
find(const char *confdir, struct watch *watch, struct conf_text *text)
{
	int rc;

	if (confdir)
		return find_at(text_format("%s/usher.conf", confdir), watch,
		    text);
	rc = find_at(strdup("/etc/security/usher.conf"), watch, text);
	if (rc == -ENOENT)
		rc = find_at(strdup(VENDORDIR "/security/usher.conf"), watch,
		    text);
	return rc;
}

/* What cannot be read, or believed, leaves the defaults. 0, or what file_cannot
 * knows. */
static int
settle(struct conf *conf, int found)
{
	if (found == -ENOENT)
		return 0;
	if (found < 0)
		pam_syslog(NULL, LOG_ERR, "unable to read %s: %s",
		    conf->text.path ? conf->text.path : "usher.conf",
		    strerrordesc_np(-found));
	if (file_cannot(found))
		return found;
	conf->unread = found < 0 ||
	    trust_file(conf, conf->text.path, &conf->text.st) < 0;
	return conf->unread ? 0 : read_text(conf);
}

struct conf *
conf_load(const char *confdir, struct watch *watch)
{
	struct conf *conf = calloc(1, sizeof *conf);

	if (!conf)
		return NULL;
	conf->trust = confdir ? TRUST_OFF : TRUST_WARN;
	conf->module_path = built_in_path;
	conf->unload = built_in_unload;
	conf->trace = nothing;
	conf->keep_tokens = nothing;
	if (settle(conf, find(confdir, watch, &conf->text)) < 0) {
		conf_free(conf);
		return NULL;
	}
	return conf;
}

int
conf_check(const struct conf *conf, const char *confdir)
{
	_drop_(text_free) struct conf_text again = { 0 };
	_drop_(watch_free) struct watch unused = { 0 };
	const struct conf_text *first = &conf->text;
	const int rc = find(confdir, &unused, &again);

	if (rc == -ENOMEM)
		return rc;
	return again.len == first->len && !again.bytes == !first->bytes &&
	    (!first->len || memcmp(again.bytes, first->bytes, first->len) == 0) ?
	    0 : -EAGAIN;
}

bool
conf_names(const char *const *list, const char *name)
{
	for (; *list; list++) {
		if (text_same(*list, name))
			return true;
	}
	return false;
}

void
conf_free(struct conf *conf)
{
	if (!conf)
		return;
	text_free(&conf->text);
	arena_free(&conf->arena);
	free(conf);
}
