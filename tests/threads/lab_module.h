/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests and their module know of each other. */
#ifndef TESTS_THREADS_LAB_MODULE_H
#define TESTS_THREADS_LAB_MODULE_H

/* How a test finds the version in the module's file, to make others of it. */
#define LAB_MARK "usher's lab"

struct lab_stamp {
	char mark[12];
	unsigned version;
};

/* A program may have these; they are called when the module is loaded, when it
 * is unloaded, when a policy says "call", and when data go that were left
 * because it says "data". */
void lab_loaded(unsigned version) __attribute__((weak));
void lab_unloaded(unsigned version) __attribute__((weak));
int lab_called(void) __attribute__((weak));
void lab_cleaned(int status) __attribute__((weak));

#endif
