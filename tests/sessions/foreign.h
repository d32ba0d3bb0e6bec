/* SPDX-License-Identifier: BSD-2-Clause */
/* A session of alice's that another process has opened, and left to whoever
 * closes it. */
#ifndef FOREIGN_H
#define FOREIGN_H

#include <security/pam_appl.h>

#include "rig.h"

#define FOREIGN_STACK                                                          \
	"auth required %M c\n"                                                 \
	"session required %M a\nsession optional %M b session_err\n"           \
	"session required %M p\n"
#define FOREIGN_CLOSED " a.close_session b.close_session p.close_session"

/* As rig.module: p puts, and says at close what it then has. */
int foreign_act(pam_handle_t *pamh, const struct rig_call *call);

/* A handle of alice at "tty1". */
pam_handle_t *foreign_start(void);

/* For place_child, so that the opener is dead afterwards: who ends the handle,
 * and who does not. */
int foreign_end(void *unused);
int foreign_die(void *unused);

/* Open one in a child that ends its handle. */
void foreign_open(void);

#endif
