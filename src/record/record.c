/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "record/store.h"

static const char *const states[RECORD_STATES] = {
	[RECORD_OPENING] = "opening",
	[RECORD_OPEN] = "open",
	[RECORD_DETACHED] = "detached",
	[RECORD_ABANDONED] = "abandoned",
	[RECORD_CLOSING] = "closing",
	[RECORD_CLOSED] = "closed",
	[RECORD_STUCK] = "stuck",
};

const char *
record_state_word(enum record_state s)
{
	return states[s];
}

void
record_free(struct record *r)
{
	for (size_t i = 0; i < r->entries; i++)
		free(r->entry[i].argv);
	free(r->entry);
	free(r->auth);
	free(r->put);
	free(r->env);
	free(r->admitted);
	memset(r, 0, sizeof *r);
}

static void
write_entry(const struct record_entry *e, size_t at, struct rows *to)
{
	row_begin(to, "entry");
	row_number(to, at);
	row_word(to, e->module ? e->module : "");
	for (size_t i = 0; i < e->argc; i++)
		row_word(to, e->argv[i]);
	row_end(to);
}

static void
write_space(const struct space *s, struct rows *to)
{
	row_begin(to, "space");
	row_number(to, s->mount);
	row_number(to, s->pids);
	row_number(to, s->root_dev);
	row_number(to, s->root_ino);
	row_end(to);
}

static void
write_opener(const struct process *p, struct rows *to)
{
	row_begin(to, "opener");
	row_number(to, (unsigned long long)p->pid);
	row_number(to, p->seen);
	row_end(to);
}

static void
write_auth(const struct record *r, struct rows *to)
{
	for (size_t i = 0; i < r->auths; i++) {
		if (r->auth[i] == NO_ANSWER)
			continue;
		row_begin(to, "auth");
		row_number(to, i);
		row_number(to, (unsigned long long)r->auth[i]);
		row_end(to);
	}
}

void
record_head(const struct record *r, struct rows *to)
{
	row_add_number(to, "version", RECORD_VERSION);
	row_add(to, "id", r->id);
	row_add(to, "boot", r->boot);
	row_add(to, "service", r->service);
	row_add(to, "user", r->user);
	row_add(to, "tty", r->tty);
	row_add(to, "rhost", r->rhost);
	row_add(to, "ruser", r->ruser);
	row_add(to, "class", r->class);
	row_add(to, "confdir", r->confdir);
	row_add_number(to, "uid", r->uid);
	row_add_number(to, "opened", r->opened);
	row_add_number(to, "policy", r->policy);
	row_add_number(to, "outer-session", r->outer);
	write_space(&r->space, to);
	write_opener(&r->opener, to);
	for (size_t i = 0; i < r->entries; i++)
		write_entry(&r->entry[i], i, to);
	write_auth(r, to);
	if (r->established)
		row_add(to, "cred", "established");
}

bool
record_has_put(const struct record *r, size_t entry)
{
	for (size_t i = 0; i < r->puts; i++) {
		if (r->put[i].entry == entry && r->put[i].value)
			return true;
	}
	return false;
}

int
record_read(int store, const struct store_name *name, struct record_file *out)
{
	_drop_(closep) int fd = store_find(store, name);
	size_t len;
	int rc;

	*out = (struct record_file){ 0 };
	if (fd < 0)
		return fd;
	rc = file_slurp(fd, RECORD_MAX, &out->text, &len);
	return rc < 0 ? rc : record_parse(out->text, len, &out->record);
}

void
record_file_free(struct record_file *f)
{
	record_free(&f->record);
	free(TAKE(f->text));
}
