/* SPDX-License-Identifier: BSD-2-Clause */
/* What a module may do with its handle. */
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <security/pam_appl.h>
#include <security/pam_ext.h>

#include "base/drop.h"
#include "module.h"

extern bool oracle_types(void) __attribute__((weak));
extern void oracle_pass(unsigned long long usec) __attribute__((weak));

static const struct {
	const char *name;
	int item;
} items[] = {
	{ "SERVICE", PAM_SERVICE }, { "USER", PAM_USER }, { "TTY", PAM_TTY },
	{ "RHOST", PAM_RHOST }, { "AUTHTOK", PAM_AUTHTOK },
	{ "OLDAUTHTOK", PAM_OLDAUTHTOK }, { "RUSER", PAM_RUSER },
	{ "PROMPT", PAM_USER_PROMPT }, { "XDISPLAY", PAM_XDISPLAY },
	{ "TYPE", PAM_AUTHTOK_TYPE },
};

static int
item_of(const char *name)
{
	for (size_t i = 0; i < COUNT(items); i++) {
		if (strcmp(items[i].name, name) == 0)
			return items[i].item;
	}
	return atoi(name);
}

/* S-11: what is still to be had from the handle is part of the event. */
static void
cleanup(pam_handle_t *pamh, void *data, int status)
{
	const void *value = NULL;
	struct event e;

	event_begin(&e, "cleanup");
	event_word(&e, data);
	event_int(&e, status);
	event_code(&e, pam_get_item(pamh, PAM_USER, &value));
	event_code(&e, pam_get_item(pamh, PAM_AUTHTOK, &value));
	event_code(&e, pam_get_data(pamh, "oracle-none", &value));
	event_end(&e);
	free(data);
}

static void
op_set(struct op *op)
{
	event_code(&op->event, pam_set_item(op->pamh, item_of(op->a), op->b));
}

static void
op_get(struct op *op)
{
	const void *value = NULL;
	const int rc = pam_get_item(op->pamh, item_of(op->a), &value);

	op_result(op, rc, value);
}

static void
op_putenv(struct op *op)
{
	event_code(&op->event, pam_putenv(op->pamh, op->a));
}

static void
op_getenv(struct op *op)
{
	event_word(&op->event, pam_getenv(op->pamh, op->a));
}

static void
op_setdata(struct op *op)
{
	char *data = op->b ? strdup(op->b) : NULL;
	const int rc = pam_set_data(op->pamh, op->a, data, cleanup);

	/* D-9: what was not taken is still ours. */
	if (rc != PAM_SUCCESS)
		free(data);
	event_code(&op->event, rc);
}

static void
op_setraw(struct op *op)
{
	event_code(&op->event, pam_set_data(op->pamh, op->a, NULL, NULL));
}

static void
op_getdata(struct op *op)
{
	const void *data = NULL;
	const int rc = pam_get_data(op->pamh, op->a, &data);

	op_result(op, rc, data);
}

static void
op_delay(struct op *op)
{
	event_code(&op->event, pam_fail_delay(op->pamh,
	    op->a ? (unsigned)strtoul(op->a, NULL, 10) : 0));
}

/* A module that takes its time. */
static void
op_pass(struct op *op)
{
	if (oracle_pass)
		oracle_pass(strtoull(op->a, NULL, 10));
	event_text(&op->event, "done");
}

static void
op_user(struct op *op)
{
	const char *user = NULL;
	const int rc = pam_get_user(op->pamh, &user, op->a);

	op_result(op, rc, user);
}

static void
op_authtok(struct op *op)
{
	const char *token = NULL;
	const int rc = pam_get_authtok(op->pamh, item_of(op->a), &token,
	    op->b);

	op_result(op, rc, token);
}

static void
op_noverify(struct op *op)
{
	const char *token = NULL;
	const int rc = pam_get_authtok_noverify(op->pamh, &token, op->a);

	op_result(op, rc, token);
}

static void
op_verify(struct op *op)
{
	const void *item = NULL;
	const char *token;
	int rc;

	if (op->type && !op->a && oracle_types && oracle_types())
		pam_set_item(op->pamh, PAM_AUTHTOK_TYPE, op->type);
	pam_get_item(op->pamh, PAM_AUTHTOK, &item);
	token = item ? item : "";
	rc = pam_get_authtok_verify(op->pamh, &token, op->a);
	op_result(op, rc, token);
}

static void
op_prompt(struct op *op)
{
	_drop_(freep) char *reply = NULL;
	const int rc = pam_prompt(op->pamh, atoi(op->a), &reply, "%s",
	    op->b ? op->b : "?");

	event_code(&op->event, rc);
	event_word(&op->event, reply);
}

static void
op_info(struct op *op)
{
	event_code(&op->event, pam_info(op->pamh, "%s", op->a));
}

static void
op_error(struct op *op)
{
	event_code(&op->event, pam_error(op->pamh, "%s", op->a));
}

static void
op_syslog(struct op *op)
{
	pam_syslog(op->pamh, LOG_NOTICE, "%s", op->a);
	event_text(&op->event, "done");
}

/* none of these may be called from here. */
static void
op_reenter(struct op *op)
{
	static const struct {
		const char *name;
		int (*fn)(pam_handle_t *pamh, int flags);
	} calls[] = {
		{ "auth", pam_authenticate }, { "setcred", pam_setcred },
		{ "acct", pam_acct_mgmt }, { "open", pam_open_session },
		{ "close", pam_close_session }, { "chauthtok", pam_chauthtok },
		{ "end", pam_end },
	};

	for (size_t i = 0; i < COUNT(calls); i++) {
		if (strcmp(op->a, calls[i].name) == 0)
			event_code(&op->event, calls[i].fn(op->pamh, 0));
	}
}

const struct op_kind module_ops[] = {
	{ "authtok", op_authtok, 1 },
	{ "delay", op_delay, 0 },
	{ "error", op_error, 1 },
	{ "get", op_get, 1 },
	{ "getdata", op_getdata, 1 },
	{ "getenv", op_getenv, 1 },
	{ "info", op_info, 1 },
	{ "noverify", op_noverify, 0 },
	{ "pass", op_pass, 1 },
	{ "prompt", op_prompt, 1 },
	{ "putenv", op_putenv, 1 },
	{ "reenter", op_reenter, 1 },
	{ "set", op_set, 1 },
	{ "setdata", op_setdata, 1 },
	{ "setraw", op_setraw, 1 },
	{ "syslog", op_syslog, 1 },
	{ "user", op_user, 0 },
	{ "verify", op_verify, 0 },
	{ 0 },
};
