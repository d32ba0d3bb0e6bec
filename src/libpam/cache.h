/* SPDX-License-Identifier: BSD-2-Clause */
/* The plans that this process has made. Private to libpam/. */
#ifndef LIBPAM_CACHE_H
#define LIBPAM_CACHE_H

struct plan;

/* The plan for a service: the one that was made before, if nothing that it was
 * made from has changed, else a new one. As plan_load. */
int cache_plan(const char *confdir, const char *service, struct plan **out);

#endif
