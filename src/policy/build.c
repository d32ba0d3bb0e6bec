/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/build.h"

#include <errno.h>
#include <string.h>

#include "base/grow.h"
#include "base/text.h"

struct entry *
build_entry(struct chain *chain)
{
	struct entry *e;

	if (GROW(chain->entry, chain->count, chain->cap) < 0)
		return NULL;
	e = &chain->entry[chain->count++];
	memset(e, 0, sizeof *e);
	return e;
}

void
build_refuse(struct entry *e, struct place at, uint8_t depth)
{
	e->kind = ENTRY_REFUSE;
	e->at = at;
	e->depth = depth;
	memset(e->action, ACT_BAD, sizeof e->action);
}

int
build_control(struct policy *p, struct entry *e,
    const struct control *control)
{
	uint32_t *jump;

	memcpy(e->action, control->action, sizeof e->action);
	if (!memchr(control->action, ACT_JUMP, sizeof control->action))
		return 0;
	jump = arena_alloc(&p->arena, sizeof control->jump);
	if (!jump)
		return -ENOMEM;
	memcpy(jump, control->jump, sizeof control->jump);
	e->jump = jump;
	return 0;
}

int
build_name(struct policy *p, const char *module, const char **name)
{
	const char *base = text_base(module), *dot = strrchr(base, '.');

	*name = arena_copy(&p->arena, base,
	    dot ? (size_t)(dot - base) : strlen(base));
	if (!*name)
		return -ENOMEM;
	return **name && strcmp(base, "?") != 0 ? 0 : -EINVAL;
}

int
build_arguments(struct policy *p, struct entry *e, struct line *rest)
{
	struct line again = *rest;
	struct word word;
	size_t n = 0;
	const char **argv;

	while (lex_word(&again, &word))
		n++;
	if (n > INT32_MAX)
		return -ENOMEM;
	argv = arena_alloc(&p->arena, (n + 1) * sizeof *argv);
	if (!argv)
		return -ENOMEM;
	for (size_t i = 0; i < n && lex_word(rest, &word); i++) {
		argv[i] = word_copy(&p->arena, &word);
		if (!argv[i])
			return -ENOMEM;
	}
	argv[n] = NULL;
	e->argv = argv;
	e->argc = (int)n;
	return 0;
}

int
build_fault(struct policy *p, const struct fault *f)
{
	if (GROW(p->fault, p->faults, p->fault_cap) < 0)
		return -ENOMEM;
	p->fault[p->faults++] = *f;
	return 0;
}

int
build_comment(struct policy *p, struct place at, const char *text, size_t len)
{
	const char *copy = arena_copy(&p->arena, text, len);

	if (!copy || GROW(p->comment, p->comments, p->comment_cap) < 0)
		return -ENOMEM;
	p->comment[p->comments++] = (struct comment){ at, copy };
	return 0;
}

struct policy_file *
build_file(struct policy *p, const char *name)
{
	struct policy_file *file;

	if (GROW(p->file, p->files, p->file_cap) < 0)
		return NULL;
	file = calloc(1, sizeof *file);
	if (!file)
		return NULL;
	/* In the list at once: policy_free then finds what it owns. */
	p->file[p->files++] = file;
	file->name = arena_copy(&p->arena, name, strlen(name));
	return file->name ? file : NULL;
}
