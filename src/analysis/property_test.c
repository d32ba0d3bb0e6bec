/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/property.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_world.h"
#include "base/drop.h"
#include "check.h"

#define STACKS 2000

static const struct {
	const char *text;
	enum facility facility;
	enum property_kind kind;
	const char *name[3];
	int code;
} good[] = {
	{ "auth: success requires pam_unix", FAC_AUTH, PROPERTY_REQUIRES,
	  { "pam_unix" } },
	{ "auth:success requires pam_unix or pam_sss", FAC_AUTH,
	  PROPERTY_REQUIRES, { "pam_unix", "pam_sss" } },
	{ "  session :\tafter  success pam_loginuid   ran ", FAC_SESSION,
	  PROPERTY_RAN, { "pam_loginuid" } },
	{ "password: after success pam_a or pam_b or pam_c ran", FAC_PASSWORD,
	  PROPERTY_RAN, { "pam_a", "pam_b", "pam_c" } },
	{ "account: never success if pam_nologin=auth_err", FAC_ACCOUNT,
	  PROPERTY_NEVER, { "pam_nologin" }, PAM_AUTH_ERR },
	{ "account: never success if pam_unix = acct_expired", FAC_ACCOUNT,
	  PROPERTY_NEVER, { "pam_unix" }, PAM_ACCT_EXPIRED },
	{ "auth: success requires pam_rootok or pam_wheel=ignore", FAC_AUTH,
	  PROPERTY_REQUIRES, { "pam_rootok", "pam_wheel" } },
	/* What may be a word of the sentence may be a module too. */
	{ "auth: success requires or or ran", FAC_AUTH, PROPERTY_REQUIRES,
	  { "or", "ran" } },
};

static void
test_good(void)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		const char *label = good[i].text, *wrong;
		struct property p;
		size_t n = 0;

		CHECK_INT(label, 0, property_read(label, &p, &wrong));
		CHECK_INT(label, good[i].facility, p.facility);
		CHECK_INT(label, good[i].kind, p.kind);
		CHECK_INT(label, good[i].code, p.code);
		for (; n < COUNT(good[i].name) && good[i].name[n]; n++)
			CHECK_STR(label, good[i].name[n],
			    n < p.names ? p.name[n] : NULL);
		CHECK_INT(label, n, p.names);
		property_free(&p);
	}
}

static const struct {
	const char *text, *wrong;
} bad[] = {
	{ "", "" },
	{ "authentication: success requires pam_unix",
	  "authentication: success requires pam_unix" },
	{ "auth success requires pam_unix", "success requires pam_unix" },
	{ "auth:", "" },
	{ "auth: failure requires pam_unix", "failure requires pam_unix" },
	{ "auth: success needs pam_unix", "needs pam_unix" },
	{ "auth: success requires", "" },
	{ "auth: success requires pam_unix or", "" },
	{ "auth: success requires pam_unix pam_sss", "pam_sss" },
	{ "auth: success requires pam_unix and pam_sss", "and pam_sss" },
	{ "auth: success requires pam_unix=succes", "succes" },
	{ "auth: after success pam_unix", "" },
	{ "auth: after success pam_unix runs", "runs" },
	{ "auth: after failure pam_unix ran", "failure pam_unix ran" },
	{ "auth: never success", "" },
	{ "auth: never success if pam_unix", "" },
	{ "auth: never success if pam_unix auth_err", "auth_err" },
	{ "auth: never success if pam_unix=", "" },
	{ "auth: never success if pam_unix=auth_error", "auth_error" },
	{ "auth: never success if pam_unix=auth_er", "auth_er" },
	{ "auth: never success if pam_unix=auth_err or", "or" },
	{ "auth: success requires 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9 or "
	  "10 or 11 or 12 or 13 or 14 or 15 or 16 or 17", "17" },
};

static void
test_bad(void)
{
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct property p;
		const char *wrong = NULL;

		CHECK_INT(bad[i].text, -EINVAL,
		    property_read(bad[i].text, &p, &wrong));
		CHECK_STR(bad[i].text, bad[i].wrong, wrong);
		CHECK_INT(bad[i].text, 0, p.names);
	}
}

/* What a sentence says of one of the things that can happen. */
struct judge {
	const struct property *property;
	bool broken;
};

/* The number of the module's name in the sentence, or PROPERTY_NAMES. */
static size_t
name_of(const struct property *p, const struct entry *e)
{
	for (size_t i = 0; i < p->names; i++) {
		if (e->name && strcmp(p->name[i], e->name) == 0)
			return i;
	}
	return PROPERTY_NAMES;
}

static void
see(void *ctx, const struct world *w, const struct fate *fate)
{
	struct judge *j = ctx;
	size_t succeeded = 0, asked = 0, answered = 0;

	(void)w;
	if (fate->code != PAM_SUCCESS)
		return;
	for (size_t i = 0; i < fate->trail.count; i++) {
		const struct step *s = &fate->trail.step[i];
		const size_t name = name_of(j->property, s->entry);

		if (name == PROPERTY_NAMES)
			continue;
		asked++;
		succeeded += s->answer == j->property->answer[name];
		answered += s->answer == j->property->code;
	}
	switch (j->property->kind) {
	case PROPERTY_REQUIRES:
		j->broken |= !succeeded;
		break;
	case PROPERTY_RAN:
		j->broken |= !asked;
		break;
	case PROPERTY_NEVER:
		j->broken |= answered > 0;
		break;
	}
}

struct asking {
	const struct property *property;
	struct quest all;
};

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct asking *a = ctx;

	return a->all.answers(a->all.ctx, e);
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct asking *a = ctx;

	return property_marks(a->property, e, answer);
}

static void
test_stack(uint64_t seed, const char *text)
{
	struct property p;
	struct judge j = { .property = &p };
	struct asking a = { .property = &p };
	struct quest quest = { .answers = answers, .marks = marks, .ctx = &a };
	struct exploration x;
	struct world w;
	const char *wrong;

	if (property_read(text, &p, &wrong) < 0)
		exit(1);
	world_make(&w, seed);
	world_each(&w, see, &j);
	a.all = world_quest(&w);
	quest.chain = &w.chain;
	if (explore(&quest, &x) < 0)
		exit(1);
	if (!explore_find(&x, PAM_SUCCESS, 1, property_bad(&p)) == j.broken)
		world_print(&w);
	CHECK(text, !!explore_find(&x, PAM_SUCCESS, 1, property_bad(&p)) ==
	    j.broken);
	explore_end(&x);
	property_free(&p);
}

int
main(void)
{
	static const char *const texts[] = {
		"auth: success requires pam_a or pam_b",
		"auth: success requires pam_a=ignore or pam_b",
		"auth: after success pam_b ran",
		"auth: never success if pam_c=auth_err",
		"auth: never success if pam_a=ignore",
	};

	test_good();
	test_bad();
	for (uint64_t seed = 1; seed <= STACKS; seed++)
		test_stack(seed, texts[seed % COUNT(texts)]);
	return TEST_RESULT();
}
