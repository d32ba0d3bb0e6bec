/* SPDX-License-Identifier: BSD-2-Clause */
/* Many handles, many services, many threads. */
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "habits.h"

#define HANDLES 100
#define SERVICES 200	/* more than the library remembers */

/* Services "n0", "n1", ... in folders "f0", "f1", ...; each has its number. */
static bool
put_service(unsigned folder, unsigned number)
{
	char name[64];

	snprintf(name, sizeof name, "f%u", folder);
	if (!lab_folder(name))
		return false;
	snprintf(name, sizeof name, "f%u/n%u", folder, number);
	return lab_put(name, LAB_ALL(LAB_MODULE, "policy=%1$u"),
	    folder * 1000 + number + 1);
}

static pam_handle_t *
start(unsigned folder, unsigned number)
{
	pam_handle_t *pamh = NULL;
	char dir[32], service[32];

	snprintf(dir, sizeof dir, "f%u", folder);
	snprintf(service, sizeof service, "n%u", number);
	CHECK_INT("start", PAM_SUCCESS, pam_start_confdir(service, "alice",
	    &lab_conv, lab_path(dir).text, &pamh));
	return pamh;
}

static int
interleaves(void)
{
	const char *label = "a hundred handles at a time";
	pam_handle_t *pamh[HANDLES];

	for (unsigned i = 0; i < HANDLES; i++)
		CHECK(label, put_service(i % 7, i % 13));
	for (unsigned i = 0; i < HANDLES; i++)
		pamh[i] = start(i % 7, i % 13);
	for (int step = LAB_AUTH; step < LAB_END; step++) {
		for (unsigned i = 0; i < HANDLES; i++)
			CHECK_INT(label, PAM_SUCCESS, lab_step(pamh[i], step));
	}
	for (unsigned i = 0; i < HANDLES; i++)
		CHECK_INT(label, i % 7 * 1000 + i % 13 + 1,
		    lab_told(pamh[i], "policy"));
	/* 37 and 100 have no common divisor: all, in no order. */
	for (unsigned i = 0; i < HANDLES; i++)
		CHECK_INT(label, PAM_SUCCESS,
		    lab_step(pamh[i * 37 % HANDLES], LAB_END));
	return TEST_RESULT();
}

static unsigned
policy_of(unsigned number)
{
	char service[32];
	struct login l;

	snprintf(service, sizeof service, "n%u", number);
	return lab_login(lab_path("f0").text, service, &l) ? l.policy : 0;
}

static int
has_many_services(void)
{
	const char *label = "more services than are remembered";
	const unsigned twice = SERVICES / 2;

	for (unsigned i = 0; i < SERVICES; i++)
		CHECK(label, put_service(0, i));
	lab_age();
	for (unsigned round = 0; round < 3; round++) {
		for (unsigned i = 0; i < SERVICES; i++) {
			CHECK_INT(label, i + 1, policy_of(i));
			CHECK_INT(label, twice + 1, policy_of(twice));
		}
	}
	CHECK(label, lab_put("f0/n5", LAB_ALL(LAB_MODULE, "policy=77")));
	CHECK_INT(label, 77, policy_of(5));
	return TEST_RESULT();
}

static size_t
used_memory(void)
{
	return mallinfo2().uordblks;
}

static int
stays_small(void)
{
	const char *label = "memory does not grow";
	size_t before;

	if (LAB_SANITIZED)
		return HABIT_SKIPPED;
	for (unsigned i = 0; i < SERVICES; i++)
		CHECK(label, put_service(0, i));
	lab_age();
	for (unsigned i = 0; i < SERVICES; i++)
		policy_of(i);
	before = used_memory();
	for (unsigned i = 0; i < 5 * SERVICES; i++)
		policy_of(i % SERVICES);
	CHECK(label, used_memory() < before + 16384);
	return TEST_RESULT();
}

/* ---- Threads ---- */

struct errand {
	pam_handle_t *pamh;
	int step, answer;
};

static void *
take_step(void *arg)
{
	struct errand *e = arg;

	e->answer = lab_step(e->pamh, e->step);
	return NULL;
}

/* No two steps in one thread, and none where the handle was made. */
static int
passes_on(void)
{
	const char *label = "another thread for each step";
	struct errand e = { NULL, LAB_AUTH, -1 };
	pthread_t thread;

	CHECK_INT(label, PAM_SUCCESS, pam_start_confdir("data", "alice",
	    &lab_conv, lab(), &e.pamh));
	for (e.step = LAB_AUTH; e.step < LAB_STEPS; e.step++) {
		pthread_create(&thread, NULL, take_step, &e);
		pthread_join(thread, NULL);
		CHECK_INT(label, PAM_SUCCESS, e.answer);
	}
	return TEST_RESULT();
}

const struct habit habits_handles[] = {
	{ "has a hundred handles at a time", interleaves },
	{ "has more services than are remembered", has_many_services },
	{ "lives long", stays_small },
	{ "takes each step in another thread", passes_on },
	{ NULL, NULL },
};
