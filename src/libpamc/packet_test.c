/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets through a pipe, and the macros of the header at their limits. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "libpamc/packet.h"

/* Bytes as they come out of the pipe, then its end. */
static const struct {
	const char *label;
	const char *bytes;
	size_t n;
	int want;
	const char *data;
} reads[] = {
	{ "data", "\0\0\0\7\1hi", 7, 0, "hi" },
	{ "no data", "\0\0\0\5\1", 5, 0, "" },
	{ "nothing", "", 0, -EPIPE, NULL },
	{ "a part of the head", "\0\0\0\7", 4, -EPIPE, NULL },
	{ "a part of the data", "\0\0\0\7\1h", 6, -EPIPE, NULL },
	{ "four bytes long", "\0\0\0\4\1hi", 7, -EPROTO, NULL },
	{ "no byte long", "\0\0\0\0\1hi", 7, -EPROTO, NULL },
	{ "longest that is allowed, and cut", "\0\2\0\0\1hi", 7, -EPIPE, NULL },
	{ "one byte more", "\0\2\0\1\1hi", 7, -EPROTO, NULL },
	{ "sign bit", "\200\0\0\7\1hi", 7, -EPROTO, NULL },
	{ "all bits", "\377\377\377\377\1hi", 7, -EPROTO, NULL },
	{ "no control", "\0\0\0\7\0hi", 7, -EPROTO, NULL },
	{ "any other control", "\0\0\0\7\377hi", 7, 0, "hi" },
};

static void
check_reads(void)
{
	for (size_t i = 0; i < COUNT(reads); i++) {
		const char *label = reads[i].label, *data = reads[i].data;
		_drop_(packet_drop) pamc_bp_t p = NULL;
		int fds[2];

		CHECK(label, pipe2(fds, O_CLOEXEC) == 0);
		CHECK(label, write(fds[1], reads[i].bytes, reads[i].n) ==
		    (ssize_t)reads[i].n);
		close(fds[1]);
		CHECK_INT(label, reads[i].want, packet_read(fds[0], &p));
		close(fds[0]);
		CHECK(label, !p == !data);
		if (p && data) {
			CHECK_INT(label, strlen(data), PAM_BP_LENGTH(p));
			CHECK_STR(label, data, (const char *)PAM_BP_RDATA(p));
		}
	}
}

/* The program's own SIGPIPE, if one is held back, is left to it. */
static void
check_nobody_reads(bool held)
{
	_drop_(packet_drop) pamc_bp_t p = NULL;
	sigset_t broken, before, after, waiting;
	int fds[2];

	PAM_BP_RENEW(&p, PAM_BPC_OK, 3);
	CHECK("pipe", pipe2(fds, O_CLOEXEC) == 0);
	close(fds[0]);
	sigemptyset(&broken);
	sigaddset(&broken, SIGPIPE);
	if (held) {
		sigprocmask(SIG_BLOCK, &broken, NULL);
		raise(SIGPIPE);
	}
	sigprocmask(SIG_SETMASK, NULL, &before);
	CHECK_INT("nobody reads", -EPIPE, packet_write(fds[1], p));
	sigprocmask(SIG_SETMASK, NULL, &after);
	sigpending(&waiting);
	CHECK_INT("the mask is as before", sigismember(&before, SIGPIPE),
	    sigismember(&after, SIGPIPE));
	CHECK_INT("SIGPIPE", held, sigismember(&waiting, SIGPIPE));
	close(fds[1]);
}

static void
check_macros(void)
{
	pamc_bp_t p = NULL;
	char out[4] = "...";

	PAM_BP_RENEW(&p, PAM_BPC_SELECT, 3);
	CHECK_INT("size", 8, PAM_BP_SIZE(p));
	CHECK_INT("length", 3, PAM_BP_LENGTH(p));
	CHECK_INT("control", PAM_BPC_SELECT, PAM_BP_RCONTROL(p));
	PAM_BP_FILL(p, 0, 3, "abc");
	CHECK_STR("a spare NUL", "abc", (const char *)PAM_BP_RDATA(p));
	PAM_BP_FILL(p, 1, 3, "xyz");
	PAM_BP_FILL(p, 4, 0, "xyz");
	PAM_BP_FILL(p, (size_t)-1, 2, "xyz");
	CHECK_STR("nothing is written outside", "abc",
	    (const char *)PAM_BP_RDATA(p));
	PAM_BP_EXTRACT(p, 1, 2, out);
	CHECK_STR("inside", "bc.", out);
	PAM_BP_EXTRACT(p, 1, 3, out);
	CHECK("zeros for what is outside", memcmp(out, "\0\0\0", 4) == 0);
	memcpy(p, "\0\0\0\3", 4);
	CHECK_INT("a size below the head has no data", 0, PAM_BP_LENGTH(p));
	PAM_BP_RENEW(&p, PAM_BPC_OK, 0xffffffff);
	CHECK("longer than a packet can say", !p);
	PAM_BP_RENEW(&p, PAM_BPC_OK, 0);
	PAM_BP_RENEW(&p, 0, 5);
	CHECK("control 0 only forgets", !p);
	PAM_BP_RENEW(NULL, PAM_BPC_OK, 5);
}

static void
check_drop(void)
{
	pamc_bp_t p = calloc(1, PAM_BP_MIN_SIZE);

	CHECK("memory", p);
	if (!p)
		return;
	/* Were the length believed, the wipe would run through memory. */
	memcpy(p, "\377\377\377\377\1", 5);
	packet_drop(&p);
	CHECK("dropped", !p);
	packet_drop(&p);
	packet_replace(&p, PAM_BPC_FAIL);
	CHECK("replaced", p && PAM_BP_RCONTROL(p) == PAM_BPC_FAIL);
	packet_drop(&p);
}

int
main(void)
{
	check_reads();
	check_nobody_reads(false);
	check_nobody_reads(true);
	check_macros();
	check_drop();
	return TEST_RESULT();
}
