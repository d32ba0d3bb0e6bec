/* SPDX-License-Identifier: BSD-2-Clause */
/* Secrets that can be looked for in our own memory: they are never in it as
 * such but where they are written to, so a search does not find itself. */
#ifndef NEEDLE_H
#define NEEDLE_H

#include <stddef.h>

/* Long enough that what free(3) writes into a block leaves most of it. */
#define NEEDLE_LENGTH 96

/* Write a secret of that length, one of as many as there are numbers, and a NUL
 * behind it. */
void needle_write(unsigned number, char *to);

struct needle_found {
	int copies;		/* of its middle */
	int pieces;		/* of any part of it */
};

/* Look through all private memory that can be written. With a name, places
 * where something is are printed under it. */
struct needle_found needle_look(unsigned number, const char *name);

#endif
