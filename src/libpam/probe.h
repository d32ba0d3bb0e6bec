/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a tracer may look at a running transaction. Names and arguments are
 * promised to administrators in doc/probes.md. Six arguments at most: bpftrace
 * takes no more. Private to libpam/. */
#ifndef LIBPAM_PROBE_H
#define LIBPAM_PROBE_H

#include "host/probe.h"
#include "libpam/handle.h"

/* pam_start is done; result is what it returns. */
static inline void
probe_start(const pam_handle_t *pamh, int result)
{
	PROBE(start, &pamh->id, pamh->item[PAM_SERVICE], pamh->confdir,
	    result);
}

/* A stack is entered, or entered again after PAM_INCOMPLETE. */
static inline void
probe_walk_begin(const pam_handle_t *pamh, enum call call, int flags)
{
	PROBE(walk_begin, &pamh->id, pamh->item[PAM_SERVICE],
	    call_kinds[call].name, flags);
}

static inline void
probe_walk_end(const pam_handle_t *pamh, enum call call, int result)
{
	PROBE(walk_end, &pamh->id, pamh->item[PAM_SERVICE],
	    call_kinds[call].name, result);
}

/* Around the call of a module's function. */
static inline void
probe_module_entry(const pam_handle_t *pamh, enum call call,
    const struct entry *e)
{
	PROBE(module_entry, &pamh->id, pamh->item[PAM_SERVICE],
	    call_kinds[call].name, e->name, e->at.file, e->at.line);
}

static inline void
probe_module_exit(const pam_handle_t *pamh, enum call call,
    const struct entry *e, int result, uint32_t ms)
{
	PROBE(module_exit, &pamh->id, pamh->item[PAM_SERVICE],
	    call_kinds[call].name, e->name, result, ms);
}

/* pam_end begins; status is what the program says. */
static inline void
probe_end(const pam_handle_t *pamh, int status)
{
	PROBE(end, &pamh->id, pamh->item[PAM_SERVICE], status);
}

#endif
