/* SPDX-License-Identifier: BSD-2-Clause */
/* The course of a transaction: what a call was, and what came before and after
 * it. */
#ifndef PAMCTL_APP_CHECK_COURSE_H
#define PAMCTL_APP_CHECK_COURSE_H

#include <stdbool.h>

#include "pamctl/app_check/event.h"

bool went_well(const struct event *e);

/* Whatever came of them. */
bool is_account(const struct event *e);
bool is_close(const struct event *e);
bool is_getenvlist(const struct event *e);
bool is_primitive(const struct event *e);
bool takes_credentials(const struct event *e);

/* Lets the user in, as far as it goes. */
bool lets_in(const struct event *e);

/* It was this, and went well. */
bool has_opened(const struct event *e);
bool has_given(const struct event *e);
bool has_changed(const struct event *e);

/* The first call from there on, or, before there, the last. NULL: none. */
const struct event *next(const struct transaction *t,
    const struct event *from, bool (*is)(const struct event *));
const struct event *last(const struct transaction *t,
    const struct event *before, bool (*is)(const struct event *));

#endif
