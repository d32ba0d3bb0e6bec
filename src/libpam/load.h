/* SPDX-License-Identifier: BSD-2-Clause */
/* The search for a module's file. A module is opened once for a process and
 * stays: unloading is what breaks programs. A file that was replaced on disk is
 * another module. Private to libpam/. */
#ifndef LIBPAM_LOAD_H
#define LIBPAM_LOAD_H

#include "base/watch.h"
#include "libpam/module.h"

struct conf;

/* Where a module's file was looked for, and why it is not to be had. */
struct load_report {
	char *path, *why;
};

enum load_outcome {
	LOAD_DONE,
	LOAD_OLDER,		/* the copy from before the file was replaced */
};

/* The module of this name (M-1, M-2), the process's for ever. Every path
 * looked at goes into watch. An outcome with *out; -ENOMEM, -EMFILE or -ENFILE
 * when this process cannot load anything at the moment; another -errno with
 * *report, whose strings the caller frees. */
int load_module(const struct conf *conf, const char *name, struct watch *watch,
    struct module **out, struct load_report *report);

/* The same for a module that the caller unloads when the handle ends; nobody
 * else sees it. */
int load_loose(const struct conf *conf, const char *name, struct watch *watch,
    struct module **out, struct load_report *report);

void load_report_free(struct load_report *report);

#endif
