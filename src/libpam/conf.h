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
	const char *const *keep_tokens;	/* the same */
	struct arena arena;
};

/* What holds for a handle: its confdir's usher.conf, or the system's. Bad
 * lines are logged and change nothing. NULL: no memory. */
struct conf *conf_load(const pam_handle_t *pamh);

/* Whether a list of service names has this one. */
bool conf_names(const char *const *list, const char *service);

void conf_free(struct conf *conf);

#endif
