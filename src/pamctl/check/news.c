/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/drop.h"
#include "pamctl/check/check.h"
#include "pamctl/check/inspect.h"
#include "pamctl/check/print.h"
#include "pamctl/pamctl.h"

static bool
has_policies(const struct options *o)
{
	_drop_(names_free) struct names names = { 0 };

	return services_list(o, &names) == 0 && names.count > 0;
}

/* Where there was no policy yet, everything is new. */
int
check_news(const struct options *old, const struct options *new,
    enum level least, size_t *known)
{
	_drop_(inspect_end) struct check before = { 0 }, after = { 0 };
	int rc = has_policies(old) ? inspect(old, NULL, NULL, &before) : 0;
	size_t all;

	if (rc == 0)
		rc = inspect(new, NULL, NULL, &after);
	if (rc)
		return rc;
	all = report_counts(&after.report, least);
	report_subtract(&after.report, &before.report);
	*known = all - report_counts(&after.report, least);
	print_lines(&after.report, least);
	return all > *known ? STATUS_FINDINGS : STATUS_CLEAN;
}
