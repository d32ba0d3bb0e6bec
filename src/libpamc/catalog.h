/* SPDX-License-Identifier: BSD-2-Clause */
/* Which agents there are: executable files, named by their ids, in folders that
 * a path lists with colons between them. */
#ifndef LIBPAMC_CATALOG_H
#define LIBPAMC_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

/* B-6: n bytes of letters, digits and _, then perhaps @ and those and dots. So
 * an id is never a path. */
bool agent_id_valid(const char *id, size_t n);

/* The file of the agent into *out, owned by the caller; the first folder that
 * has it counts. 0 or -errno: -ENOENT when none has. */
int catalog_find(const char *path, const char *id, char **out);

/* Their ids into *out, sorted, each once, with a final NULL; the strings and
 * the array are the caller's. Folders that cannot be read are empty. 0 or
 * -ENOMEM. */
int catalog_list(const char *path, char ***out);

#endif
