/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/log/past.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/moment.h"
#include "base/number.h"
#include "base/text.h"
#include "history/logged.h"
#include "pamctl/log/when.h"
#include "pamctl/pamctl.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define NUMBER_USUAL 1000
#define WAIT 500		/* milliseconds, for other writers */

/* What an answer needs beside the question; paths are owned. */
struct asking {
	char *log, *database, *boot;
	struct history_conf conf;
	struct history_query query;
	bool cut;		/* not by the user's own number */
};

static void
asking_drop(struct asking *a)
{
	free(a->log);
	free(a->database);
	free(a->boot);
}

static int
read_count(const char *option, const char *text, int64_t *out)
{
	long long number;

	if (!text)
		return 0;
	if (number_read(text, 10, 0, 1000000000, &number) < 0)
		return fail(STATUS_USAGE, "--%s %s: not a number", option,
		    text);
	*out = number;
	return 0;
}

static int
read_keep(const char *text, unsigned *keep)
{
	int64_t days = HISTORY_KEEP;
	const int rc = read_count("keep", text, &days);

	if (rc == 0 && (days < 1 || days > 36500))
		return fail(STATUS_USAGE, "--keep %s: not 1 to 36500", text);
	*keep = (unsigned)days;
	return rc;
}

/* Without it no session is one of a past boot. */
static char *
boot_id(void)
{
	char *text = NULL;

	if (file_read(BOOT_ID, 64, &text) == 0)
		text[strcspn(text, "\n")] = '\0';
	return text;
}

static int
prepare(const struct options *o, const struct past *past, struct asking *a)
{
	const char *root = o->root ? o->root : "";
	int rc;

	a->log = text_format("%s%s", root, LOG_PATH);
	a->database = text_format("%s%s", root, HISTORY_PATH);
	a->boot = boot_id();
	if (!a->log || !a->database)
		return fail(STATUS_AGAIN, "out of memory");
	a->conf = (struct history_conf){
		.log = a->log, .database = a->database, .boot = a->boot,
		.now = when_now(), .wait = WAIT,
		/* Other roots may be in bad hands, and links in them lead
		 * anywhere. */
		.look = o->root,
	};
	a->query = past->query;
	a->query.user = past->user;
	a->query.service = past->service;
	a->query.rhost = past->host;
	a->query.limit = NUMBER_USUAL;
	a->cut = !past->number;
	rc = read_count("number", past->number, &a->query.limit);
	if (rc == 0)
		rc = read_keep(past->keep, &a->conf.keep);
	if (rc == 0)
		rc = when_option("since", past->since, &a->query.since);
	return rc ? rc : when_option("until", past->until, &a->query.until);
}

static void
history_freep(struct history **h)
{
	history_free(*h);
}

static void
columns_freep(struct columns **c)
{
	columns_free(*c);
}

/* Why there are no more rows, where that is not plain. */
static void
tell_missing(const struct asking *a, size_t rows)
{
	if (a->cut && rows == NUMBER_USUAL)
		fail(0, "only the newest %d are shown: see --number",
		    NUMBER_USUAL);
	if (!rows && access(a->log, F_OK) < 0)
		fail(0, "there is no %s", a->log);
}

/* 0 or a status, or -errno when the history could not be asked. */
static int
ask(const struct options *o, const struct asking *a, const struct question *q)
{
	_drop_(columns_freep) struct columns *c = NULL;
	_drop_(history_freep) struct history *h = NULL;
	int rc;

	c = columns_new(o, q->name, q->columns);
	if (!c)
		return STATUS_USAGE;
	rc = history_open(&a->conf, &h);
	if (rc == 0)
		rc = q->fill(h, &a->query, c);
	if (rc < 0)
		return rc;
	tell_missing(a, columns_count(c));
	return columns_end(TAKE(c));
}

/* A damaged index is begun anew by who may do so; who may not does without. */
static void
leave_damaged(struct asking *a)
{
	if (!a->conf.look && history_set_aside(a->database) == 0) {
		fail(0, "%s was damaged: it is %s.damaged now, and a new one "
		    "is made from the log", a->database, a->database);
		return;
	}
	fail(0, "%s is damaged: only the log is looked at", a->database);
	a->conf.database = NULL;
}

static int
explain(const struct asking *a, int err)
{
	switch (err) {
	case -EAGAIN:
		return fail(STATUS_AGAIN,
		    "%s is being written: try again", a->database);
	case -EACCES:
		return fail(STATUS_PRIVILEGE,
		    "no permission to read %s, or to write %s", a->log,
		    a->database);
	default:
		return fail(STATUS_CONFIG, "%s: %s", a->database,
		    strerror(-err));
	}
}

static int
ask_and_mend(const struct options *o, const struct past *past,
    const struct question *q)
{
	_drop_(asking_drop) struct asking a = { 0 };
	int rc = prepare(o, past, &a);

	if (rc)
		return rc;
	rc = ask(o, &a, q);
	if (rc == -EBADMSG) {
		leave_damaged(&a);
		rc = ask(o, &a, q);
	}
	return rc < 0 ? explain(&a, rc) : rc;
}

int
past_run(const struct question *q, struct past *past,
    const struct verb_option *own, int argc, char **argv)
{
	struct options o;
	char usage[64];
	bool done;
	int rc;

	snprintf(usage, sizeof usage, "%s [options]", q->name);
	rc = options_read(&o, usage, own, argc, argv, &done);
	if (rc != 0 || done)
		return rc;
	if (o.argc)
		return fail(STATUS_USAGE, "usage: pamctl %s", usage);
	return ask_and_mend(&o, past, q);
}

void
past_moment(struct columns *c, size_t column, int64_t us)
{
	char text[MOMENT_TEXT];

	if (us < 0)
		return;
	moment_text(us, text);
	columns_cell(c, column, text);
}

void
past_number(struct columns *c, size_t column, int64_t number)
{
	if (number >= 0)
		columns_number(c, column, number);
}
