/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpamc/packet.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/secret.h"

bool
packet_sound(pamc_bp_t p)
{
	const uint32_t size = PAM_BP_SIZE(p);

	return size >= PAM_BP_MIN_SIZE && size <= PAM_BP_MAX_LENGTH;
}

/* The length of a packet that is not sound says nothing about its memory, so
 * only the head of it is sure to be there. */
void
packet_drop(pamc_bp_t *p)
{
	if (!*p)
		return;
	wipe(*p, packet_sound(*p) ? PAM_BP_SIZE(*p) : sizeof (*p)->length);
	free(*p);
	*p = NULL;
}

void
packet_replace(pamc_bp_t *p, int control)
{
	packet_drop(p);
	PAM_BP_RENEW(p, control, 0);
}

/* A dead agent must not kill the program. SIGPIPE comes to the thread that
 * writes: hold it back, and take it away unless one was waiting before. */
int
packet_write(int fd, pamc_bp_t p)
{
	const struct timespec at_once = { 0, 0 };
	sigset_t broken, before, waiting;
	int rc;

	sigemptyset(&broken);
	sigaddset(&broken, SIGPIPE);
	sigpending(&waiting);
	pthread_sigmask(SIG_BLOCK, &broken, &before);
	rc = write_all(fd, p, PAM_BP_SIZE(p));
	if (rc == -EPIPE && !sigismember(&waiting, SIGPIPE))
		sigtimedwait(&broken, NULL, &at_once);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

/* All n bytes, or -EPIPE when there are fewer, or -errno. */
static int
read_exactly(int fd, void *buf, size_t n)
{
	const ssize_t got = read_all(fd, buf, n);

	if (got < 0)
		return (int)got;
	return (size_t)got == n ? 0 : -EPIPE;
}

int
packet_read(int fd, pamc_bp_t *out)
{
	struct pamc_bp_s head;
	_drop_(packet_drop) pamc_bp_t p = NULL;
	int rc;

	rc = read_exactly(fd, &head, PAM_BP_MIN_SIZE);
	if (rc < 0)
		return rc;
	/* Without a control PAM_BP_RENEW would make no packet. */
	if (!packet_sound(&head) || !head.control)
		return -EPROTO;

	PAM_BP_RENEW(&p, head.control, PAM_BP_LENGTH(&head));
	if (!p)
		return -ENOMEM;
	rc = read_exactly(fd, PAM_BP_WDATA(p), PAM_BP_LENGTH(p));
	if (rc < 0)
		return rc;
	*out = TAKE(p);
	return 0;
}
