/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: loading SYMBOLS MODULE LIBRARY...
 *
 * a program that links none of the libraries opens them for itself alone
 * and finds every name in its node; and a module works under it, as it brings
 * its own need of libpam. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_appl.h>

#include "base/drop.h"
#include "check.h"

static void *
open_alone(const char *path)
{
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	CHECK(path, library);
	return library;
}

static void
find(void *library, const char *name, const char *node)
{
	CHECK(name, dlsym(library, name));
	CHECK(node, dlvsym(library, name, node));
	/* Nothing is left behind for others. */
	CHECK(name, !dlsym(RTLD_DEFAULT, name));
}

/* Goes through symbols.txt with the libraries in its order. */
static void
find_all(FILE *list, char **paths)
{
	char line[256], word[3][128];
	void *library = NULL;

	while (fgets(line, sizeof line, list)) {
		const int n = sscanf(line, "%127s %127s", word[0], word[1]);

		if (n < 2 || word[0][0] == '#')
			continue;
		if (strcmp(word[0], "library") == 0)
			library = open_alone(*paths++);
		else if (strcmp(word[0], "node") == 0)
			memcpy(word[2], word[1], sizeof word[2]);
		else if (library)
			find(library, word[1], word[2]);
	}
}

static int
silent(int n, const struct pam_message **messages,
    struct pam_response **responses, void *app)
{
	(void)n;
	(void)messages;
	(void)responses;
	(void)app;
	return PAM_CONV_ERR;
}

static void
write_policy(const char *folder, const char *module)
{
	_drop_(freep) char *path = NULL;
	_drop_(fclosep) FILE *f = NULL;

	if (asprintf(&path, "%s/alone", folder) < 0)
		abort();
	f = fopen(path, "we");
	CHECK("a policy", f && fprintf(f, "auth required %s\n", module) > 0);
}

static void
remove_policy(const char *folder)
{
	_drop_(freep) char *path = NULL;

	if (asprintf(&path, "%s/alone", folder) < 0)
		abort();
	unlink(path);
	rmdir(folder);
}

static void
authenticate(const char *libpam, const char *folder)
{
	void *library = open_alone(libpam);
	union {
		void *symbol;
		int (*start)(const char *, const char *,
		    const struct pam_conv *, const char *, pam_handle_t **);
		int (*call)(pam_handle_t *, int);
	} start = { dlsym(library, "pam_start_confdir") },
	    auth = { dlsym(library, "pam_authenticate") },
	    end = { dlsym(library, "pam_end") };
	const struct pam_conv conv = { silent, NULL };
	pam_handle_t *pamh = NULL;

	CHECK_INT("a start through dlsym", PAM_SUCCESS,
	    start.start("alone", "alice", &conv, folder, &pamh));
	CHECK_INT("a module finds its libpam", PAM_SUCCESS,
	    auth.call(pamh, 0));
	CHECK_INT("an end through dlsym", PAM_SUCCESS, end.call(pamh, 0));
}

int
main(int argc, char **argv)
{
	char folder[] = "/tmp/usher-abi.XXXXXX";
	_drop_(fclosep) FILE *list = NULL;

	if (argc < 4 || !mkdtemp(folder))
		return 2;
	list = fopen(argv[1], "re");
	CHECK("the list of symbols", list);
	if (list)
		find_all(list, argv + 3);
	write_policy(folder, argv[2]);
	authenticate(argv[3], folder);
	remove_policy(folder);
	return TEST_RESULT();
}
