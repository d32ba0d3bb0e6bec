/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that open and close at once, on one handle or two, each find their
 * own session on record and what they put into it. The module comes back here
 * and not to tests/api/rig.c, which has one list of calls for all. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "place.h"
#include "rig.h"
#include "valid_json.h"

#define THREADS 4
#define ROUNDS 40
#define CONFDIR "/run/conf"

static const char *module;
static atomic_uint bad;

/* What place.c asks of the rig. */
void
rig_must(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(1);
}

void
rig_log_clear(void)
{
}

static void
must_be(bool ok)
{
	if (!ok)
		atomic_fetch_add(&bad, 1);
}

/* Each session puts its own id, and finds it. */
int rig_probe(pam_handle_t *pamh, const char *what, int flags, int argc,
    const char **argv);

__attribute__((visibility("default"))) int
rig_probe(pam_handle_t *pamh, const char *what, int flags, int argc,
    const char **argv)
{
	const char *id = NULL, *value = NULL;

	(void)flags;
	(void)argc;
	(void)argv;
	must_be(pam_session_id(pamh, &id) == PAM_SUCCESS);
	if (strcmp(what, "open_session") == 0) {
		must_be(pam_session_admit(pamh, "all", THREADS) ==
		    PAM_SUCCESS);
		return pam_session_put(pamh, "id", id, 0);
	}
	must_be(pam_session_get(pamh, "id", &value) == PAM_SUCCESS &&
	    strcmp(value, id) == 0);
	return PAM_SUCCESS;
}

static int
refuse(int n, const struct pam_message **msg, struct pam_response **out,
    void *ctx)
{
	(void)n;
	(void)msg;
	(void)out;
	(void)ctx;
	return PAM_CONV_ERR;
}

static pam_handle_t *
begin(const char *user)
{
	static const struct pam_conv conv = { refuse, NULL };
	pam_handle_t *pamh = NULL;

	rig_must(pam_start_confdir("svc", user, &conv, CONFDIR, &pamh) ==
	    PAM_SUCCESS, "transaction");
	return pamh;
}

static void
end(pam_handle_t *pamh)
{
	must_be(pam_end(pamh, PAM_SUCCESS) == PAM_SUCCESS);
}

/* Close by the handle that opened, or let another attach. */
static void
log_in_and_out(const char *user, bool elsewhere)
{
	pam_handle_t *pamh = begin(user);
	char id[40] = "";
	const char *own = NULL;

	must_be(pam_open_session(pamh, 0) == PAM_SUCCESS);
	if (elsewhere) {
		pam_session_id(pamh, &own);
		strncat(id, own, sizeof id - 1);
		end(pamh);
		pamh = begin(user);
		must_be(pam_session_attach(pamh, id) == PAM_SUCCESS);
	}
	must_be(pam_close_session(pamh, 0) == PAM_SUCCESS);
	end(pamh);
}

static void *
work(void *user)
{
	for (int i = 0; i < ROUNDS; i++)
		log_in_and_out(user, i % 2);
	return NULL;
}

static void
write_policy(void)
{
	_drop_(closep) int fd = -1;
	char text[400];

	rig_must(mkdir(CONFDIR, 0755) == 0, CONFDIR);
	fd = open(CONFDIR "/svc", O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
	snprintf(text, sizeof text, "session required %s a\n"
	    "session required %s b\n", module, module);
	rig_must(fd >= 0 && write_all(fd, text, strlen(text)) == 0, "policy");
}

/* Every event is there, and none in the middle of another. */
static void
check_events(void)
{
	_drop_(freep) char *text = place_events();
	unsigned n = 0;

	for (char *at = text; *at; n++) {
		const size_t len = strcspn(at, "\n");

		CHECK("an event is JSON", valid_json(at, len));
		at += len + 1;
	}
	CHECK_INT("events", 2 * THREADS * ROUNDS, n);
}

int
main(int argc, char **argv)
{
	static char users[][6] = { "alice", "bob", "root", "alice" };
	pthread_t thread[THREADS];

	rig_must(argc == 2, "module");
	module = argv[1];
	place_begin();
	write_policy();
	for (int i = 0; i < THREADS; i++)
		rig_must(pthread_create(&thread[i], NULL, work,
		    users[i]) == 0, "thread");
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	CHECK_INT("nothing went wrong", 0, bad);
	CHECK_INT("no record is left", 0, place_records());
	check_events();
	return TEST_RESULT();
}
