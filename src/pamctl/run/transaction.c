/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/transaction.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/grow.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/hold.h"
#include "pamctl/run/program.h"
#include "pamctl/run/script.h"
#include "pamctl/run/settings.h"
#include "pamctl/usher_calls.h"
#include "policy/code.h"

int
transaction_check(const struct settings *s)
{
	for (size_t i = 0; i < s->items.count; i++) {
		const char *item = s->items.word[i];
		const size_t len = strcspn(item, "=");

		if (!item[len])
			return fail(STATUS_USAGE, "-I %s: not ITEM=VALUE",
			    item);
		if (item_named(item, len) < 0)
			return fail(STATUS_USAGE, "-I %s: no such item",
			    item);
	}
	for (size_t i = 0; i < s->environment.count; i++) {
		const char *equals = strchr(s->environment.word[i], '=');

		if (!equals || equals == s->environment.word[i])
			return fail(STATUS_USAGE, "-E %s: not NAME=VALUE",
			    s->environment.word[i]);
	}
	if (s->end && code_named(s->end) < 0)
		return fail(STATUS_USAGE, "--end: no such code as \"%s\"",
		    s->end);
	return 0;
}

static int
set_items(struct transaction *t)
{
	const struct words *items = &t->settings->items;
	int rc = PAM_SUCCESS;

	for (size_t i = 0; i < items->count && rc == PAM_SUCCESS; i++) {
		const char *item = items->word[i];
		const size_t len = strcspn(item, "=");

		t->refused = item;
		rc = pam_set_item(t->pamh, item_named(item, len),
		    item + len + 1);
	}
	return rc;
}

static int
set_environment(struct transaction *t)
{
	const struct words *variables = &t->settings->environment;
	int rc = PAM_SUCCESS;

	for (size_t i = 0; i < variables->count && rc == PAM_SUCCESS; i++) {
		t->refused = variables->word[i];
		rc = pam_putenv(t->pamh, variables->word[i]);
	}
	return rc;
}

int
transaction_begin(struct transaction *t)
{
	const struct settings *s = t->settings;
	const struct pam_conv conv = { talk_converse, &t->talk };

	pam_handle_t *pamh = NULL;

	t->refused = "pam_start";
	t->start = s->confdir ?
	    pam_start_confdir(s->service, s->user, &conv, s->confdir, &pamh) :
	    pam_start(s->service, s->user, &conv, &pamh);
	/* Some libraries leave a handle behind that they have freed. */
	t->pamh = t->start == PAM_SUCCESS ? pamh : NULL;
	if (t->start == PAM_SUCCESS)
		t->start = set_items(t);
	if (t->start == PAM_SUCCESS)
		t->start = set_environment(t);
	if (t->start == PAM_SUCCESS)
		t->refused = NULL;
	t->last = t->start;
	return t->start;
}

static const char *
copy(struct transaction *t, const char *text)
{
	return text ? arena_copy(&t->script->texts, text, strlen(text)) :
	    NULL;
}

static const char *
action_of(struct transaction *t, const struct pam_trail_step *step)
{
	char text[32];

	if (!step->jump)
		return copy(t, step->action);
	snprintf(text, sizeof text, "jump %u", step->jump);
	return copy(t, text);
}

/* The library's texts last only until the next call. */
static void
keep_trail(struct transaction *t, struct operation *op)
{
	struct pam_trail_step step;

	for (unsigned n = 0; usher_has_trail(); n++) {
		if (usher_trail_step(t->pamh, n, &step) != PAM_SUCCESS ||
		    GROW(op->step, op->steps, op->step_cap) < 0)
			return;
		op->step[op->steps++] = (struct trail_row){
			.file = copy(t, step.file), .line = step.line,
			.module = copy(t, step.module),
			.answer = code_word(step.answer),
			.action = action_of(t, &step), .ms = step.ms,
			.decides = step.decided,
		};
	}
}

static int
call(struct transaction *t, struct operation *op)
{
	const int rc = op->deed->call(t->pamh, op->flags);

	keep_trail(t, op);
	if (rc == PAM_SUCCESS && op->deed->call == pam_open_session)
		t->open = true;
	if (op->deed->call == pam_close_session)
		t->open = false;
	t->last = rc;
	return rc;
}

static int
attach(struct transaction *t, const struct operation *op)
{
	t->last = usher_attach(t->pamh, op->id);
	t->open |= t->last == PAM_SUCCESS;
	return t->last;
}

/* Not every pam_misc_drop_env takes NULL. */
static void
environment_drop(char ***environment)
{
	if (*environment)
		pam_misc_drop_env(*environment);
}

static int
exec(const struct transaction *t)
{
	_drop_(environment_drop) char **environment = pam_getenvlist(t->pamh);
	char *none[] = { NULL };

	return program_run(t->settings->program,
	    environment ? environment : none, t->settings->json);
}

/* Whoever holds the other end of our input, or has a signal to send, must know
 * when he can; on standard error, as standard output may be one document. */
static void
tell_waiting(void)
{
	fputs("pamctl: wait: waiting\n", stderr);
}

static int
wait_for_end(const struct transaction *t)
{
	const char *answers = t->settings->answer_file;

	fflush(stdout);
	return hold(!answers || strcmp(answers, "-") != 0, tell_waiting);
}

static int
result_of(struct transaction *t, struct operation *op)
{
	switch (op->deed->kind) {
	case DEED_CALL:
		return call(t, op);
	case DEED_ATTACH:
		return attach(t, op);
	case DEED_EXEC:
		return exec(t);
	case DEED_WAIT:
		return wait_for_end(t);
	}
	return PAM_SYSTEM_ERR;
}

void
transaction_do(struct transaction *t, struct operation *op)
{
	t->talk.now = op;
	op->result = result_of(t, op);
	op->called = true;
	t->talk.now = NULL;
}

void
transaction_end(struct transaction *t)
{
	const struct settings *s = t->settings;
	const void *user = NULL;

	if (!t->pamh)
		return;
	pam_get_item(t->pamh, PAM_USER, &user);
	t->user = copy(t, user);
	t->id = copy(t, usher_id(t->pamh));
	t->environment = pam_getenvlist(t->pamh);
	t->end_status = (s->end ? code_named(s->end) : t->last) |
	    (s->silent ? PAM_DATA_SILENT : 0);
	if (!s->no_end)
		t->end = pam_end(t->pamh, t->end_status);
}

void
transaction_free(struct transaction *t)
{
	environment_drop(&t->environment);
}
