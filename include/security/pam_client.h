/* SPDX-License-Identifier: BSD-2-Clause */
/* libpamc: binary prompts. A packet is its own length (four bytes, big end
 * first, these five included), a control byte and data; agents, which are
 * programs, answer packets in the user's place. */
#ifndef _SECURITY_PAM_CLIENT_H
#define _SECURITY_PAM_CLIENT_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#ifdef __GNUC__
#define _PAM_BP_PACKED __attribute__((__packed__))
#define _PAM_BP_INLINE static __inline__ __attribute__((__unused__))
#else
#define _PAM_BP_PACKED
#define _PAM_BP_INLINE static
#endif

typedef struct pamc_handle_s *pamc_handle_t;

/* Only the head; length is in network order: use PAM_BP_SIZE. */
typedef struct pamc_bp_s {
	uint32_t length;
	uint8_t control;
} _PAM_BP_PACKED *pamc_bp_t;

#define PAM_BPC_FALSE 0
#define PAM_BPC_TRUE 1

/* Between server and client. */
#define PAM_BPC_OK 0x01	    /* go on */
#define PAM_BPC_SELECT 0x02 /* data is "agent/...": talk to that one */
#define PAM_BPC_DONE 0x03   /* the exchange is over, well */
#define PAM_BPC_FAIL 0x04   /* the exchange is over, badly */

/* Whether a packet is one for the client, by its control. */
#define PAM_BPC_FOR_CLIENT(bp)                                                 \
	((bp)->control >= PAM_BPC_OK && (bp)->control <= PAM_BPC_FAIL ?        \
	    PAM_BPC_TRUE : PAM_BPC_FALSE)

/* Between client and agent. */
#define PAM_BPC_GETENV 0x41
#define PAM_BPC_PUTENV 0x42
#define PAM_BPC_TEXT 0x43
#define PAM_BPC_ERROR 0x44
#define PAM_BPC_PROMPT 0x45
#define PAM_BPC_PASS 0x46

#define PAM_BP_MIN_SIZE 5
#define PAM_BP_MAX_LENGTH 0x20000 /* advice, for the whole packet */

/* A program with its own memory defines both before it includes this. */
#ifndef PAM_BP_CALLOC
#define PAM_BP_CALLOC calloc
#endif
#ifndef PAM_BP_FREE
#define PAM_BP_FREE free
#endif

/* Told when FILL or EXTRACT leave the packet; nothing is copied then. */
#ifndef PAM_BP_ASSERT
#define PAM_BP_ASSERT(text) ((void)0)
#endif

_PAM_BP_INLINE uint32_t
_pam_bp_size(const void *packet)
{
	const uint8_t *b = (const uint8_t *)packet;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	    (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

_PAM_BP_INLINE uint32_t
_pam_bp_length(const void *packet)
{
	const uint32_t size = _pam_bp_size(packet);

	return size < PAM_BP_MIN_SIZE ? 0 : size - PAM_BP_MIN_SIZE;
}

_PAM_BP_INLINE void
_pam_bp_drop(pamc_bp_t *packet)
{
	volatile uint8_t *b = (volatile uint8_t *)*packet;
	uint32_t left = *packet ? _pam_bp_size(*packet) : 0;

	while (left--)
		*b++ = 0;
	PAM_BP_FREE(*packet);
	*packet = NULL;
}

_PAM_BP_INLINE void
_pam_bp_renew(pamc_bp_t *packet, int control, size_t length)
{
	const size_t size = length + PAM_BP_MIN_SIZE;
	uint8_t *b;

	if (!packet)
		return;
	_pam_bp_drop(packet);
	if (!control || length > 0x7fffffff - PAM_BP_MIN_SIZE - 1)
		return;

	/* The spare byte ends data that is text. */
	b = (uint8_t *)PAM_BP_CALLOC(1, size + 1);
	if (!b)
		return;
	b[0] = (uint8_t)(size >> 24);
	b[1] = (uint8_t)(size >> 16);
	b[2] = (uint8_t)(size >> 8);
	b[3] = (uint8_t)size;
	b[4] = (uint8_t)control;
	*packet = (pamc_bp_t)(void *)b;
}

_PAM_BP_INLINE int
_pam_bp_within(const void *packet, size_t offset, size_t length)
{
	const size_t room = packet ? _pam_bp_length(packet) : 0;

	return packet && offset <= room && length <= room - offset;
}

/* The size of the whole packet, and of its data, in bytes. */
#define PAM_BP_SIZE(p) _pam_bp_size(p)
#define PAM_BP_LENGTH(p) _pam_bp_length(p)

/* The control byte and the data, to read and to write. */
#define PAM_BP_RCONTROL(p) (((const uint8_t *)(const void *)(p))[4])
#define PAM_BP_WCONTROL(p) (((uint8_t *)(void *)(p))[4])
#define PAM_BP_CONTROL(p) PAM_BP_WCONTROL(p)
#define PAM_BP_RDATA(p) ((const uint8_t *)(const void *)(p) + PAM_BP_MIN_SIZE)
#define PAM_BP_WDATA(p) ((uint8_t *)(void *)(p) + PAM_BP_MIN_SIZE)

/* Wipe and free *old_p (or NULL) and put a packet of zeros in its place, with
 * room for data_length bytes. NULL stays there when control is 0, or without
 * memory. */
#define PAM_BP_RENEW(old_p, control, data_length)                              \
	_pam_bp_renew(old_p, (int)(control), (size_t)(data_length))

/* Copy length bytes to and from data + offset. Outside of the packet FILL does
 * nothing and EXTRACT gives zeros. */
#define PAM_BP_FILL(p, offset, length, data)                                   \
	do {                                                                   \
		if (!_pam_bp_within(p, (size_t)(offset), (size_t)(length)))    \
			PAM_BP_ASSERT("PAM_BP_FILL outside of the packet");    \
		else if (length)                                               \
			memcpy(PAM_BP_WDATA(p) + (offset), data,               \
			    (size_t)(length));                                 \
	} while (0)

#define PAM_BP_EXTRACT(p, offset, length, data)                                \
	do {                                                                   \
		if (!_pam_bp_within(p, (size_t)(offset), (size_t)(length))) {  \
			memset(data, 0, (size_t)(length));                     \
			PAM_BP_ASSERT("PAM_BP_EXTRACT outside of the packet"); \
		} else if (length) {                                           \
			memcpy(data, PAM_BP_RDATA(p) + (offset),               \
			    (size_t)(length));                                 \
		}                                                              \
	} while (0)

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* A client without agents yet, for pamc_end. Where agents are looked for is in
 * PAMC_AGENT_PATH, folders with colons between, else /lib/pamc:/usr/lib/pamc.
 * NULL without memory. */
extern pamc_handle_t pamc_start(void);

/* Let the agents go and wait for each; *pch becomes NULL. PAM_BPC_TRUE when all
 * exited with 0; PAM_BPC_FALSE if not, or when there is no client. */
extern int pamc_end(pamc_handle_t *pch);

/* Start an agent. PAM_BPC_TRUE when it runs, or was started before;
 * PAM_BPC_FALSE for a NULL, a malformed or disabled id, an agent that is not
 * there or did not start. An id is letters, digits and _, then perhaps @ and
 * those and dots. */
extern int pamc_load(pamc_handle_t pch, const char *agent_id);

/* Never start this agent. PAM_BPC_FALSE when it was started already, for a
 * NULL, and without memory. */
extern int pamc_disable(pamc_handle_t pch, const char *agent_id);

/* Hand the packet to the agent that was selected, and put its answer in its
 * place; packets are from PAM_BP_CALLOC. PAM_BPC_TRUE with an answer in
 * *prompt_p, one with PAM_BPC_FAIL where no agent can be asked or the packet is
 * malformed. PAM_BPC_FALSE and NULL there when the agent went away or broke the
 * rules, when there is no memory, or when an argument was NULL. */
extern int pamc_converse(pamc_handle_t pch, pamc_bp_t *prompt_p);

/* The ids of the agents in the folders, disabled ones too, sorted, each once,
 * and a final NULL. The caller frees each and the array. NULL without client or
 * memory. */
extern char **pamc_list_agents(pamc_handle_t pch);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
