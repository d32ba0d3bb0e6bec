/* SPDX-License-Identifier: BSD-2-Clause */
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "probe.h"

/* The part of the module that is written to after it was loaded. */
struct region {
	const char *module;	/* its path ends with that */
	char *at;
	size_t size;
};

static struct region noted;
static char *copy;

static bool
ends_with(const char *text, const char *end)
{
	const size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* What the loader made read-only again is none of the variables. */
static void
cut_relro(struct region *r, const struct dl_phdr_info *info)
{
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];
		char *end = (char *)(info->dlpi_addr + p->p_vaddr +
		    p->p_memsz);

		if (p->p_type == PT_GNU_RELRO && end > r->at &&
		    end <= r->at + r->size) {
			r->size -= (size_t)(end - r->at);
			r->at = end;
		}
	}
}

static int
find(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct region *r = arg;

	(void)size;
	if (!ends_with(info->dlpi_name, r->module))
		return 0;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];

		if (p->p_type == PT_LOAD && p->p_flags & PF_W) {
			r->at = (char *)(info->dlpi_addr + p->p_vaddr);
			r->size = p->p_memsz;
			cut_relro(r, info);
		}
	}
	return 1;
}

void
memory_note(const char *module)
{
	struct region now = { .module = module };

	dl_iterate_phdr(find, &now);
	if (!now.at || now.at == noted.at)
		return;
	free(copy);
	copy = malloc(now.size + 1);
	if (!copy)
		abort();
	memcpy(copy, now.at, now.size);
	noted = now;
}

void
memory_tell(const char *module)
{
	struct region now = { .module = module };
	size_t changed = 0;

	dl_iterate_phdr(find, &now);
	if (!now.at || now.at != noted.at) {
		printf("# not loaded\n");
		return;
	}
	for (size_t i = 0; i < now.size; i++)
		changed += now.at[i] != copy[i];
	printf("# %zu of %zu bytes changed\n", changed, now.size);
}
