/* SPDX-License-Identifier: BSD-2-Clause */
/* What a history says, as one text. */
#ifndef HISTORY_TEST_HISTORY_H
#define HISTORY_TEST_HISTORY_H

#include <stdbool.h>
#include <stdlib.h>

#include "base/drop.h"
#include "history/history.h"
#include "history/test_log.h"
#include "check.h"

/* Of boot "b1", a day after START. */
struct history_conf test_conf(const struct test_log *t);

/* All that a history says to a query: sessions, as
 *	ID:USER:OPENED-CLOSED=END/RESULT
 * then events, as
 *	TIME:EVENT:ID:USER:RESULT@MODULE:LINE
 * each with a blank behind it, times in seconds after START, ids by their last
 * two digits; or "error" and an errno. From malloc. */
char *test_said(const struct history_conf *conf,
    const struct history_query *q, bool sessions, bool events);

/* Check the answer to "everything": events, or sessions. */
static inline void
check_said(const char *label, const struct history_conf *conf, bool events,
    const char *want)
{
	const struct history_query all = { 0 };
	_drop_(freep) char *got = test_said(conf, &all, !events, events);

	CHECK_STR(label, want, got);
}

#endif
