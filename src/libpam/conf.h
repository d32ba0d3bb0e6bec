/* SPDX-License-Identifier: BSD-2-Clause */
/* usher.conf(5): how this library behaves on this system. Private to
 * libpam/. */
#ifndef LIBPAM_CONF_H
#define LIBPAM_CONF_H

#include <security/_pam_types.h>
#include <stdbool.h>

#include "base/arena.h"

enum trust {
	TRUST_OFF,		/* believe every file */
	TRUST_WARN,		/* refuse what the world may write */
	TRUST_STRICT,		/* only root's files that only root writes */
};

struct conf {
	enum trust trust;
	const char *const *module_path;	/* NULL-terminated */
	const char *const *trace;	/* service names, NULL-terminated */
	struct arena arena;
};

/* What holds for a handle: its confdir's usher.conf, or the system's. Bad
 * lines are logged and change nothing. NULL: no memory. */
struct conf *conf_load(const pam_handle_t *pamh);

/* Whether the trail of a service goes to the log. */
bool conf_traces(const struct conf *conf, const char *service);

void conf_free(struct conf *conf);

#endif
