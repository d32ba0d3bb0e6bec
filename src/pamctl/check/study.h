/* SPDX-License-Identifier: BSD-2-Clause */
/* The services that are checked, and what is known of their stacks. */
#ifndef PAMCTL_CHECK_STUDY_H
#define PAMCTL_CHECK_STUDY_H

#include "analysis/explore.h"
#include "analysis/facts.h"
#include "pamctl/check/conf_table.h"
#include "pamctl/check/module_file.h"
#include "pamctl/check/report.h"
#include "pamctl/options.h"
#include "pamctl/policies/services.h"

struct trust;
struct profile;

/* What the ways through a stack are marked with. */
enum {
	MARK_PROOF = 1,		/* a credential or an identity was shown */
	MARK_CHECKED = 2,	/* one said yes that might have said no */
	MARK_GUESS = 4,		/* an answer that nobody is known to give */
};

/* What an entry can answer to the two functions of its facility. */
struct known {
	struct fact first, second;
	const struct module_file *file;	/* NULL: it names none */
};

/* A stack, tried in every way. */
struct study {
	const struct chain *chain;
	struct known *known;	/* by entry */
	struct quest quest;
	struct exploration x;
};

struct service {
	const char *name;
	unsigned kind;		/* KIND_... of kinds.h */
	char *path;		/* of its own file, or where one would be */
	struct policy *policy;
	bool own[FAC_COUNT];	/* or else it is what "other" says */
	bool part;		/* only a part of other services */
	struct study study[FAC_COUNT];
};

struct check {
	const struct options *o;
	struct facts *facts;
	struct shelf *shelf;	/* of module files */
	bool modules;		/* some are here: others may be missing */
	struct trust *trust;
	struct profile *profile;	/* or NULL */
	struct names names;	/* of all of a tree */
	struct service *service;
	size_t services;
	struct conf_tables tables;	/* of files that modules read */
	struct arena arena;		/* of what findings borrow */
	struct report report;
};

/* The line 0 of a service's own file. */
struct place service_place(const struct service *s);

/* Read the policies of these services and try their stacks. 0, or the status to
 * exit with. */
int study_services(struct check *c, char **name, size_t count);

/* Whether a fact allows this code. */
bool may_answer(const struct fact *fact, int code);

/* Those of its codes that are no mere possibility. */
uint32_t likely_answers(const struct fact *fact);

void study_free(struct check *c);

#endif
