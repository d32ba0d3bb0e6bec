/* SPDX-License-Identifier: BSD-2-Clause */
/* The note that a module carries, so that what it takes can be known without
 * running it. Section .note.usher, owner "Usher", type 1; the descriptor is a
 * row of NUL-terminated strings, numbers being decimal text
 * (the default of an octal option alone is octal, as one would write it):
 *
 *	1		version; another number is another layout
 *	name		pam_nologin
 *	what		what it does, in a line
 *	entries		sum of NOTE_AUTH ...: which entry points it serves
 *	traits		sum of NOTE_WORDS ...
 *	changes		sum of CHANGES_... of modkit.h
 *	count		of options; for each of them follow
 *	  name
 *	  kind		flag off text int octal enum
 *	  default	empty when there is none
 *	  min, max	of a number; of a text, min is its shortest length
 *	  words		of an enum, one string each, ended by an empty one
 *	  help		what it does, in a line
 */
#ifndef MODKIT_NOTE_H
#define MODKIT_NOTE_H

#include <stddef.h>

#include "modkit/opt.h"

#define NOTE_OWNER "Usher"
#define NOTE_TYPE 1
#define NOTE_VERSION 1

enum {
	NOTE_AUTH = 1,
	NOTE_CRED = 2,
	NOTE_ACCOUNT = 4,
	NOTE_OPEN = 8,
	NOTE_CLOSE = 16,
	NOTE_PASSWORD = 32,
};

enum {
	NOTE_WORDS = 1,		/* takes arguments that are no options */
	NOTE_ANYCASE = 2,	/* option names in upper or lower case */
};

/* Strings are borrowed from the descriptor. options ends as OPT_END does and
 * serves opt_find, opt_take without conf, and opt_wants. */
struct note {
	const char *name, *what;
	unsigned entries, traits, changes;
	struct opt *options;
	size_t count;
	struct opt_word *words;	/* of all options together */
};

/* The name of a kind in the note. */
const char *note_kind(enum opt_kind kind);

/* Find the note in the image of an ELF file of this machine's class. 0 and
 * *desc within image; -ENOEXEC: not such a file, or damaged; -ENOENT: without
 * a note of ours. */
int note_find(const void *image, size_t size, const void **desc, size_t *len);

/* Read a descriptor. 0, and note_free is due; -EPROTO: another version;
 * -EINVAL: damaged; -ENOMEM. */
int note_read(const void *desc, size_t len, struct note *note);

void note_free(struct note *note);

#endif
