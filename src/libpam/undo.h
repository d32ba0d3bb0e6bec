/* SPDX-License-Identifier: BSD-2-Clause */
/* What modules put down to undo by, where it outlives a boot. Private to
 * libpam/. */
#ifndef LIBPAM_UNDO_H
#define LIBPAM_UNDO_H

struct session;

/* The session is undone: its lasting file goes, if it has one. */
void undo_forget(struct session *s);

#endif
