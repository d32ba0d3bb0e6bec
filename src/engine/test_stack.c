/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/test_stack.h"

#include <stdlib.h>
#include <string.h>

static int
read_answer(const char *word)
{
	for (int code = 0; code < CODE_COUNT; code++)
		if (strcmp(code_word(code), word) == 0)
			return code;
	return (int)strtol(word, NULL, 10);
}

/* "a:success,auth_err" */
static void
read_module(struct stack *s, size_t i, char *text)
{
	char *save = NULL, *answers = strchr(text, ':');

	*answers++ = '\0';
	strncpy(s->name[i], text, sizeof s->name[i] - 1);
	s->entry[i].name = s->name[i];
	s->entry[i].kind = ENTRY_MODULE;
	for (char *word = strtok_r(answers, ",", &save); word;
	    word = strtok_r(NULL, ",", &save))
		s->answer[i][s->answers[i]++] = read_answer(word);
}

/* "required a:success", "[success=1 default=bad] !" */
static void
read_entry(struct stack *s, size_t i, char *text)
{
	char *end = text + strlen(text), *last;
	struct control control;
	enum control_kind kind;
	const char *rest;

	while (end > text && end[-1] == ' ')
		*--end = '\0';
	last = strrchr(text, ' ');
	*last++ = '\0';
	if (*text == '[')
		*strrchr(++text, ']') = '\0';
	control_parse(text, &kind, &control, &rest);
	memcpy(s->entry[i].action, control.action, sizeof control.action);
	memcpy(s->jump[i], control.jump, sizeof control.jump);
	s->entry[i].jump = s->jump[i];
	s->entry[i].kind = ENTRY_REFUSE;
	if (*last != '!')
		read_module(s, i, last);
}

void
stack_read(struct stack *s, const char *text)
{
	char *copy = strdup(text), *save = NULL;
	uint8_t depth = 0;

	memset(s, 0, sizeof *s);
	s->chain.entry = s->entry;
	for (char *part = strtok_r(copy, "|", &save); part;
	    part = strtok_r(NULL, "|", &save)) {
		const size_t i = s->chain.count;

		part += strspn(part, " ");
		if (*part == '}') {
			depth--;
			continue;
		}
		s->chain.count++;
		s->entry[i].depth = depth;
		if (*part == '{') {
			s->entry[i].kind = ENTRY_SUBSTACK;
			depth++;
		} else {
			read_entry(s, i, part);
		}
	}
	free(copy);
}

int
stack_answer(struct stack *s, const struct entry *e)
{
	const size_t i = (size_t)(e - s->entry);
	const size_t n = s->asked[i]++;

	return s->answer[i][n < s->answers[i] ? n : s->answers[i] - 1];
}
