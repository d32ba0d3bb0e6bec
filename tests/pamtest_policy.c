/* SPDX-License-Identifier: BSD-2-Clause */
/* Policies of a test, in a folder of their own. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "pamtest.h"

static char confdir[] = "/tmp/pamtest.XXXXXX";
static pid_t confdir_owner;

static void
remove_confdir(void)
{
	const pid_t self = getpid();
	DIR *dir = self == confdir_owner ? opendir(confdir) : NULL;

	if (!dir)
		return;
	for (struct dirent *e = readdir(dir); e; e = readdir(dir))
		unlinkat(dirfd(dir), e->d_name, 0);
	closedir(dir);
	rmdir(confdir);
}

const char *
pamtest_confdir(void)
{
	if (confdir_owner)
		return confdir;
	if (!mkdtemp(confdir) || chmod(confdir, 0755) < 0) {
		perror("pamtest: mkdtemp");
		exit(1);
	}
	confdir_owner = getpid();
	atexit(remove_confdir);
	return confdir;
}

static void
put_policy(FILE *f, const char *text, const char *module)
{
	const int folder = (int)(strrchr(module, '/') - module);

	for (const char *p = text; *p; p++) {
		if (strncmp(p, "%M", 2) == 0)
			fputs(module, f);
		else if (strncmp(p, "%B", 2) == 0)
			fprintf(f, "%.*s", folder, module);
		else
			fputc(*p, f);
		p += *p == '%' && (p[1] == 'M' || p[1] == 'B');
	}
	fputc('\n', f);
}

bool
pamtest_policy(const char *service, const char *text, const char *module)
{
	_drop_(fclosep) FILE *f = NULL;
	char path[256];

	snprintf(path, sizeof path, "%s/%s", pamtest_confdir(), service);
	f = fopen(path, "we");
	if (!f)
		return false;
	put_policy(f, text, module);
	return !ferror(f);
}
