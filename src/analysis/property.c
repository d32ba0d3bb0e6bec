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
take_names(struct reader *r)
{
	int rc;

	do {
		rc = take_name(r);
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
	size_t len;
	int rc = take(r, "success") && take(r, "if") ? take_name(r) : -EINVAL;

	if (rc < 0)
		return rc;
	if (!take_sign(r, '='))
		return -EINVAL;
	r->at = skip(r->at);
	r->p->code = code_prefix(r->at, &len);
	if (r->p->code < 0 || len != word_len(r->at))
		return -EINVAL;
	r->at += len;
	return 0;
}

static int
take_sentence(struct reader *r)
{
	int rc;

	if (take(r, "success")) {
		r->p->kind = PROPERTY_REQUIRES;
		return take(r, "requires") ? take_names(r) : -EINVAL;
	}
	if (take(r, "after")) {
		r->p->kind = PROPERTY_RAN;
		rc = take(r, "success") ? take_names(r) : -EINVAL;
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

static bool
is_named(const struct property *p, const struct entry *e)
{
	for (size_t i = 0; e->name && i < p->names; i++) {
		if (strcmp(p->name[i], e->name) == 0)
			return true;
	}
	return false;
}

uint32_t
property_marks(const struct property *p, const struct entry *e, int answer)
{
	bool marked = is_named(p, e);

	switch (p->kind) {
	case PROPERTY_REQUIRES:
		marked &= answer == PAM_SUCCESS;
		break;
	case PROPERTY_RAN:
		break;
	case PROPERTY_NEVER:
		marked &= answer == p->code;
		break;
	}
	return marked ? MARK : 0;
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
