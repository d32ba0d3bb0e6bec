/* SPDX-License-Identifier: BSD-2-Clause */
/* The control column: any word at all gives every code an action, and never a
 * yes that is not written there. */
#include <stdbool.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/text.h"
#include "policy/control.h"
#include "target.h"

static bool
says_yes(const struct control *c, int code)
{
	return c->action[code] == ACT_OK || c->action[code] == ACT_DONE ||
	    c->action[code] == ACT_JUMP || c->action[code] == ACT_IGNORE ||
	    c->action[code] == ACT_RESET;
}

static bool
is_keyword(const char *word)
{
	static const char *const keywords[] = { "required", "requisite",
		"sufficient", "optional", "binding", "definitive" };

	for (size_t i = 0; i < COUNT(keywords); i++) {
		if (text_same(word, keywords[i]))
			return true;
	}
	return false;
}

static void
check_table(const struct control *c)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		PROMISE("every code has an action",
		    c->action[code] <= ACT_JUMP);
		PROMISE("a jump goes forward, and only a jump has a length",
		    c->action[code] == ACT_JUMP ?
		    c->jump[code] > 0 && c->jump[code] < 1u << 31 :
		    c->jump[code] == 0);
	}
}

static void
check_bad(const struct control *c)
{
	for (int code = 0; code < CODE_COUNT; code++)
		PROMISE("a fault refuses whatever is answered",
		    c->action[code] == ACT_BAD);
}

/* A yes stands in the list by its name, or as what is left. */
static void
check_named(const char *word, const struct control *c)
{
	const bool rest = strstr(word, "default");

	for (int code = 0; code < CODE_COUNT; code++)
		PROMISE("nobody says yes unasked", !says_yes(c, code) ||
		    rest || strstr(word, code_word(code)));
}

/* Every code written out must be read as it was. */
static void
check_again(const struct control *c)
{
	enum control_kind kind;
	struct control again;
	const char *rest;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (int code = 0; f && code < CODE_COUNT; code++) {
		fprintf(f, " %s = ", code_word(code));
		if (c->action[code] == ACT_JUMP)
			fprintf(f, "%u", c->jump[code]);
		else
			fputs(action_word((enum action)c->action[code]), f);
	}
	if (!f || fclose(f) != 0)
		abort();
	PROMISE("the table can be read again", control_parse(text, &kind,
	    &again, &rest) == CONTROL_FINE && kind == CONTROL_ACTIONS);
	PROMISE("and is the same", memcmp(c, &again, sizeof again) == 0);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *word = text_of(data, size);
	enum control_kind kind;
	enum control_fault fault;
	struct control c;
	const char *rest;

	memset(&c, 0xa5, sizeof c);
	fault = control_parse(word, &kind, &c, &rest);
	check_table(&c);
	PROMISE("the fault is in the word",
	    rest >= word && rest <= word + strlen(word));
	if (fault != CONTROL_FINE && fault != CONTROL_GLUED)
		check_bad(&c);
	else if (kind != CONTROL_ACTIONS)
		PROMISE("an include is one word", text_same(word, "include") ||
		    text_same(word, "substack"));
	else if (!is_keyword(word))
		check_named(word, &c);
	if (kind == CONTROL_ACTIONS)
		check_again(&c);
	free(word);
	return 0;
}
