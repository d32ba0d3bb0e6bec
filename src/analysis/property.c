/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/property.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"

#define MARK 1u

/* A sentence on its way from text to structure. */
struct reader {
	const char *at;
	struct property *p;
};

static const char *
skip(const char *at)
{
	return at + strspn(at, " \t");
}

static size_t
word_len(const char *at)
{
	return strcspn(at, " \t:=");
}

/* Take this word; false, and nothing is taken, when another stands there. */
static bool
take(struct reader *r, const char *word)
{
	const char *at = skip(r->at);

	if (strncmp(at, word, strlen(word)) != 0 ||
	    word_len(at) != strlen(word))
		return false;
	r->at = at + strlen(word);
	return true;
}

static bool
take_sign(struct reader *r, char sign)
{
	const char *at = skip(r->at);

	if (*at != sign)
		return false;
	r->at = at + 1;
	return true;
}

static int
take_name(struct reader *r)
{
	const char *at = skip(r->at);
	const size_t n = word_len(at);
	char *name;

	if (n == 0 || r->p->names == PROPERTY_NAMES)
		return -EINVAL;
	name = strndup(at, n);
	if (!name)
		return -ENOMEM;
	r->p->name[r->p->names++] = name;
	r->at = at + n;
	return 0;
}

static int
take_code(struct reader *r, int *out)
{
	size_t len;
	int code;

	r->at = skip(r->at);
	code = code_prefix(r->at, &len);
	if (code < 0 || len != word_len(r->at))
		return -EINVAL;
	r->at += len;
	*out = code;
	return 0;
}

/* A name, perhaps with the answer that is meant. */
static int
take_answer(struct reader *r)
{
	const int rc = take_name(r);

	if (rc < 0 || !take_sign(r, '='))
		return rc;
	return take_code(r, &r->p->answer[r->p->names - 1]);
}

static int
take_list(struct reader *r, int (*take_one)(struct reader *r))
{
	int rc;

	do {
		rc = take_one(r);
	} while (rc == 0 && take(r, "or"));
	return rc;
}

static int
take_facility(struct reader *r)
{
	for (int f = 0; f < FAC_COUNT; f++) {
		if (take(r, facility_word((enum facility)f))) {
			r->p->facility = (enum facility)f;
			return take_sign(r, ':') ? 0 : -EINVAL;
		}
	}
	return -EINVAL;
}

static int
take_never(struct reader *r)
{
	const int rc = take(r, "success") && take(r, "if") ?
	    take_name(r) : -EINVAL;

	if (rc < 0)
		return rc;
	return take_sign(r, '=') ? take_code(r, &r->p->code) : -EINVAL;
}

static int
take_sentence(struct reader *r)
{
	int rc;

	if (take(r, "success")) {
		r->p->kind = PROPERTY_REQUIRES;
		return take(r, "requires") ?
		    take_list(r, take_answer) : -EINVAL;
	}
	if (take(r, "after")) {
		r->p->kind = PROPERTY_RAN;
		rc = take(r, "success") ? take_list(r, take_name) : -EINVAL;
		return rc == 0 && !take(r, "ran") ? -EINVAL : rc;
	}
	r->p->kind = PROPERTY_NEVER;
	return take(r, "never") ? take_never(r) : -EINVAL;
}

int
property_read(const char *text, struct property *out, const char **wrong)
{
	struct reader r = { .at = text, .p = out };
	int rc;

	memset(out, 0, sizeof *out);
	rc = take_facility(&r);
	if (rc == 0)
		rc = take_sentence(&r);
	if (rc == 0 && *skip(r.at))
		rc = -EINVAL;
	*wrong = skip(r.at);
	if (rc < 0)
		property_free(out);
	return rc;
}

/* Whether this answer of the module with a name is one that is meant. */
static bool
is_meant(const struct property *p, size_t name, int answer)
{
	switch (p->kind) {
	case PROPERTY_REQUIRES:
		return answer == p->answer[name];
	case PROPERTY_RAN:
		return true;
	case PROPERTY_NEVER:
		return answer == p->code;
	}
	return false;
}

uint32_t
property_marks(const struct property *p, const struct entry *e, int answer)
{
	for (size_t i = 0; e->name && i < p->names; i++) {
		if (strcmp(p->name[i], e->name) == 0 && is_meant(p, i, answer))
			return MARK;
	}
	return 0;
}

uint32_t
property_bad(const struct property *p)
{
	return p->kind == PROPERTY_NEVER ? MARK : 0;
}

void
property_free(struct property *p)
{
	for (size_t i = 0; i < p->names; i++)
		free(TAKE(p->name[i]));
	p->names = 0;
}
