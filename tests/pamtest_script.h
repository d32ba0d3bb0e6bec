/* SPDX-License-Identifier: BSD-2-Clause */
/* The conversation of one row: answers as its script says, remembers what it
 * was told. */
#ifndef PAMTEST_SCRIPT_H
#define PAMTEST_SCRIPT_H

#include "pamtest.h"

struct pamtest_script {
	const struct pamtest *row;
	size_t next;		/* the answer that is due */
	char said[1 << 15];
};

/* For struct pam_conv, with the script as its data. */
int pamtest_converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data);

#endif
