/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl(8): one verb a file. */
#include "pamctl/pamctl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/drop.h"

static const struct verb *const verbs[] = {
	&verb_explain,
	&verb_prove,
	&verb_show,
	&verb_simulate,
};

int
fail(int status, const char *fmt, ...)
{
	va_list args;

	fputs("pamctl: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	return status;
}

static void
usage(FILE *to)
{
	fputs("usage: pamctl VERB [options] [arguments]\n"
	    "       pamctl VERB --help\n\n", to);
	for (size_t i = 0; i < COUNT(verbs); i++)
		fprintf(to, "  %-10s %s\n", verbs[i]->name, verbs[i]->what);
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		usage(stderr);
		return STATUS_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		usage(stdout);
		return STATUS_CLEAN;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("pamctl (Usher) " VERSION);
		return STATUS_CLEAN;
	}
	for (size_t i = 0; i < COUNT(verbs); i++) {
		if (strcmp(argv[1], verbs[i]->name) == 0)
			return verbs[i]->run(argc - 1, argv + 1);
	}
	return fail(STATUS_USAGE, "no verb \"%s\"; see pamctl --help",
	    argv[1]);
}
