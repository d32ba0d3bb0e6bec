/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run tells: line by line while it goes on, or as JSON at its end. */
#ifndef PAMCTL_RUN_REPORT_H
#define PAMCTL_RUN_REPORT_H

struct operation;
struct settings;
struct transaction;

/* Tell that it is about to be called; what came of it. */
void report_call(const struct settings *s, const struct operation *op);
void report_result(const struct settings *s, const struct operation *op);

/* Tell that there is no transaction, or how it ended. */
void report_refused(const struct transaction *t);
void report_end(const struct transaction *t);

/* The whole as one document. */
void report_json(const struct transaction *t, int status);

#endif
