/* SPDX-License-Identifier: BSD-2-Clause */
/* How a conversation can go wrong. */
#ifndef TESTS_MODULES_TALK_H
#define TESTS_MODULES_TALK_H

#include <stdbool.h>
#include <stddef.h>

#include <security/pam_appl.h>

struct talk {
	const char *name;
	int code;
	const char *reply;	/* NULL: no text */
	size_t times;
	bool no_array;
	bool failure;		/* nobody can take this for an answer */
};

extern const struct talk talks[];
extern const size_t talks_count;

struct talker {
	const struct talk *talk;
	bool asked;
};

/* For struct pam_conv, with a talker as its data. */
int talk_converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data);

#endif
