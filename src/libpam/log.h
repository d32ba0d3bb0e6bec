/* SPDX-License-Identifier: BSD-2-Clause */
/* What libpam itself has to say to the log, beside pam_syslog(3). */
#ifndef LIBPAM_LOG_H
#define LIBPAM_LOG_H

#include <security/pam_ext.h>
#include <syslog.h>

struct policy;

/* Every fault of a service's policy, one line each, with file and line (W-7). */
void log_faults(const char *service, const struct policy *policy);

#endif
