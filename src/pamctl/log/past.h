/* SPDX-License-Identifier: BSD-2-Clause */
/* What the verbs over the history share: their options, and how they ask. */
#ifndef PAMCTL_LOG_PAST_H
#define PAMCTL_LOG_PAST_H

#include "history/history.h"
#include "pamctl/columns.h"
#include "pamctl/options.h"

#define HISTORY_PATH "/var/lib/usher/history.db"

/* Arguments as given, NULL where not. */
struct past {
	const char *user, *service, *host, *since, *until, *number, *keep;
	struct history_query query;	/* the verb's own may stand there */
};

/* Rows for the options of a verb. */
#define PAST_OPTIONS(past)                                                     \
	{ .name = "user", .letter = 'u', .argument = "USER",                   \
	    .what = "only of this user", .value = &(past)->user },             \
	{ .name = "service", .letter = 's', .argument = "SERVICE",             \
	    .what = "only of this service", .value = &(past)->service },       \
	{ .name = "host", .argument = "HOST",                                  \
	    .what = "only from this host", .value = &(past)->host },           \
	{ .name = "since", .argument = "TIME", .what = "not before",           \
	    .value = &(past)->since },                                         \
	{ .name = "until", .argument = "TIME", .what = "not after",            \
	    .value = &(past)->until },                                         \
	{ .name = "number", .letter = 'n', .argument = "NUMBER",               \
	    .what = "the newest so many (1000); 0: all",                       \
	    .value = &(past)->number },                                        \
	{ .name = "keep", .argument = "DAYS",                                  \
	    .what = "forget what is older (400)", .value = &(past)->keep },    \
	WITHOUT("confdir"), WITHOUT("facts")

/* A question, and the table for its answer. */
struct question {
	const char *name;	/* the verb's */
	const struct column *columns;
	/* Fill the table. 0 or -errno. */
	int (*fill)(struct history *h, const struct history_query *q,
	    struct columns *c);
};

/* A verb that asks a question: own are its options, which fill past. The status
 * to exit with. */
int past_run(const struct question *q, struct past *past,
    const struct verb_option *own, int argc, char **argv);

/* Fill in a moment, which has no text if it is negative. */
void past_moment(struct columns *c, size_t column, int64_t us);

/* Fill in a number that is negative where it is not known. */
void past_number(struct columns *c, size_t column, int64_t number);

#endif
