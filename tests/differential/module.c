/* SPDX-License-Identifier: BSD-2-Clause */
/* The module's entry points. Variants without one of them are built with
 * NO_AUTH, NO_SETCRED, NO_ACCT or NO_CLOSE. */
#include "module.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "policy/code.h"

#define SPEC_MAX 256

/* Calls so far of each function of each id, in this process. */
static struct counter {
	struct counter *next;
	int calls;
	char name[];
} *counters;

/* Weak: the player has them, other programs have not. */
extern bool oracle_wipe_due(void) __attribute__((weak));

static int
count_call(const char *id, const char *fn)
{
	char name[SPEC_MAX];
	struct counter *c;

	snprintf(name, sizeof name, "%s/%s", id, fn);
	for (c = counters; c; c = c->next) {
		if (strcmp(c->name, name) == 0)
			return c->calls++;
	}
	c = malloc(sizeof *c + strlen(name) + 1);
	if (!c)
		abort();
	memcpy(c->name, name, strlen(name) + 1);
	c->calls = 1;
	c->next = counters;
	counters = c;
	return 0;
}

static const char *
argument(int argc, const char **argv, const char *name)
{
	const size_t len = strlen(name);

	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], name, len) == 0 && argv[i][len] == '=')
			return argv[i] + len + 1;
	}
	return NULL;
}

static int
answer_of(const char *list, int call)
{
	size_t len;
	int code;

	for (; call > 0 && strchr(list, ','); call--)
		list = strchr(list, ',') + 1;
	code = code_prefix(list, &len);
	return code >= 0 ? code : atoi(list);
}

static int
answer(const char *id, const char *fn, int argc, const char **argv)
{
	const int call = count_call(id, fn);
	const char *list = argument(argc, argv, fn);

	if (!list)
		list = argument(argc, argv, "all");
	return list ? answer_of(list, call) : PAM_SUCCESS;
}

void
op_result(struct op *op, int code, const char *value)
{
	event_code(&op->event, code);
	event_word(&op->event, code == PAM_SUCCESS ? value : NULL);
}

static const struct op_kind *
find_op(const char *name, const struct op *op)
{
	static const struct op_kind *const tables[] = {
		module_ops, modutil_ops,
	};
	const int operands = !!op->a + !!op->b;

	for (size_t i = 0; i < COUNT(tables); i++) {
		for (const struct op_kind *k = tables[i]; k->name; k++) {
			if (strcmp(k->name, name) == 0 &&
			    operands >= k->operands)
				return k;
		}
	}
	return NULL;
}

/* T-8: only for the password, the first counts, and without a value it is
 * empty. */
static const char *
type_of(const char *fn, int argc, const char **argv)
{
	static const char name[] = "authtok_type";
	const size_t len = sizeof name - 1;

	if (strcmp(fn, "prelim") != 0 && strcmp(fn, "update") != 0)
		return NULL;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], name) == 0)
			return "";
		if (strncmp(argv[i], name, len) == 0 && argv[i][len] == '=')
			return argv[i] + len + 1;
	}
	return NULL;
}

static void
run_op(pam_handle_t *pamh, const char *spec, const char *type)
{
	_drop_(freep) char *copy = strdup(spec);
	struct op op = { .pamh = pamh, .type = type };
	const struct op_kind *kind;
	char *rest = copy;

	if (!copy)
		abort();
	strsep(&rest, ":");
	op.a = strsep(&rest, ":");
	op.b = rest;
	kind = find_op(copy, &op);
	event_begin(&op.event, "op");
	event_word(&op.event, spec);
	event_text(&op.event, "->");
	if (kind)
		kind->run(&op);
	else
		event_text(&op.event, "no-such-op");
	event_end(&op.event);
}

static void
report(const char *id, const char *fn, int flags, int rc)
{
	struct event e;

	event_begin(&e, "call");
	event_word(&e, id);
	event_text(&e, fn);
	event_int(&e, flags);
	event_text(&e, "->");
	event_code(&e, rc);
	event_end(&e);
}

static void
report_arguments(int argc, const char **argv)
{
	struct event e;

	event_begin(&e, "argv");
	for (int i = 0; i < argc; i++)
		event_word(&e, argv[i]);
	/* W-20; elsewhere it may not even be looked at. */
	if (getenv("ORACLE_STRICT") && (!argv || argv[argc]))
		event_text(&e, "unterminated");
	event_end(&e);
}

static int
serve(const char *fn, pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	const char *id = argument(argc, argv, "id");
	const size_t len = strlen(fn);
	const int rc = answer(id ? id : "?", fn, argc, argv);
	const char *type = type_of(fn, argc, argv);

	if (oracle_wipe_due && oracle_wipe_due()) {
		pam_set_item(pamh, PAM_AUTHTOK, NULL);
		pam_set_item(pamh, PAM_OLDAUTHTOK, NULL);
	}
	report(id, fn, flags, rc);
	report_arguments(argc, argv);
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "do=", 3) == 0)
			run_op(pamh, argv[i] + 3, type);
		else if (strncmp(argv[i], "do@", 3) == 0 &&
		    strncmp(argv[i] + 3, fn, len) == 0 &&
		    argv[i][3 + len] == '=')
			run_op(pamh, argv[i] + 3 + len + 1, type);
	}
	return rc;
}

#ifndef NO_AUTH
EXPORT int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return serve("auth", pamh, flags, argc, argv);
}
#endif

#ifndef NO_SETCRED
EXPORT int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return serve("setcred", pamh, flags, argc, argv);
}
#endif

#ifndef NO_ACCT
EXPORT int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return serve("acct", pamh, flags, argc, argv);
}
#endif

EXPORT int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return serve("open", pamh, flags, argc, argv);
}

#ifndef NO_CLOSE
EXPORT int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	return serve("close", pamh, flags, argc, argv);
}
#endif

EXPORT int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return serve(flags & PAM_PRELIM_CHECK ? "prelim" : "update", pamh,
	    flags, argc, argv);
}
