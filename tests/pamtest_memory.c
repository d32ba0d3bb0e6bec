/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <sys/fsuid.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "memory/heap.h"
#include "pamtest_script.h"

/* A row that has not run through by then has been seen enough of. */
#define FAILURES_MAX 500

/* From a refusal to anything else, or from anything else to a success. See
 * PAMTEST_ENTRY for what stands for PAM_IGNORE. */
static bool
kinder(int got, int want)
{
	if (want == PAM_SUCCESS)
		return false;
	if (want == PAM_IGNORE || want == PAM_MODULE_UNKNOWN)
		return got == PAM_SUCCESS;
	return got == PAM_SUCCESS || got == PAM_IGNORE ||
	    got == PAM_MODULE_UNKNOWN;
}

/* What did not open has nothing to close: a success, whatever the module says. */
static bool
closes_nothing(const struct pamtest *row, const int *got, size_t i)
{
	return i && row->ops[i].what == PAMTEST_CLOSE &&
	    row->ops[i - 1].what == PAMTEST_OPEN && got[i - 1] != PAM_SUCCESS;
}

/* Whether the n-th allocation was reached. */
static bool
try(const struct pamtest *row, size_t n)
{
	struct pamtest_script script = { .row = row };
	const struct pam_conv conv = { pamtest_converse, &script };
	pam_handle_t *pamh = NULL;
	int got[COUNT(row->ops)] = { 0 };
	size_t done = 0;
	char label[256];

	if (pam_start_confdir("pamtest", row->user, &conv, pamtest_confdir(),
		&pamh) != PAM_SUCCESS || !pamtest_prepare(pamh, row))
		exit(1);
	heap_fail(n, false);
	for (; done < COUNT(row->ops) && row->ops[done].what; done++)
		got[done] = pamtest_do(pamh, row->ops[done].what,
		    row->ops[done].flags);
	heap_heal();
	pam_end(pamh, PAM_SUCCESS);

	for (size_t i = 0; i < done; i++) {
		snprintf(label, sizeof label, "%s: allocation %zu, %s: %d",
		    row->label, n, pamtest_do_name[row->ops[i].what], got[i]);
		CHECK(label, closes_nothing(row, got, i) ||
		    !kinder(got[i], row->ops[i].want));
	}
	CHECK("file rights are as before", setfsuid((uid_t)-1) == 0);
	return heap_failed();
}

int
pamtest_memory(const struct pamtest *row)
{
	size_t n = 1;

	/* This process is to stay as it is. */
	if (row->uid || row->ruid)
		return 0;
	/* The C library's first look-up does not survive what is to come. */
	try(row, 0);
	while (n <= FAILURES_MAX && try(row, n))
		n++;
	return TEST_RESULT();
}
