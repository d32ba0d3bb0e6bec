/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/facts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "policy/lex.h"

#define FILE_MAX 1000000

struct fact {
	const char *module;
	enum function function;
	enum proof proof;
	uint32_t answers;
};

struct facts {
	struct fact *fact;
	size_t count, cap;
	struct arena arena;
};

static const char *const functions[FUNCTION_COUNT] = {
	[FUNCTION_AUTH] = "auth",
	[FUNCTION_SETCRED] = "setcred",
	[FUNCTION_ACCOUNT] = "account",
	[FUNCTION_OPEN] = "open",
	[FUNCTION_CLOSE] = "close",
	[FUNCTION_PASSWORD] = "password",
};

static const char *const proofs[] = {
	[PROOF_NOTHING] = "nothing",
	[PROOF_IDENTITY] = "identity",
	[PROOF_CREDENTIAL] = "credential",
};

static const enum function firsts[FAC_COUNT] = {
	[FAC_AUTH] = FUNCTION_AUTH,
	[FAC_ACCOUNT] = FUNCTION_ACCOUNT,
	[FAC_SESSION] = FUNCTION_OPEN,
	[FAC_PASSWORD] = FUNCTION_PASSWORD,
};

static int
word_in(const struct word *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (word_is(word, list[i]))
			return (int)i;
	}
	return -1;
}

static int
read_answers(struct line *line, uint32_t *answers)
{
	struct word word;
	int code;

	while (lex_word(line, &word)) {
		for (code = 0; code < CODE_COUNT; code++) {
			if (word_is(&word, code_word(code)))
				break;
		}
		if (code == CODE_COUNT)
			return -EINVAL;
		*answers |= UINT32_C(1) << code;
	}
	return *answers ? 0 : -EINVAL;
}

static int
read_fact(struct facts *facts, struct line *line)
{
	struct word module, function, proof;
	struct fact fact = { 0 };
	int f, p, rc;

	if (!lex_word(line, &module))
		return 0;
	if (!lex_word(line, &function) || !lex_word(line, &proof))
		return -EINVAL;
	f = word_in(&function, functions, COUNT(functions));
	p = word_in(&proof, proofs, COUNT(proofs));
	rc = f < 0 || p < 0 ? -EINVAL : read_answers(line, &fact.answers);
	if (rc < 0)
		return rc;
	fact.module = word_copy(&facts->arena, &module);
	fact.function = (enum function)f;
	fact.proof = (enum proof)p;
	if (!fact.module || GROW(facts->fact, facts->count, facts->cap) < 0)
		return -ENOMEM;
	facts->fact[facts->count++] = fact;
	return 0;
}

static int
read_text(struct facts *facts, const char *text, unsigned *wrong)
{
	struct lexer lexer;
	struct line line;
	int rc;

	lex_begin(&lexer, text, strlen(text));
	do {
		rc = lex_line(&lexer, &line);
		*wrong = lexer.number;
		if (rc == LEX_UNFINISHED)
			rc = -EINVAL;
		else if (rc == LEX_LINE)
			rc = read_fact(facts, &line) < 0 ? -EINVAL : LEX_LINE;
	} while (rc == LEX_LINE);
	lex_end(&lexer);
	return rc;
}

int
facts_load(const char *path, struct facts **out, unsigned *wrong)
{
	_drop_(freep) char *text = NULL;
	struct facts *facts;
	int rc = file_read(path, FILE_MAX, &text);

	if (rc < 0)
		return rc;
	facts = calloc(1, sizeof *facts);
	if (!facts)
		return -ENOMEM;
	rc = read_text(facts, text, wrong);
	if (rc < 0) {
		facts_free(facts);
		return rc;
	}
	*out = facts;
	return 0;
}

static const struct fact *
find(const struct facts *facts, const char *module, enum function function)
{
	for (size_t i = 0; facts && i < facts->count; i++) {
		const struct fact *f = &facts->fact[i];

		if (f->function == function && strcmp(f->module, module) == 0)
			return f;
	}
	return NULL;
}

uint32_t
facts_answers(const struct facts *facts, const char *module,
    enum function function)
{
	const struct fact *f = find(facts, module, function);

	return f ? f->answers : ANY_ANSWER;
}

enum proof
facts_proof(const struct facts *facts, const char *module, bool *known)
{
	const struct fact *f = find(facts, module, FUNCTION_AUTH);

	*known = f != NULL;
	return f ? f->proof : PROOF_CREDENTIAL;
}

enum function
facts_first(enum facility f)
{
	return firsts[f];
}

void
facts_free(struct facts *facts)
{
	if (!facts)
		return;
	free(facts->fact);
	arena_free(&facts->arena);
	free(facts);
}
