/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/policies.h"
#include "pamctl/policies/source.h"
#include "pamctl/prove.h"

#define RULES_MAX ((size_t)1 << 20)
#define BLANK " \t\r"

struct rules {
	const struct options *o;
	struct modules modules;
	const char *path;
	unsigned line;
	int worst;
};

/* A rule that cannot be understood is not one that holds. */
static void
note(struct rules *r, int rc)
{
	if (rc == STATUS_USAGE)
		rc = fail(STATUS_CONFIG, "%s:%u: not a rule", r->path,
		    r->line);
	if (rc > r->worst)
		r->worst = rc;
}

static void
prove(struct rules *r, const char *service, const char *sentence)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	const int rc = source_policy(r->o, service, &policy);

	note(r, rc ? rc : prove_sentence(r->o, service, policy, &r->modules,
	    sentence));
}

static void
prove_everywhere(struct rules *r, const char *sentence)
{
	_drop_(policies_free) struct policies all = { 0 };
	const int rc = policies_read(r->o, &all);

	if (rc)
		note(r, rc);
	for (size_t i = 0; i < all.names.count && rc == 0; i++) {
		if (!policies_part(&all, i))
			prove(r, all.names.name[i], sentence);
	}
}

static void
prove_line(struct rules *r, char *line)
{
	char *service = line + strspn(line, BLANK), *sentence;

	if (*service == '#' || *service == '\0')
		return;
	sentence = service + strcspn(service, BLANK);
	if (*sentence)
		*sentence++ = '\0';
	if (strcmp(service, "*") == 0)
		prove_everywhere(r, sentence);
	else
		prove(r, service, sentence);
}

static int
prove_lines(struct rules *r, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		r->line++;
		prove_line(r, line);
	}
	return r->worst;
}

int
rules_prove(const struct options *o, const char *path)
{
	_drop_(freep) char *text = NULL;
	struct rules r = { .o = o, .path = path };
	int rc = file_read(path, RULES_MAX, &text);

	if (rc < 0)
		return fail(STATUS_CONFIG, "%s: %s", path, strerror(-rc));
	rc = modules_read(o, &r.modules);
	if (rc == 0)
		rc = prove_lines(&r, text);
	modules_free(&r.modules);
	return rc;
}
