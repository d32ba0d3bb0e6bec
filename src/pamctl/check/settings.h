/* SPDX-License-Identifier: BSD-2-Clause */
/* What a module's own file sets: lines "name = value", "name value" or "name",
 * the last of them counting. */
#ifndef PAMCTL_CHECK_SETTINGS_H
#define PAMCTL_CHECK_SETTINGS_H

struct options;

struct setting {
	char *value;		/* "" where there is none; NULL: not set */
	char *file;		/* that sets it, without the root */
	unsigned line;
};

/* Look for a name in a file of the system that the options lead to, or in all of
 * a folder in their order where the last part of the path is a pattern. What was
 * found before, in *out, is replaced. 0 or -ENOMEM; a file that is not there
 * sets nothing. */
int settings_find(const struct options *o, const char *path, const char *name,
    struct setting *out);

void setting_free(struct setting *s);

#endif
