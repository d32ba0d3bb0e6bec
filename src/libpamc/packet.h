/* SPDX-License-Identifier: BSD-2-Clause */
/* Binary prompts on their way: nothing here believes a length that it has not
 * compared with PAM_BP_MAX_LENGTH. */
#ifndef LIBPAMC_PACKET_H
#define LIBPAMC_PACKET_H

#include <stdbool.h>

#include <security/pam_client.h>

/* A length that a packet can have? */
bool packet_sound(pamc_bp_t p);

/* Wipe and free *p, which becomes NULL. */
void packet_drop(pamc_bp_t *p);

/* Put a packet without data in the place of *p; NULL there without memory. */
void packet_replace(pamc_bp_t *p, int control);

/* Write a sound packet to a pipe. 0 or -errno; -EPIPE when nobody reads any
 * more, without a SIGPIPE. */
int packet_write(int fd, pamc_bp_t p);

/* Read one packet into *out, owned by the caller. 0 or -errno; -EPIPE when the
 * other end is closed, also in the middle; -EPROTO for a length that no packet
 * has, or no control. */
int packet_read(int fd, pamc_bp_t *out);

#endif
