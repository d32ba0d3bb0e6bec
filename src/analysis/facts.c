/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/table.h"

#define FILE_MAX 1000000
#define OPTIONS_MAX 8
#define BIT(code) (UINT32_C(1) << (code))

/* What comes of any module whose machinery fails it. */
#define TROUBLE                                                                \
	(BIT(PAM_SERVICE_ERR) | BIT(PAM_SYSTEM_ERR) | BIT(PAM_BUF_ERR) |       \
	    BIT(PAM_CONV_ERR) | BIT(PAM_ABORT) | BIT(PAM_CONV_AGAIN) |         \
	    BIT(PAM_INCOMPLETE))

/* A line of the file, or one function of it. */
struct row {
	const char *option[OPTIONS_MAX + 1];	/* all must be given */
	bool of[FUNCTION_COUNT];
	struct fact fact;
	struct row *next;	/* of the same module */
};

struct facts {
	char *text;		/* every word below is in it */
	struct table module;	/* name to its first row */
	struct arena arena;
};

static const char *const proofs[] = {
	[PROOF_NOTHING] = "nothing",
	[PROOF_IDENTITY] = "identity",
	[PROOF_CREDENTIAL] = "credential",
};

static int
index_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, list[i]) == 0)
			return (int)i;
	}
	return -1;
}

/* Cut "pam_x+this+that" into the name and what must be given with it. */
static int
read_name(struct row *row, char *word)
{
	size_t n = 0;

	strsep(&word, "+");
	while (word && n < OPTIONS_MAX) {
		row->option[n] = strsep(&word, "+");
		if (!*row->option[n++])
			return -EINVAL;
	}
	return word ? -EINVAL : 0;
}

static int
read_functions(struct row *row, char *word)
{
	while (word) {
		const int f = function_named(strsep(&word, ","));

		if (f < 0)
			return -EINVAL;
		row->of[f] = true;
	}
	return 0;
}

/* A code, or a word for several of them. */
static int
read_answer(struct row *row, const char *word)
{
	if (strcmp(word, "any") == 0) {
		row->fact.answers = ANY_ANSWER;
		row->fact.vague = true;
		return 0;
	}
	if (strcmp(word, "trouble") == 0) {
		row->fact.answers |= TROUBLE;
		return 0;
	}
	for (int code = 0; code < CODE_COUNT; code++) {
		if (strcmp(word, code_word(code)) == 0) {
			row->fact.answers |= BIT(code);
			return 0;
		}
	}
	return -EINVAL;
}

static char *
next_word(char **line)
{
	char *word;

	do {
		word = strsep(line, " \t");
	} while (word && !*word);
	return word;
}

/* What comes behind the name. Only authentication proves anything. */
static int
read_columns(struct row *row, char *line)
{
	char *word = next_word(&line);
	int proof;

	if (!word || read_functions(row, word) < 0)
		return -EINVAL;
	if (row->of[FUNCTION_AUTH]) {
		word = next_word(&line);
		proof = word ? index_of(word, proofs, COUNT(proofs)) : -1;
		if (proof < 0)
			return -EINVAL;
		row->fact.proof = (enum proof)proof;
	}
	while ((word = next_word(&line))) {
		if (read_answer(row, word) < 0)
			return -EINVAL;
	}
	return row->fact.answers ? 0 : -EINVAL;
}

/* Put a row behind the others of its module. */
static int
add_row(struct facts *facts, const char *module, struct row *row)
{
	const struct table_slot *slot =
	    table_find(&facts->module, module, strlen(module));
	struct row *last;

	if (!slot)
		return table_add(&facts->module, module, strlen(module), row);
	for (last = slot->value; last->next; last = last->next)
		;
	last->next = row;
	return 0;
}

static int
read_line(struct facts *facts, char *line)
{
	char *name;
	struct row *row;
	int rc;

	line[strcspn(line, "#")] = '\0';
	name = next_word(&line);
	if (!name)
		return 0;
	row = arena_alloc(&facts->arena, sizeof *row);
	if (!row)
		return -ENOMEM;
	memset(row, 0, sizeof *row);
	row->fact.listed = true;
	rc = read_name(row, name);
	if (rc == 0)
		rc = line ? read_columns(row, line) : -EINVAL;
	return rc < 0 ? rc : add_row(facts, name, row);
}

int
facts_load(const char *path, struct facts **out, unsigned *wrong)
{
	struct facts *facts = calloc(1, sizeof *facts);
	char *rest;
	int rc;

	*wrong = 0;
	if (!facts)
		return -ENOMEM;
	rc = file_read(path, FILE_MAX, &facts->text);
	rest = facts->text;
	while (rc == 0 && rest) {
		++*wrong;
		rc = read_line(facts, strsep(&rest, "\n"));
	}
	if (rc < 0) {
		facts_free(facts);
		return rc;
	}
	*out = facts;
	return 0;
}

static bool
is_given(const struct entry *e, const char *option)
{
	const size_t len = strlen(option);
	const bool valued = option[len - 1] == '=';

	for (int i = 0; i < e->argc; i++) {
		if (valued ? strncmp(e->argv[i], option, len) == 0 :
		    strcmp(e->argv[i], option) == 0)
			return true;
	}
	return false;
}

static bool
fits(const struct row *row, const struct entry *e, enum function function)
{
	if (!row->of[function])
		return false;
	for (size_t i = 0; row->option[i]; i++) {
		if (!is_given(e, row->option[i]))
			return false;
	}
	return true;
}

static const struct row *
rows_of(const struct facts *facts, const char *module)
{
	const struct table_slot *slot = facts ?
	    table_find(&facts->module, module, strlen(module)) : NULL;

	return slot ? slot->value : NULL;
}

struct fact
facts_of(const struct facts *facts, const struct entry *e,
    enum function function)
{
	const struct row *row = rows_of(facts, e->name);

	for (; row; row = row->next) {
		if (fits(row, e, function))
			return row->fact;
	}
	return (struct fact){
		.answers = ANY_ANSWER, .proof = PROOF_CREDENTIAL, .vague = true,
	};
}

bool
facts_know(const struct facts *facts, const char *module)
{
	return rows_of(facts, module) != NULL;
}

const char *
facts_name(const struct facts *facts, size_t number)
{
	return facts && number < facts->module.count ?
	    facts->module.slot[number].key : NULL;
}

void
facts_free(struct facts *facts)
{
	if (!facts)
		return;
	table_free(&facts->module);
	free(facts->text);
	arena_free(&facts->arena);
	free(facts);
}
