/* SPDX-License-Identifier: BSD-2-Clause */
/* Say yes if conditions about the user and the transaction hold. */
#include <stdint.h>
#include <unistd.h>

#include "succeed_if.h"

struct conf {
	bool debug, use_uid, quiet, quiet_fail, quiet_success, audit;
};

static const struct opt options[] = {
	OPT_FLAG(debug, "log the values that are compared"),
	OPT_FLAG(use_uid, "judge who runs the program, not who logs in"),
	OPT_FLAG(quiet, "do not log outcomes"),
	OPT_FLAG(quiet_fail, "do not log that a condition does not hold"),
	OPT_FLAG(quiet_success, "do not log that a condition holds"),
	OPT_FLAG(audit, "log names of users that do not exist"),
	OPT_END,
};

/* Three words of the policy. */
struct condition {
	const char *field, *test, *value;
};

/* SI-5: the owner of the real user id. */
static int
subject_caller(struct subject *s)
{
	s->pw = pam_modutil_getpwuid(s->c->pamh, getuid());
	s->asked = true;
	if (!s->pw) {
		call_log(s->c, LOG_ERR, "user id %ju has no account",
		    (uintmax_t)getuid());
		return PAM_USER_UNKNOWN;
	}
	s->name = s->pw->pw_name;
	return PAM_SUCCESS;
}

/* SI-7: who does not exist may be a password, typed too early. */
static bool
may_be_named(struct subject *s)
{
	const struct conf *conf = s->c->conf;

	return conf->audit || subject_account(s);
}

static void
report(struct subject *s, const struct condition *k, int rc)
{
	const struct conf *conf = s->c->conf;
	const bool holds = rc == PAM_SUCCESS;
	const bool quiet = holds ? conf->quiet_success : conf->quiet_fail;
	const char *outcome = holds ? "was met" : "not met";

	if (conf->quiet || quiet)
		return;
	if (may_be_named(s))
		call_log(s->c, LOG_INFO,
		    "requirement \"%s %s %s\" %s by user \"%s\"", k->field,
		    k->test, k->value, outcome, s->name);
	else
		call_log(s->c, LOG_INFO,
		    "requirement \"%s %s %s\" %s by an unknown user", k->field,
		    k->test, k->value, outcome);
}

static int
compare(struct subject *s, const struct condition *k, const struct field *field,
    const struct test *test)
{
	const char *left = "";
	enum outcome outcome = NO;
	int rc = PAM_SUCCESS;

	/* SI-4: strangers are in no group; nobody has to have an account. */
	if (!test->about_user)
		rc = field->get(s, field->item, &left);
	if (rc != PAM_SUCCESS)
		return rc;
	if (s->c->debug && may_be_named(s))
		call_debug(s->c, "%s is \"%s\"", k->field,
		    test->about_user ? s->name : left);
	rc = test->test(s, left, k->value, &outcome);
	if (rc != PAM_SUCCESS)
		return rc;
	return outcome & test->accept ? PAM_SUCCESS : PAM_AUTH_ERR;
}

static int
judge(struct subject *s, const struct condition *k)
{
	const struct field *field = field_find(k->field);
	const struct test *test = test_find(k->test);
	int rc;

	if (!field || !test) {
		call_log(s->c, LOG_ERR, "\"%s %s %s\": no such %s", k->field,
		    k->test, k->value, field ? "comparison" : "field");
		return PAM_SERVICE_ERR;
	}
	rc = compare(s, k, field, test);
	if (rc == PAM_SUCCESS || rc == PAM_AUTH_ERR)
		report(s, k, rc);
	return rc;
}

/* SI-1, SI-6: in order, up to the first that does not hold. */
static int
judge_all(struct subject *s)
{
	const struct call *c = s->c;
	int rc = PAM_SUCCESS;

	for (size_t i = 0; i < c->nwords && rc == PAM_SUCCESS; i += 3) {
		if (c->nwords - i < 3) {
			call_log(c, LOG_ERR,
			    "a condition has three words: \"%s\" begins "
			    "an incomplete one", c->words[i]);
			return PAM_SERVICE_ERR;
		}
		rc = judge(s, &(struct condition){
			c->words[i], c->words[i + 1], c->words[i + 2] });
	}
	return rc;
}

static int
check(struct call *c)
{
	const struct conf *conf = c->conf;
	struct subject s = { .c = c };
	const int rc = conf->use_uid ? subject_caller(&s)
	    : call_user(c, &s.name);

	if (rc != PAM_SUCCESS)
		return rc;
	if (!c->nwords)
		call_log(c, LOG_INFO, "no condition: nothing to fail");
	return judge_all(&s);
}

MODULE(succeed_if, "say yes if conditions hold",
    .options = options, .conf_size = sizeof(struct conf), .words = true,
    .auth = check, .cred = answer_ignore, .account = check, .open = check,
    .close = check, .password = check);
