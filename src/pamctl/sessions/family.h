/* SPDX-License-Identifier: BSD-2-Clause */
/* Which session was opened from within which. */
#ifndef PAMCTL_SESSIONS_FAMILY_H
#define PAMCTL_SESSIONS_FAMILY_H

struct known;
struct roster;

/* The session from which this one was opened, or NULL: the one whose opener is
 * the nearest ancestor of its opener; else the one that began the audit session
 * in which its opener was. */
const struct known *family_parent(const struct roster *r,
    const struct known *k);

#endif
