/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines in files of modules, judged by their table. */
#ifndef PAMCTL_CHECK_CONF_LINE_H
#define PAMCTL_CHECK_CONF_LINE_H

#include "pamctl/check/conf_table.h"

enum conf_fault_kind {
	CONF_GOOD,
	CONF_UNKNOWN,		/* no such setting */
	CONF_VALUE,		/* there is none of this value */
	CONF_FORM,		/* too few or too many fields */
};

struct conf_fault {
	enum conf_fault_kind kind;
	bool slip;		/* a letter or two from what there is */
	char text[320];
};

/* Judge a setting, which is cut to pieces. */
void conf_setting_judge(const struct conf_table *t, char *setting,
    struct conf_fault *out);

/* Judge a line, which is cut to pieces. Nothing is found in comments. */
void conf_line_judge(const struct conf_table *t, char *line,
    struct conf_fault *out);

#endif
