/* SPDX-License-Identifier: BSD-2-Clause */
/* Print the note of a module file without loading it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "modkit/note.h"

static void
dump_option(const struct opt *o)
{
	printf("%s: %s, default \"%s\", %lld to %lld", o->name,
	    note_kind(o->kind), o->text, o->min, o->max);
	for (const struct opt_word *w = o->words; w->name; w++)
		printf(" [%s]", w->name);
	printf(": %s\n", o->help);
}

int
main(int argc, char **argv)
{
	_drop_(closep) int fd = argc == 2
	    ? file_open(AT_FDCWD, argv[1], NULL) : -1;
	_drop_(freep) char *bytes = NULL;
	_drop_(note_free) struct note note = { 0 };
	const void *desc;
	size_t size, len;
	int rc = fd;

	if (rc >= 0)
		rc = file_slurp(fd, 64 << 20, &bytes, &size);
	if (rc >= 0)
		rc = note_find(bytes, size, &desc, &len);
	if (rc >= 0)
		rc = note_read(desc, len, &note);
	if (rc < 0) {
		fprintf(stderr, "%s: %s\n", argv[0], strerror(-rc));
		return 1;
	}
	printf("%s: %s\nentries %u, traits %u, changes %u\n", note.name,
	    note.what, note.entries, note.traits, note.changes);
	for (const struct opt *o = note.options; o->name; o++)
		dump_option(o);
	return 0;
}
