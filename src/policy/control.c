/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/control.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/text.h"

#define JUMP_MAX 2147483647u
#define UNSET 0xff

static const char *const actions[] = {
	[ACT_IGNORE] = "ignore",
	[ACT_OK] = "ok",
	[ACT_DONE] = "done",
	[ACT_BAD] = "bad",
	[ACT_DIE] = "die",
	[ACT_RESET] = "reset",
	[ACT_JUMP] = "jump",
};

/* C-27, and the two of the other systems: Q-1, O-1. */
static const struct {
	const char *word;
	enum action success, ignore, other;
} keywords[] = {
	{ "required", ACT_OK, ACT_IGNORE, ACT_BAD },
	{ "requisite", ACT_OK, ACT_IGNORE, ACT_DIE },
	{ "sufficient", ACT_DONE, ACT_IGNORE, ACT_IGNORE },
	{ "optional", ACT_OK, ACT_IGNORE, ACT_IGNORE },
	{ "binding", ACT_DONE, ACT_IGNORE, ACT_BAD },
	{ "definitive", ACT_DONE, ACT_IGNORE, ACT_DIE },
};

const char *
action_word(enum action action)
{
	return actions[action];
}

void
control_fill(struct control *c, enum action action)
{
	memset(c->action, (int)action, sizeof c->action);
	memset(c->jump, 0, sizeof c->jump);
}

static bool
keyword(const char *word, struct control *c)
{
	for (size_t i = 0; i < COUNT(keywords); i++) {
		if (!text_same(word, keywords[i].word))
			continue;
		control_fill(c, keywords[i].other);
		c->action[PAM_SUCCESS] = (uint8_t)keywords[i].success;
		c->action[PAM_NEW_AUTHTOK_REQD] = (uint8_t)keywords[i].success;
		c->action[PAM_IGNORE] = (uint8_t)keywords[i].ignore;
		return true;
	}
	return false;
}

static const char *
skip_space(const char *p)
{
	while (ascii_space(*p))
		p++;
	return p;
}

/* A decimal jump; the whole run of digits belongs to it. */
static enum control_fault
read_jump(const char **p, uint32_t *jump)
{
	uint64_t n = 0;

	for (; ascii_digit(**p); (*p)++) {
		if (n <= JUMP_MAX)
			n = n * 10 + (uint64_t)(**p - '0');
	}
	if (n == 0 || n > JUMP_MAX)
		return CONTROL_JUMP;
	*jump = (uint32_t)n;
	return CONTROL_FINE;
}

static enum control_fault
read_action(const char **p, uint8_t *action, uint32_t *jump)
{
	*jump = 0;
	if (ascii_digit(**p)) {
		*action = ACT_JUMP;
		return read_jump(p, jump);
	}
	for (size_t i = 0; i < ACT_JUMP; i++) {
		const char *after = text_after(*p, actions[i]);

		if (!after)
			continue;
		*action = (uint8_t)i;
		*p = after;
		return CONTROL_FINE;
	}
	return CONTROL_ACTION;
}

/* C-30: a default counts only for what no earlier pair has set. */
static void
set_default(struct control *c, uint8_t action, uint32_t jump)
{
	for (size_t i = 0; i < CODE_COUNT; i++) {
		if (c->action[i] != UNSET)
			continue;
		c->action[i] = action;
		c->jump[i] = jump;
	}
}

/* One pair at *p, which is left behind it; on a fault, at the fault. */
static enum control_fault
read_pair(const char **p, struct control *c)
{
	const char *after = text_after(*p, "default");
	enum control_fault fault;
	uint8_t action;
	uint32_t jump;
	size_t len;
	int code = -1;

	if (!after) {
		code = code_prefix(*p, &len);
		if (code < 0)
			return CONTROL_VALUE;
		after = *p + len;
	}
	*p = skip_space(after);
	if (**p != '=')
		return CONTROL_EQUALS;
	*p = skip_space(*p + 1);
	after = *p;
	fault = read_action(&after, &action, &jump);
	if (fault != CONTROL_FINE)
		return fault;
	*p = after;
	if (code < 0) {
		set_default(c, action, jump);
	} else {
		c->action[code] = action;
		c->jump[code] = jump;
	}
	return CONTROL_FINE;
}

static enum control_fault
read_pairs(const char *word, struct control *c, const char **rest)
{
	enum control_fault fault, glued = CONTROL_FINE;
	const char *p = skip_space(word);

	control_fill(c, ACT_IGNORE);
	memset(c->action, UNSET, sizeof c->action);
	while (*p) {
		fault = read_pair(&p, c);
		if (fault != CONTROL_FINE) {
			control_fill(c, ACT_BAD);
			*rest = p;
			return fault;
		}
		if (*p && !ascii_space(*p) && glued == CONTROL_FINE) {
			glued = CONTROL_GLUED;
			*rest = p;
		}
		p = skip_space(p);
	}
	set_default(c, ACT_BAD, 0);
	return glued;
}

enum control_fault
control_parse(const char *word, enum control_kind *kind, struct control *c,
    const char **rest)
{
	*rest = word;
	*kind = CONTROL_ACTIONS;
	control_fill(c, ACT_BAD);
	if (text_same(word, "include"))
		*kind = CONTROL_INCLUDE;
	else if (text_same(word, "substack"))
		*kind = CONTROL_SUBSTACK;
	if (*kind != CONTROL_ACTIONS || keyword(word, c))
		return CONTROL_FINE;
	return read_pairs(word, c, rest);
}
