/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines of usher.conf(5). Private to libpam/. */
#ifndef LIBPAM_SETTINGS_H
#define LIBPAM_SETTINGS_H

struct conf;

/* What holds where no line says anything else. */
void settings_defaults(struct conf *conf);

/* Take in the lines of conf->text. A bad one is logged, and its key keeps what
 * it had. 0 or -ENOMEM. */
int settings_read(struct conf *conf);

#endif
