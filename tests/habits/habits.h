/* SPDX-License-Identifier: BSD-2-Clause */
/* What real programs do around and between their calls of the library. Each
 * habit is a function that runs in a process of its own. */
#ifndef TESTS_HABITS_H
#define TESTS_HABITS_H

#include <stddef.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"

struct habit {
	const char *label;
	int (*try)(void);	/* 0: passed; HABIT_SKIPPED: not possible here */
};

#define HABIT_SKIPPED 77

/* Each ends with a row of zeroes. */
extern const struct habit habits_files[], habits_process[];
extern const struct habit habits_signals[], habits_limits[];
extern const struct habit habits_handles[], habits_places[];

/* Services of the lab: "svc" says yes, "ask" asks for it, "data" leaves some. */

/* A login by a service must go well. */
#define CHECK_LOGIN(label, service)                                            \
	do {                                                                   \
		struct login login_;                                           \
									       \
		CHECK(label, lab_login(lab(), service, &login_));              \
		for (int i_ = 0; i_ < LAB_STEPS; i_++)                         \
			CHECK_INT(label, PAM_SUCCESS, login_.answer[i_]);      \
	} while (0)

#endif
