/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl why: the last refusals in words, from the end of the event log. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/drop.h"
#include "base/number.h"
#include "base/text.h"
#include "pamctl/log/refusal.h"
#include "pamctl/log/when.h"
#include "pamctl/options.h"
#include "pamctl/pamctl.h"

#define USAGE "why [options]"

static int
print_words(const struct options *o, const struct refusals *found)
{
	int rc = STATUS_CLEAN;

	for (size_t i = 0; rc == STATUS_CLEAN && i < found->count; i++) {
		if (i)
			putchar('\n');
		rc = refusal_print(o, &found->item[i]);
	}
	return rc;
}

/* The events as the log has them. */
static json_t *
json_of(const struct refusal *r)
{
	json_t *before = json_array();

	for (size_t i = r->count; i-- > 0; )
		json_array_append(before, r->before[i].object);
	return json_pack("{s:O, s:o}", "failed", r->failed.object, "before",
	    before);
}

/* In ASCII, so that there is nothing that a terminal obeys but DEL, which may
 * stand within a string only. */
static int
write_json(const json_t *all)
{
	_drop_(freep) char *text = json_dumps(all,
	    JSON_INDENT(3) | JSON_ENSURE_ASCII);

	if (!text)
		return fail(STATUS_AGAIN, "out of memory");
	for (const char *c = text; *c; c++) {
		if (*c == 0x7f)
			fputs("\\u007f", stdout);
		else
			putchar(*c);
	}
	putchar('\n');
	return STATUS_CLEAN;
}

static int
print_json(const struct refusals *found)
{
	json_t *list = json_array();
	json_t *all = json_pack("{s:o}", "why", list);
	int rc;

	for (size_t i = 0; i < found->count; i++)
		json_array_append_new(list, json_of(&found->item[i]));
	rc = write_json(all);
	json_decref(all);
	return rc;
}

static int
cannot(const char *log, int err)
{
	switch (err) {
	case -ENOENT:
		return fail(STATUS_FINDINGS, "there is no %s", log);
	case -EACCES:
		return fail(STATUS_PRIVILEGE, "cannot read %s", log);
	default:
		return fail(STATUS_CONFIG, "%s: %s", log, strerror(-err));
	}
}

static int
why(const struct options *o, const struct refusal_query *q)
{
	_drop_(freep) char *log = text_format("%s%s", o->root ? o->root : "",
	    LOG_PATH);
	_drop_(refusals_drop) struct refusals found = { 0 };
	int rc = log ? refusals_find(log, q, &found) : -ENOMEM;

	if (rc < 0)
		return cannot(log ? log : LOG_PATH, rc);
	rc = o->json ? print_json(&found) : print_words(o, &found);
	if (rc == STATUS_CLEAN && !found.count)
		return fail(STATUS_FINDINGS, "no such refusal is in %s", log);
	return rc;
}

static int
read_query(const char *number, const char *since, struct refusal_query *q)
{
	long long limit = 1;

	if (number && number_read(number, 10, 1, 100000, &limit) < 0)
		return fail(STATUS_USAGE, "--number %s: not a number from 1 on",
		    number);
	q->limit = (size_t)limit;
	return when_option("since", since, &q->since);
}

static int
run(int argc, char **argv)
{
	const char *number = NULL, *since = NULL;
	struct refusal_query q = { 0 };
	const struct verb_option own[] = {
		{ .name = "user", .letter = 'u', .argument = "USER",
		    .what = "only of this user", .value = &q.user },
		{ .name = "service", .letter = 's', .argument = "SERVICE",
		    .what = "only by this service", .value = &q.service },
		{ .name = "since", .argument = "TIME", .what = "not before",
		    .value = &since },
		{ .name = "number", .letter = 'n', .argument = "NUMBER",
		    .what = "the last so many (1)", .value = &number },
		WITHOUT("confdir"), WITHOUT("facts"), { .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = read_query(number, since, &q);
	return rc ? rc : why(&o, &q);
}

const struct verb verb_why = {
	"why", "why the last login was refused", run,
};
