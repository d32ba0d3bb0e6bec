/* SPDX-License-Identifier: BSD-2-Clause */
/* Binary prompts: the bytes are what an agent says, and a packet that a program
 * hands over. */
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "libpamc/agent.h"
#include "libpamc/packet.h"
#include "target.h"

#define SAID_MAX 60000		/* less than a pipe holds */

/* A pipe that holds the bytes and then ends. */
static int
pipe_of(const uint8_t *data, size_t size)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) < 0 || write_all(fds[1], data, size) < 0)
		abort();
	close(fds[1]);
	return fds[0];
}

/* Is there a whole and sound packet at the start of the bytes? */
static bool
is_packet(const uint8_t *data, size_t size)
{
	return size >= PAM_BP_MIN_SIZE && PAM_BP_SIZE(data) <= size &&
	    PAM_BP_SIZE(data) >= PAM_BP_MIN_SIZE &&
	    PAM_BP_SIZE(data) <= PAM_BP_MAX_LENGTH && PAM_BP_RCONTROL(data);
}

static void
check_packet(pamc_bp_t p, const uint8_t *data)
{
	PROMISE("a packet is what was sent", p &&
	    memcmp(p, data, PAM_BP_SIZE(data)) == 0);
	PROMISE("and ends like a string", !PAM_BP_RDATA(p)[PAM_BP_LENGTH(p)]);
}

/* One after the other, until the first that is not sound. */
static void
check_reading(const uint8_t *data, size_t size)
{
	_drop_(closep) int fd = pipe_of(data, size);

	for (;;) {
		pamc_bp_t p = NULL;
		const int rc = packet_read(fd, &p);

		PROMISE("a packet comes with success alone", !p == (rc != 0));
		PROMISE("what is sound is read, and nothing else",
		    (rc == 0) == is_packet(data, size));
		if (rc < 0)
			return;
		check_packet(p, data);
		data += PAM_BP_SIZE(p);
		size -= PAM_BP_SIZE(p);
		packet_drop(&p);
	}
}

/* An agent that says these bytes, whatever it is asked. */
static void
check_agent(const uint8_t *data, size_t size)
{
	struct agent agent = { .pid = -1, .from = pipe_of(data, size),
		.to = open("/dev/null", O_WRONLY | O_CLOEXEC) };
	pamc_bp_t p = NULL;
	int rc;

	PAM_BP_RENEW(&p, PAM_BPC_OK, 0);
	rc = agent_ask(&agent, &p);
	PROMISE("an answer is a packet", (rc == 0) == is_packet(data, size));
	if (rc == 0)
		check_packet(p, data);
	else
		PROMISE("who broke the rules is not heard again",
		    agent.to < 0 && agent.from < 0);
	packet_drop(&p);
	closep(&agent.to);
	closep(&agent.from);
}

/* A program's packet, of any length that its memory can bear. Nobody answers
 * here: no agent is installed. */
static void
check_client(const uint8_t *data, size_t size)
{
	pamc_handle_t client = pamc_start();
	pamc_bp_t p = NULL;
	int rc;

	PAM_BP_RENEW(&p, PAM_BPC_OK, size);
	PROMISE("there is memory", client && p);
	PAM_BP_FILL(p, 0, size, data);
	if (size) {
		PAM_BP_WCONTROL(p) = data[0] % 8;
		memmove(PAM_BP_WDATA(p), data + 1, size - 1);
	}
	/* Shorter than its head, or longer than any: the head alone counts. */
	if (size > 2 && data[1] == 0xff)
		((uint8_t *)(void *)p)[0] = 0xff;
	if (size > 2 && data[1] == 0)
		memcpy(p, "\0\0\0\4", 4);
	rc = pamc_converse(client, &p);
	PROMISE("without an agent every packet fails", rc == PAM_BPC_TRUE &&
	    p && PAM_BP_SIZE(p) == PAM_BP_MIN_SIZE &&
	    PAM_BP_RCONTROL(p) == PAM_BPC_FAIL);
	packet_drop(&p);
	PROMISE("and none was started", pamc_end(&client) == PAM_BPC_TRUE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > SAID_MAX)
		return 0;
	setenv("PAMC_AGENT_PATH", "/nonexistent", 1);
	check_reading(data, size);
	check_agent(data, size);
	check_client(data, size);
	return 0;
}
