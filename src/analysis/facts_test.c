/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/facts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"

#define BIT(code) (UINT32_C(1) << (code))

static const char path[] = "facts_test.tmp";

static bool
put(const char *text)
{
	_drop_(fclosep) FILE *f = fopen(path, "w");

	return f && fputs(text, f) >= 0;
}

static int
load(const char *text, struct facts **out, unsigned *wrong)
{
	int rc = -EIO;

	if (put(text)) {
		rc = facts_load(path, out, wrong);
		unlink(path);
	}
	return rc;
}

static const struct {
	const char *label, *text;
	unsigned wrong;
} broken[] = {
	{ "a name alone", "pam_a\n", 1 },
	{ "no such function", "pam_a authenticate success\n", 1 },
	{ "one of the functions is none", "pam_a open,shut success\n", 1 },
	{ "auth without a proof", "\n# c\npam_a auth success\n", 3 },
	{ "no such proof", "pam_a auth something success\n", 1 },
	{ "a proof where nothing is proved",
	  "pam_a account nothing success\n", 1 },
	{ "no code", "pam_a account\n", 1 },
	{ "no code, only a comment", "pam_a account # success\n", 1 },
	{ "no such code", "pam_a open success\npam_a close succes\n", 2 },
	{ "an option without a name", "pam_a+ account success\n", 1 },
	{ "an option without a name between two",
	  "pam_a+b++c account success\n", 1 },
	{ "more options than there is room for",
	  "pam_a+1+2+3+4+5+6+7+8+9 account success\n", 1 },
};

static void
test_broken(void)
{
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct facts *facts = NULL;
		unsigned wrong = 0;

		CHECK_INT(broken[i].label, -EINVAL,
		    load(broken[i].text, &facts, &wrong));
		CHECK_INT(broken[i].label, broken[i].wrong, wrong);
		CHECK(broken[i].label, !facts);
	}
}

static const char table[] =
	"# comment\n"
	"\n"
	"pam_a+trust auth identity success # comment\n"
	"pam_a\tauth  nothing\tignore auth_err\n"
	"pam_a+on+off account acct_expired\n"
	"pam_a+n= account perm_denied\n"
	"pam_a account,open success trouble\n"
	"pam_b auth credential any";

static const struct {
	const char *label, *module, *argv[4];
	enum function function;
	uint32_t answers;
	enum proof proof;
	bool listed, vague;
} cases[] = {
	{ "without the option its line does not count", "pam_a", { "x" },
	  FUNCTION_AUTH, BIT(PAM_IGNORE) | BIT(PAM_AUTH_ERR), PROOF_NOTHING,
	  true },
	{ "the first line that fits counts", "pam_a", { "x", "trust" },
	  FUNCTION_AUTH, BIT(PAM_SUCCESS), PROOF_IDENTITY, true },
	{ "an option is a whole word", "pam_a", { "trusted", "trus" },
	  FUNCTION_AUTH, BIT(PAM_IGNORE) | BIT(PAM_AUTH_ERR), PROOF_NOTHING,
	  true },
	{ "all options of a line must be given", "pam_a", { "off", "on" },
	  FUNCTION_ACCOUNT, BIT(PAM_ACCT_EXPIRED), PROOF_NOTHING, true },
	{ "one of two is not enough", "pam_a", { "on", "n" },
	  FUNCTION_ACCOUNT, BIT(PAM_SUCCESS) | BIT(PAM_SERVICE_ERR) |
	  BIT(PAM_SYSTEM_ERR) | BIT(PAM_BUF_ERR) | BIT(PAM_CONV_ERR) |
	  BIT(PAM_ABORT) | BIT(PAM_CONV_AGAIN) | BIT(PAM_INCOMPLETE),
	  PROOF_NOTHING, true },
	{ "an option may have any value", "pam_a", { "on", "n=3" },
	  FUNCTION_ACCOUNT, BIT(PAM_PERM_DENIED), PROOF_NOTHING, true },
	{ "any is everything", "pam_b", { NULL },
	  FUNCTION_AUTH, ANY_ANSWER, PROOF_CREDENTIAL, true, true },
	{ "a function that is not listed may answer anything", "pam_b",
	  { NULL }, FUNCTION_CLOSE, ANY_ANSWER, PROOF_CREDENTIAL, false, true },
	{ "so may a module that is not listed", "pam_c",
	  { NULL }, FUNCTION_AUTH, ANY_ANSWER, PROOF_CREDENTIAL, false, true },
};

static void
check_case(const struct facts *facts, size_t i)
{
	int argc = 0;
	struct entry e = { .name = cases[i].module };
	struct fact fact;

	while (cases[i].argv[argc])
		argc++;
	e.argc = argc;
	e.argv = cases[i].argv;
	fact = facts_of(facts, &e, cases[i].function);
	CHECK_INT(cases[i].label, cases[i].answers, fact.answers);
	CHECK_INT(cases[i].label, cases[i].proof, fact.proof);
	CHECK_INT(cases[i].label, cases[i].listed, fact.listed);
	CHECK_INT(cases[i].label, cases[i].vague, fact.vague);
}

static void
test_cases(void)
{
	struct facts *facts = NULL;
	unsigned wrong = 0;

	CHECK_INT("the table is read", 0, load(table, &facts, &wrong));
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(facts, i);
	CHECK("a module of the file is known", facts_know(facts, "pam_b"));
	CHECK("another is not", !facts_know(facts, "pam_"));
	CHECK("without facts nothing is known", !facts_know(NULL, "pam_b"));
	facts_free(facts);
	facts_free(NULL);
}

static void
test_files(void)
{
	struct facts *facts = NULL;
	unsigned wrong = 9;

	CHECK_INT("no file", -ENOENT,
	    facts_load("/nonexistent/facts", &facts, &wrong));
	CHECK_INT("no file, no line", 0, wrong);
	CHECK_INT("a folder", -EISDIR, facts_load("/", &facts, &wrong));
	CHECK_INT("an empty file knows nothing", 0, load("", &facts, &wrong));
	CHECK("an empty file knows nothing", !facts_know(facts, "pam_a"));
	facts_free(facts);
}

/* The file that is shipped, where the build says. */
static void
test_shipped(const char *shipped)
{
	static const char *const known[] = { "pam_unix", "pam_deny",
		"pam_permit", "pam_sss", "pam_systemd" };
	struct facts *facts = NULL;
	unsigned wrong = 0;

	CHECK_INT("the shipped file is read", 0,
	    facts_load(shipped, &facts, &wrong));
	CHECK_INT(shipped, facts ? wrong : 0, wrong);
	for (size_t i = 0; i < COUNT(known); i++)
		CHECK(known[i], facts_know(facts, known[i]));
	facts_free(facts);
}

int
main(int argc, char **argv)
{
	test_broken();
	test_cases();
	test_files();
	if (argc > 1)
		test_shipped(argv[1]);
	return TEST_RESULT();
}
