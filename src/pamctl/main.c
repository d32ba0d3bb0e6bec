/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl(8): one verb a file. */
#include "pamctl/pamctl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"

static const struct verb *const verbs[] = {
	&verb_app_check,
	&verb_apply,
	&verb_check,
	&verb_close,
	&verb_confirm,
	&verb_diff,
	&verb_explain,
#ifdef WITH_HISTORY
	&verb_history,
	&verb_last,
#endif
	&verb_prove,
	&verb_reap,
	&verb_run,
	&verb_sessions,
	&verb_show,
	&verb_simulate,
#ifdef WITH_LOG
	&verb_why,
#endif
};

void
put(FILE *to, const char *text)
{
	_drop_(freep) char *copy = strdup(text);

	if (!copy)
		return;
	text_defuse(copy);
	fputs(copy, to);
}

int
fail(int status, const char *fmt, ...)
{
	_drop_(freep) char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	va_end(args);
	fputs("pamctl: ", stderr);
	put(stderr, text ? text : "out of memory");
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
