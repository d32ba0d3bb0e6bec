/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/drop.h"
#include "pamctl/check/check.h"
#include "pamctl/check/inspect.h"
#include "pamctl/check/print.h"
#include "pamctl/pamctl.h"

int
check_news(const struct options *old, const struct options *new,
    enum level least, size_t *known)
{
	_drop_(inspect_end) struct check before = { 0 }, after = { 0 };
	int rc = inspect(old, NULL, NULL, &before);
	size_t all;

	/* Where there was no policy yet, everything is new. */
	if (rc != 0 && rc != STATUS_CONFIG)
		return rc;
	rc = inspect(new, NULL, NULL, &after);
	if (rc)
		return rc;
	all = report_counts(&after.report, least);
	report_subtract(&after.report, &before.report);
	*known = all - report_counts(&after.report, least);
	print_lines(&after.report, least);
	return all > *known ? STATUS_FINDINGS : STATUS_CLEAN;
}
