/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "pamctl/check/profile_line.h"
#include "pamctl/pamctl.h"

#define FILE_MAX 1000000

static int
read_text(struct profile *p, unsigned *line)
{
	char *rest = p->text;
	int rc = 0;

	while (rc == 0 && rest) {
		++*line;
		rc = profile_line(p, strsep(&rest, "\n"));
	}
	return rc == 0 && !p->rules ? -EINVAL : rc;
}

static int
find_path(const char *name, char **out)
{
	if (asprintf(out, strchr(name, '/') ? "%s%s" : PROFILE_DIR "/%s%s",
	    name, strchr(name, '/') ? "" : ".rules") >= 0)
		return 0;
	*out = NULL;
	return fail(STATUS_AGAIN, "out of memory");
}

int
profile_read(const char *name, struct profile **out)
{
	struct profile *p = calloc(1, sizeof *p);
	_drop_(freep) char *path = NULL;
	unsigned line = 0;
	int rc = p ? find_path(name, &path) : fail(STATUS_AGAIN,
	    "out of memory");

	if (rc) {
		free(p);
		return rc;
	}
	rc = file_read(path, FILE_MAX, &p->text);
	if (rc == 0)
		rc = read_text(p, &line);
	if (rc == 0) {
		*out = p;
		return 0;
	}
	profile_free(p);
	if (rc == -EINVAL && line)
		return fail(STATUS_CONFIG, "%s:%u: not understood; see "
		    "pamctl-rules(5)", path, line);
	return fail(rc == -ENOENT ? STATUS_USAGE : STATUS_CONFIG, "%s: %s",
	    path, strerror(-rc));
}

void
profile_free(struct profile *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->demands; i++)
		property_free(&p->demand[i].property);
	free(p->demand);
	free(p->rule);
	free(p->services);
	free(p->text);
	arena_free(&p->arena);
	free(p);
}

const struct rule *
profile_rule(const struct profile *p, const char *code)
{
	for (size_t i = 0; p && i < p->rules; i++) {
		if (strcmp(p->rule[i].code, code) == 0)
			return &p->rule[i];
	}
	return rule_named(code, strlen(code));
}
