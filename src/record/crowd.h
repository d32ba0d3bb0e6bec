/* SPDX-License-Identifier: BSD-2-Clause */
/* All processes, as signs that a session is not empty: looked at once, asked
 * about many records. Only root sees everybody. */
#ifndef RECORD_CROWD_H
#define RECORD_CROWD_H

#include <stdint.h>
#include <sys/types.h>

struct crowd;

/* Look at /proc now. NULL: it cannot be read, or no memory. */
struct crowd *crowd_new(void);
void crowd_free(struct crowd *c);

/* A process in this audit session; 0: none. */
pid_t crowd_in_audit_session(const struct crowd *c, uint32_t session);

/* A process of this user that was given this session's id in its environment;
 * 0: none. */
pid_t crowd_with_id(const struct crowd *c, uid_t uid, const char *id);

#endif
