/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of a profile by which a rule asks for something. Private to
 * profile_line.c. */
#ifndef PAMCTL_CHECK_PROFILE_DEMAND_H
#define PAMCTL_CHECK_PROFILE_DEMAND_H

struct words;

/* Each is for the word that the line begins with, and reads what follows. 0,
 * -ENOMEM, or -EINVAL when it is not understood. */
int demand_holds(struct words *w);
int demand_value(struct words *w);
int demand_flag(struct words *w);
int demand_absent(struct words *w);

#endif
