/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "base/watch.h"
#include "libpam/log.h"
#include "libpam/settings.h"
#include "libpam/trust.h"

#define CONF_MAX 65536

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
	return conf->unread ? 0 : settings_read(conf);
}

struct conf *
conf_load(const char *confdir, struct watch *watch)
{
	struct conf *conf = calloc(1, sizeof *conf);

	if (!conf)
		return NULL;
	settings_defaults(conf);
	conf->trust = confdir ? TRUST_OFF : TRUST_WARN;
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
