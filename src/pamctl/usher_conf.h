/* SPDX-License-Identifier: BSD-2-Clause */
/* usher.conf(5), as far as it concerns who looks at sessions. */
#ifndef PAMCTL_USHER_CONF_H
#define PAMCTL_USHER_CONF_H

/* The seconds that a session lives on when it was left; the default where the
 * file, or its line, says nothing that can be used. */
unsigned long long usher_conf_detached_max(void);

#endif
