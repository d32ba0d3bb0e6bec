/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl run: make the calls that a program makes, in the order that is wanted,
 * and tell what came of them. */
#include <stdio.h>
#include <unistd.h>

#include <security/pam_appl.h>

#include "base/drop.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/answers.h"
#include "pamctl/run/report.h"
#include "pamctl/run/script.h"
#include "pamctl/run/settings.h"
#include "pamctl/run/transaction.h"

/* Behind a result that was not expected only what is open is closed, as a
 * program would. A program's status stops nothing. */
static void
do_operations(struct transaction *t)
{
	bool stopped = false;

	for (size_t i = 0; i < t->script->count; i++) {
		struct operation *op = &t->script->operation[i];
		const bool closes = t->open &&
		    op->deed->call == pam_close_session;

		if (stopped && !closes)
			continue;
		report_call(t->settings, op);
		transaction_do(t, op);
		report_result(t->settings, op);
		stopped |= operation_differs(op) &&
		    op->deed->kind != DEED_EXEC;
	}
}

/* A program's status is ours where nothing else was wrong and nobody said what
 * it should be. */
static int
status_of(const struct transaction *t)
{
	int status = STATUS_CLEAN;

	if (t->start != PAM_SUCCESS)
		return STATUS_FINDINGS;
	for (size_t i = 0; i < t->script->count; i++) {
		const struct operation *op = &t->script->operation[i];

		if (!operation_differs(op))
			continue;
		if (op->deed->kind != DEED_EXEC || op->told)
			return STATUS_FINDINGS;
		status = op->result;
	}
	return status;
}

static int
run(struct transaction *t)
{
	int status;

	if (transaction_begin(t) == PAM_SUCCESS)
		do_operations(t);
	else
		report_refused(t);
	transaction_end(t);
	report_end(t);
	status = status_of(t);
	if (t->settings->json)
		report_json(t, status);
	transaction_free(t);
	return status;
}

/* The handle is left as it is, as by a program that ends before pam_end: what
 * others have registered for an orderly exit is left out too. */
_Noreturn static void
leave(struct answers *answers, int status)
{
	answers_free(answers);
	fflush(NULL);
	_exit(status);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(settings_free) struct settings s = { 0 };
	_drop_(script_free) struct script script = { 0 };
	_drop_(answers_free) struct answers answers = { 0 };
	struct transaction t = { .settings = &s, .script = &script };
	bool done;
	int rc = settings_read(&s, argc, argv, &done);

	if (rc || done)
		return rc;
	rc = script_read(&script, &s);
	if (rc == 0)
		rc = transaction_check(&s);
	if (rc == 0)
		rc = answers_read(&answers, &s);
	if (rc)
		return rc;
	t.talk = (struct talk){
		.answers = settings_scripted(&s) ? &answers : NULL,
		.script = &script, .hidden = s.json, .verbose = s.verbose,
	};
	rc = run(&t);
	if (s.no_end)
		leave(&answers, rc);
	return rc;
}

const struct verb verb_run = {
	"run", "call libpam as a program would, and see what it says",
	run_verb,
};
