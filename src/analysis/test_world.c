/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/test_world.h"

#include <stdio.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"

#define CODES_MAX 4		/* of one entry */

static const int codes[] = { PAM_SUCCESS, PAM_AUTH_ERR, PAM_IGNORE,
	PAM_NEW_AUTHTOK_REQD, PAM_USER_UNKNOWN, PAM_PERM_DENIED };

static uint64_t
next(struct world *w)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 7;
	w->seed ^= w->seed << 17;
	return w->seed >> 11;
}

static unsigned
below(struct world *w, unsigned n)
{
	return (unsigned)(next(w) % n);
}

/* Jumps also out of the stack, and over more than there is. */
static void
make_control(struct world *w, struct entry *e, size_t i)
{
	static const char *const words[] = { "required", "requisite",
		"sufficient", "optional" };
	enum control_kind kind;
	struct control control;
	const char *rest;

	control_parse(words[below(w, COUNT(words))], &kind, &control, &rest);
	memcpy(e->action, control.action, sizeof e->action);
	if (below(w, 3) == 0)
		return;
	for (size_t c = 0; c < COUNT(codes); c++) {
		e->action[codes[c]] = (uint8_t)below(w, ACT_JUMP + 1);
		w->jump[i][codes[c]] = below(w, 3) + 1;
	}
	e->jump = w->jump[i];
}

/* Up to so many codes, some entries having but one. */
static void
make_answers(struct world *w, size_t i)
{
	const unsigned n = below(w, 4) ? CODES_MAX : 1;

	for (unsigned c = 0; c < n; c++) {
		const int code = codes[below(w, COUNT(codes))];

		w->answers[i] |= UINT32_C(1) << code;
		w->mark[i][code] = below(w, 4) ?
		    0 : (uint8_t)below(w, 1 << WORLD_MARKS);
	}
}

static void
make_entry(struct world *w, size_t i, uint8_t *depth)
{
	static const char *const names[] = { "pam_a", "pam_b", "pam_c" };
	struct entry *e = &w->entry[i];
	const unsigned kind = below(w, 12);

	if (*depth && below(w, 4) == 0)
		*depth = (uint8_t)below(w, *depth);
	e->depth = *depth;
	e->name = names[below(w, COUNT(names))];
	make_control(w, e, i);
	if (kind < 2) {
		e->kind = ENTRY_SUBSTACK;
		++*depth;
	} else if (kind == 2) {
		e->kind = ENTRY_REFUSE;
		e->name = NULL;
	} else {
		e->kind = ENTRY_MODULE;
		make_answers(w, i);
	}
}

void
world_make(struct world *w, uint64_t seed)
{
	uint8_t depth = 0;

	memset(w, 0, sizeof *w);
	w->seed = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	next(w);
	w->chain.entry = w->entry;
	w->chain.count = 1 + below(w, WORLD_ENTRIES);
	for (size_t i = 0; i < w->chain.count; i++) {
		make_entry(w, i, &depth);
		w->second[i] = codes[below(w, 3)];
	}
	w->seed = seed;
}

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct world *w = ctx;

	return w->answers[e - w->entry];
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct world *w = ctx;

	return w->mark[e - w->entry][answer];
}

struct quest
world_quest(struct world *w)
{
	return (struct quest){ &w->chain, answers, marks, w, GRAIN_CODES };
}

struct asking {
	const struct world *w;
	struct fate fate;
};

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct asking *a = ctx;

	*ms = 0;
	return a->fate.answer[e - a->w->entry];
}

/* The next answer of an entry, or the first again: then false. */
static bool
turn(uint32_t set, int *answer)
{
	for (int code = *answer + 1; code < CODE_COUNT; code++) {
		if (set >> code & 1) {
			*answer = code;
			return true;
		}
	}
	*answer = set ? __builtin_ctz(set) : 0;
	return false;
}

/* The next combination; false when all are done. */
static bool
advance(const struct world *w, int *answer)
{
	for (size_t i = 0; i < w->chain.count; i++) {
		if (turn(w->answers[i], &answer[i]))
			return true;
	}
	return false;
}

void
world_each(const struct world *w,
    void (*see)(void *ctx, const struct world *w, const struct fate *fate),
    void *ctx)
{
	struct asking a = { .w = w };

	for (size_t i = 0; i < w->chain.count; i++) {
		a.fate.answer[i] = -1;
		turn(w->answers[i], &a.fate.answer[i]);
	}
	do {
		struct run r = { .chain = &w->chain, .ask = ask, .ctx = &a,
			.trail = &a.fate.trail };
		struct walk walk;

		trail_clear(&a.fate.trail);
		walk_begin(&walk);
		a.fate.code = run(&r, &walk);
		see(ctx, w, &a.fate);
	} while (advance(w, a.fate.answer));
	trail_free(&a.fate.trail);
}

static int
ask_second(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct asking *a = ctx;

	*ms = 0;
	return a->w->second[e - a->w->entry];
}

int
world_again(const struct world *w, const struct trail *first)
{
	int kept[WORLD_ENTRIES];
	struct trail trail = { 0 };
	struct asking a = { .w = w };
	const struct run r = { .chain = &w->chain, .kept = kept, .follow = true,
		.ask = ask_second, .ctx = &a, .trail = &trail };
	struct walk walk;
	int code;

	for (size_t i = 0; i < WORLD_ENTRIES; i++)
		kept[i] = KEPT_NONE;
	for (size_t i = 0; i < first->count; i++)
		kept[first->step[i].entry - w->entry] = first->step[i].answer;
	walk_begin(&walk);
	code = run(&r, &walk);
	trail_free(&trail);
	return code;
}

static void
print_entry(const struct world *w, size_t i)
{
	const struct entry *e = &w->entry[i];

	printf("%zu: %*s%s", i, 2 * e->depth, "",
	    e->kind == ENTRY_SUBSTACK ? "substack" :
	    e->kind == ENTRY_REFUSE ? "refuse" : e->name);
	for (int code = 0; code < CODE_COUNT; code++) {
		if (!(w->answers[i] >> code & 1))
			continue;
		printf(" %s=%s", code_word(code),
		    action_word((enum action)e->action[code]));
		if (e->action[code] == ACT_JUMP)
			printf(" %u", e->jump[code]);
		if (w->mark[i][code])
			printf(" (mark %u)", w->mark[i][code]);
	}
	printf("; then %s\n", code_word(w->second[i]));
}

void
world_print(const struct world *w)
{
	printf("stack %llu:\n", (unsigned long long)w->seed);
	for (size_t i = 0; i < w->chain.count; i++)
		print_entry(w, i);
}
