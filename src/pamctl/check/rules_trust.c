/* SPDX-License-Identifier: BSD-2-Clause */
/* Who else may write what decides about logins. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/check/families.h"
#include "pamctl/check/trust.h"

/* A trusted file in a folder that others may write is theirs to replace. */
static void
tell(struct scene *s, struct place at, const char *path)
{
	struct trust_fault fault;
	const int rc = trust_path(s->check->trust, path, &fault);

	if (rc < 0) {
		s->check->report.failed |= rc == -ENOMEM;
		return;
	}
	if (rc == 0)
		return;
	found_as(s, fault.anybody ? LEVEL_ERROR : LEVEL_WARNING, at,
	    "%s may write %s", fault.who, fault.path);
	trust_fault_free(&fault);
}

static void
look_files(struct scene *s)
{
	const struct policy *p = s->service->policy;

	for (size_t i = 0; i < p->files; i++) {
		const struct place at = { p->file[i]->path, 0 };
		_drop_(freep) char *real = p->file[i]->text ?
		    realpath(at.file, NULL) : NULL;

		if (real)
			tell(s, at, real);
	}
}

static void
look_module(struct scene *s)
{
	const struct module_file *file = s->study->known[s->at].file;

	if (file && file->host_path)
		tell(s, s->entry->at, file->host_path);
}

const struct rule rules_trust[] = {
	{ "file-writable", LEVEL_ERROR, SCOPE_SERVICE, look_files,
	  "others than root may write a policy",
	  "Who may write the file, or replace it or a folder that it is in, "
	  "decides who may log in as whom. What everybody may write is not "
	  "used by Usher; other libraries use it. The owner should be root, "
	  "and the mode 0644, of folders 0755." },
	{ "module-writable", LEVEL_ERROR, SCOPE_ENTRY, look_module,
	  "others than root may write a module",
	  "Modules run with the rights of the programs that let people in. Who "
	  "may write the file, or replace it or a folder that it is in, has "
	  "these rights. The owner should be root, and the mode 0644, of "
	  "folders 0755." },
	{ .code = NULL },
};
