/* SPDX-License-Identifier: BSD-2-Clause */
/* What a shared object is, without loading it: nothing of it is run. */
#ifndef PAMCTL_CHECK_OBJECT_H
#define PAMCTL_CHECK_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/facts.h"

#define OBJECT_NEEDED 64

struct object {
	int class, data, machine;	/* of the ELF header */
	bool has[FUNCTION_COUNT];	/* the functions that it defines */
	bool symbols;			/* has is known */
	const char *needed[OBJECT_NEEDED + 1];	/* libraries, then NULL */
	const char *runpath;		/* where it wants them looked for */
};

/* Look at an image, in which the strings of *out stay. NULL, or in words why it
 * is no shared object that could be loaded anywhere. */
const char *object_read(char *image, size_t size, struct object *out);

/* The same kind of machine as the one that we run on. */
bool object_is_native(const struct object *o);

/* "pam_sm_setcred" for FUNCTION_SETCRED. */
const char *object_symbol(enum function function);

#endif
