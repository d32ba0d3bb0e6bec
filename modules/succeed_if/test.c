/* SPDX-License-Identifier: BSD-2-Clause */
/* How conditions compare (SI-3). */
#include <fnmatch.h>
#include <limits.h>
#include <netdb.h>

#include "succeed_if.h"

static int
number(struct subject *s, const char *text, long long *out)
{
	if (number_read(text, 0, LLONG_MIN, LLONG_MAX, out) == 0)
		return PAM_SUCCESS;
	/* Not the text: it may be what somebody typed as his name. */
	call_log(s->c, LOG_ERR, "a comparison of numbers needs two");
	return PAM_SERVICE_ERR;
}

static int
compare_numbers(struct subject *s, const char *left, const char *right,
    enum outcome *outcome)
{
	long long a, b;

	if (number(s, left, &a) != PAM_SUCCESS ||
	    number(s, right, &b) != PAM_SUCCESS)
		return PAM_SERVICE_ERR;
	*outcome = a < b ? LESS : a > b ? MORE : EQUAL;
	return PAM_SUCCESS;
}

static int
compare_texts(struct subject *s, const char *left, const char *right,
    enum outcome *outcome)
{
	(void)s;
	*outcome = strcmp(left, right) == 0 ? YES : NO;
	return PAM_SUCCESS;
}

/* A slash or a dot at the beginning is nothing special in a user's name. */
static int
match_pattern(struct subject *s, const char *left, const char *right,
    enum outcome *outcome)
{
	(void)s;
	*outcome = fnmatch(right, left, 0) == 0 ? YES : NO;
	return PAM_SUCCESS;
}

/* 1, 0, or a negative errno. */
typedef int item_fn(struct subject *s, const char *left, const char *item);

static int
is_item(struct subject *s, const char *left, const char *item)
{
	(void)s;
	return strcmp(left, item) == 0;
}

static int
is_member(struct subject *s, const char *left, const char *group)
{
	(void)left;
	return call_member(s->c, s->name, group);
}

/* Does any item of "a:b:c" do? */
static int
any(struct subject *s, const char *left, const char *list, item_fn *does)
{
	_drop_(freep) char *copy = strdup(list);
	char *rest = copy, *item;
	int rc = 0;

	if (!copy)
		return -ENOMEM;
	while (rc == 0 && (item = strsep(&rest, ":")))
		rc = does(s, left, item);
	return rc;
}

/* "I could not find out" is not NO: that would be a yes to "not in". */
static int
decide(struct subject *s, int rc, enum outcome *outcome)
{
	*outcome = rc > 0 ? YES : NO;
	if (rc >= 0)
		return PAM_SUCCESS;
	call_log(s->c, LOG_ERR, "cannot find out: %s", strerror(-rc));
	return rc == -ENOMEM ? PAM_BUF_ERR : PAM_SERVICE_ERR;
}

static int
find_in_list(struct subject *s, const char *left, const char *right,
    enum outcome *outcome)
{
	return decide(s, any(s, left, right, is_item), outcome);
}

static int
find_in_groups(struct subject *s, const char *left, const char *right,
    enum outcome *outcome)
{
	return decide(s, any(s, left, right, is_member), outcome);
}

static int
find_in_netgroup(struct subject *s, const char *left, const char *right,
    enum outcome *outcome)
{
	const char *host = call_item(s->c, PAM_RHOST);
	int rc;

	(void)left;
	/* It has no other way to say that it failed. */
	errno = 0;
	rc = innetgr(right, host, s->name, NULL);
	return decide(s, rc == 0 && errno == ENOMEM ? -ENOMEM : rc, outcome);
}

static const struct test tests[] = {
	{ "lt", compare_numbers, LESS, false },
	{ "<", compare_numbers, LESS, false },
	{ "le", compare_numbers, LESS | EQUAL, false },
	{ "<=", compare_numbers, LESS | EQUAL, false },
	{ "gt", compare_numbers, MORE, false },
	{ ">", compare_numbers, MORE, false },
	{ "ge", compare_numbers, MORE | EQUAL, false },
	{ ">=", compare_numbers, MORE | EQUAL, false },
	{ "eq", compare_numbers, EQUAL, false },
	{ "ne", compare_numbers, LESS | MORE, false },
	{ "=", compare_texts, YES, false },
	{ "!=", compare_texts, NO, false },
	{ "=~", match_pattern, YES, false },
	{ "glob", match_pattern, YES, false },
	{ "!~", match_pattern, NO, false },
	{ "noglob", match_pattern, NO, false },
	{ "in", find_in_list, YES, false },
	{ "notin", find_in_list, NO, false },
	{ "ingroup", find_in_groups, YES, true },
	{ "notingroup", find_in_groups, NO, true },
	{ "innetgr", find_in_netgroup, YES, true },
	{ "notinnetgr", find_in_netgroup, NO, true },
};

const struct test *
test_find(const char *name)
{
	for (size_t i = 0; i < COUNT(tests); i++)
		if (text_same(tests[i].name, name))
			return &tests[i];
	return NULL;
}
