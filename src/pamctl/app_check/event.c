/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/app_check/event.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

static const char *const names[CALL_COUNT] = {
	[CALL_START] = "pam_start",
	[CALL_AUTHENTICATE] = "pam_authenticate",
	[CALL_ACCOUNT] = "pam_acct_mgmt",
	[CALL_SETCRED] = "pam_setcred",
	[CALL_OPEN] = "pam_open_session",
	[CALL_CLOSE] = "pam_close_session",
	[CALL_CHAUTHTOK] = "pam_chauthtok",
	[CALL_SET_ITEM] = "pam_set_item",
	[CALL_PUTENV] = "pam_putenv",
	[CALL_GETENVLIST] = "pam_getenvlist",
	[CALL_END] = "pam_end",
};

const char *
call_name(enum call call)
{
	return names[call];
}

static int
call_named(const char *name, enum call *out)
{
	for (int i = 0; i < CALL_COUNT; i++) {
		if (strcmp(names[i], name) == 0) {
			*out = (enum call)i;
			return 0;
		}
	}
	return -EINVAL;
}

/* Those that have ended are not taken up again: the recorder's numbers grow. */
static struct transaction *
find(struct transcript *t, const char *id)
{
	for (size_t i = 0; i < t->count; i++) {
		if (strcmp(t->transaction[i].id, id) == 0)
			return &t->transaction[i];
	}
	if (GROW(t->transaction, t->count, t->cap) < 0)
		return NULL;
	t->transaction[t->count] = (struct transaction){ 0 };
	memcpy(t->transaction[t->count].id, id, TRANSACTION_ID);
	return &t->transaction[t->count++];
}

int
transcript_add(struct transcript *t, const char *line)
{
	char id[TRANSACTION_ID] = "", name[32], service[SERVICE_SIZE] = "";
	struct transaction *in;
	struct event e;

	if (sscanf(line, "%lf %d %d %u %31s %31s %d %d %63s", &e.time, &e.pid,
	    &e.tid, &e.euid, id, name, &e.flags, &e.result, service) < 8 ||
	    call_named(name, &e.call) < 0)
		return -EINVAL;
	in = find(t, id);
	if (!in || GROW(in->event, in->count, in->cap) < 0)
		return -ENOMEM;
	if (e.call == CALL_START)
		memcpy(in->service, service, sizeof service);
	in->event[in->count++] = e;
	return 0;
}

void
transcript_free(struct transcript *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->transaction[i].event);
	free(t->transaction);
	*t = (struct transcript){ 0 };
}
