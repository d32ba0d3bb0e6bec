/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/show/arrow.h"

#include <security/_pam_types.h>

#include "engine/run.h"

#define CODES_TOLD 3
#define BIT(code) (UINT32_C(1) << (code))

static uint32_t
answers_of(const struct drawing *d, const struct entry *e)
{
	if (e->kind != ENTRY_MODULE)
		return BIT(PAM_PERM_DENIED);
	return facts_of(d->facts, e, function_first(d->facility)).answers &
	    ~BIT(PAM_INCOMPLETE);
}

/* Where the library goes on behind an answer, if nobody has refused so far. */
static struct arrow
arrow_for(const struct drawing *d, size_t at, int code)
{
	const struct entry *e = &d->chain->entry[at];
	struct step step = { .answer = code };
	struct walk w;
	const struct entry *next;

	walk_begin(&w);
	w.at = at;
	walk_next(d->chain, &w);
	w.verdict = (struct verdict){ MOOD_GOOD, PAM_SUCCESS };
	walk_take(d->chain, &w, &step, code, false);
	next = walk_next(d->chain, &w);
	return (struct arrow){ BIT(code), e->action[code], step.jump,
		next ? (size_t)(next - d->chain->entry) : d->chain->count,
		w.bad_jump };
}

size_t
arrows_find(const struct drawing *d, size_t at, struct arrow *arrow)
{
	const uint32_t may = answers_of(d, &d->chain->entry[at]);
	size_t n = 0;

	for (int code = 0; code < CODE_COUNT; code++) {
		const struct arrow a = arrow_for(d, at, code);
		size_t i = 0;

		if (!(may >> code & 1))
			continue;
		while (i < n && (arrow[i].action != a.action ||
		    arrow[i].to != a.to || arrow[i].refused != a.refused))
			i++;
		if (i < n)
			arrow[i].codes |= a.codes;
		else
			arrow[n++] = a;
	}
	return n;
}

static int
size_of(uint32_t codes)
{
	return __builtin_popcount(codes);
}

static void
write_codes(FILE *to, uint32_t codes)
{
	const char *between = "";
	int told = 0;

	for (int code = 0; code < CODE_COUNT; code++) {
		if (!(codes >> code & 1))
			continue;
		if (told++ == CODES_TOLD && size_of(codes) > CODES_TOLD + 1) {
			fputs(", ...", to);
			return;
		}
		fprintf(to, "%s%s", between, code_word(code));
		between = ", ";
	}
}

/* The answers of an arrow. The largest group is all the others. */
static void
write_when(FILE *to, const struct arrow *arrow, size_t n, size_t i)
{
	size_t largest = n;

	for (size_t j = 0; j < n; j++) {
		if (!(arrow[j].codes & BIT(PAM_SUCCESS)) && (largest == n ||
		    size_of(arrow[j].codes) > size_of(arrow[largest].codes)))
			largest = j;
	}
	if (n == 1 && size_of(arrow[i].codes) > 1)
		fputs("whatever it says", to);
	else if (n > 1 && i == largest && size_of(arrow[i].codes) > 1)
		fputs("otherwise", to);
	else
		write_codes(to, arrow[i].codes);
}

/* Whether an entry above may have refused without ending the stack. */
static bool
refused_before(const struct drawing *d, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		const struct entry *e = &d->chain->entry[i];
		const uint32_t may = answers_of(d, e);

		for (int code = 0; code < CODE_COUNT; code++) {
			if (e->kind != ENTRY_SUBSTACK && may >> code & 1 &&
			    e->action[code] == ACT_BAD)
				return true;
		}
	}
	return false;
}

/* What an answer does, beside going on; where a substack ends by it, the stack
 * goes on behind the substack. */
static void
write_then(const struct drawing *d, const struct arrow *a, size_t at)
{
	static const char *const words[][2] = {
		[ACT_IGNORE] = { "ignored", "ignored" },
		[ACT_OK] = { NULL, NULL },
		[ACT_DONE] = { "done", "leaves the substack" },
		[ACT_BAD] = { "refused in the end", "refused in the end" },
		[ACT_DIE] = { "refused at once", "refused in the end" },
		[ACT_RESET] = { "forget what was said",
		    "forget what was said" },
		[ACT_JUMP] = { NULL, NULL },
	};
	const char *word = words[a->action][a->to < d->chain->count];

	if (a->action == ACT_OK && !(a->codes & BIT(PAM_SUCCESS)))
		word = a->codes == BIT(PAM_IGNORE) ? "ignored" :
		    "that is the answer";
	if (a->refused)
		word = "jumps too far, refused";
	if (word)
		fprintf(d->to, ": \\n  %s", word);
	if (a->action == ACT_DONE && refused_before(d, at))
		fputs(", \\n  unless refused above", d->to);
	if (a->action == ACT_JUMP && !a->refused)
		fprintf(d->to, ": \\n  skips %u", a->skips);
}

const char *
arrow_colour(const struct arrow *a)
{
	if (a->action == ACT_BAD || a->action == ACT_DIE || a->refused)
		return RED;
	return a->codes & BIT(PAM_SUCCESS) && a->action != ACT_IGNORE ?
	    GREEN : GREY;
}

void
arrow_write(const struct drawing *d, size_t at, const struct arrow *arrow,
    size_t n, size_t i)
{
	write_when(d->to, arrow, n, i);
	write_then(d, &arrow[i], at);
}
