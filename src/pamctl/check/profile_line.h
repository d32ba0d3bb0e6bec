/* SPDX-License-Identifier: BSD-2-Clause */
/* A line of a profile. Private to profile.c. */
#ifndef PAMCTL_CHECK_PROFILE_LINE_H
#define PAMCTL_CHECK_PROFILE_LINE_H

struct profile;

/* Take up what a line says; the text must stay as long as the profile. 0,
 * -ENOMEM, or -EINVAL when it is not understood. */
int profile_line(struct profile *p, char *text);

#endif
