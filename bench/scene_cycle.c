/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole transactions, and calls of a live handle. */
#include "scene.h"

static void
cycle(struct bench *b)
{
	full_cycle(b->scene->service);
}

static void
start_end(struct bench *b)
{
	finish(begin(b->scene->service, NULL));
}

static void
session(struct bench *b)
{
	pam_handle_t *pamh = begin(b->scene->service, NULL);

	expect("pam_open_session", pam_open_session(pamh, 0));
	expect("pam_close_session", pam_close_session(pamh, 0));
	finish(pamh);
}

/* As in a server with many connections: the modules are in use already. */
static void
keep_one(struct bench *b)
{
	(void)begin(b->scene->service, NULL);
}

static void
open_close(struct bench *b)
{
	expect("pam_open_session", pam_open_session(b->pamh, 0));
	expect("pam_close_session", pam_close_session(b->pamh, 0));
}

static void
account(struct bench *b)
{
	expect("pam_acct_mgmt", pam_acct_mgmt(b->pamh, 0));
}

const struct scene cycle_scenes[] = {
	{ "cycle", "login", .op = cycle },
	{ "cycle-pinned", "login", .prepare = keep_one, .op = cycle },
	{ "cycle-one-module", "stack-1", .op = cycle },
	{ "session", "login", .op = session },
	{ "start-end", "login", .op = start_end },
	{ "open-close", "login", AROUND_HANDLE, .op = open_close },
	{ "call-1", "stack-1", AROUND_HANDLE, .op = account },
	{ "call-4", "stack-4", AROUND_HANDLE, .op = account, .parts = 4 },
	{ "call-16", "stack-16", AROUND_HANDLE, .op = account, .parts = 16 },
	{ "call-64", "stack-64", AROUND_HANDLE, .op = account, .parts = 64 },
	{ "call-same", "same-16", AROUND_HANDLE, .op = account, .parts = 16 },
	{ "depth-1", "depth-1", .op = start_end },
	{ "depth-8", "depth-8", .op = start_end },
	{ "depth-15", "depth-15", .op = start_end },
	{ 0 }
};
