/* SPDX-License-Identifier: BSD-2-Clause */
/* What a policy was made from is remembered, and so is where nothing was: a
 * file that appears, vanishes or can be read at last counts from the next start
 * on. Each row has a root directory of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"

#define SKIPPED 77

enum what {
	NOTHING,
	TEXT,
	MODULE,			/* text is the digit of its version */
	FOLDER,
	LINK,
	MODE,			/* text is octal */
	REMOVED,
	RENAMED,		/* text is where to */
};

struct step {
	enum what what;
	const char *name, *text;
};

#define SAYS(n) LAB_ALL("/m.so", "policy=" #n)
#define AUTH_SAYS(n) "auth required /m.so policy=" #n "\n"
#define PLAIN LAB_ALL("m.so", "")

static const struct {
	const char *label;
	const char *confdir;	/* NULL: the system's policies */
	struct step before[6], change[3];
	unsigned want_before, want_after;	/* 0: refused */
} cases[] = {
	{ "a service that only \"other\" served", "/conf",
	  {{ TEXT, "conf/other", SAYS(1) }},
	  {{ TEXT, "conf/svc", SAYS(2) }}, 1, 2 },
	{ "a service vanishes", "/conf",
	  {{ TEXT, "conf/other", SAYS(1) }, { TEXT, "conf/svc", SAYS(2) }},
	  {{ REMOVED, "conf/svc" }}, 2, 1 },
	{ "\"other\", for facilities that are missing", "/conf",
	  {{ TEXT, "conf/svc", AUTH_SAYS(1) }},
	  {{ TEXT, "conf/other", SAYS(2) }}, 0, 2 },
	{ "\"other\" vanishes", "/conf",
	  {{ TEXT, "conf/svc", AUTH_SAYS(1) }, { TEXT, "conf/other", SAYS(2) }},
	  {{ REMOVED, "conf/other" }}, 2, 0 },
	{ "an included file", "/conf",
	  {{ TEXT, "conf/svc", "auth include part\n" SAYS(1) }},
	  {{ TEXT, "conf/part", "auth required /m.so\n" }}, 0, 1 },
	{ "usher.conf", "/conf",
	  {{ TEXT, "conf/svc", SAYS(1) }, { MODE, "conf/svc", "666" }},
	  {{ TEXT, "conf/usher.conf", "trusted-files strict\n" }}, 1, 0 },
	{ "usher.conf vanishes", "/conf",
	  {{ TEXT, "conf/usher.conf", "module-path /a\n" },
	   { MODULE, "a/m.so", "3" }, { TEXT, "conf/svc", PLAIN }},
	  {{ REMOVED, "conf/usher.conf" }}, 3, 0 },
	{ "usher.conf names another module path", "/conf",
	  {{ TEXT, "conf/usher.conf", "module-path /a\n" },
	   { MODULE, "a/m.so", "3" }, { MODULE, "b/m.so", "4" },
	   { TEXT, "conf/svc", PLAIN }},
	  {{ TEXT, "conf/usher.conf", "module-path /b\n" }}, 3, 4 },
	{ "usher.conf could not be read", "/conf",
	  {{ FOLDER, "conf/usher.conf" }, { TEXT, "conf/svc", SAYS(1) },
	   { MODE, "conf/svc", "666" }},
	  {{ RENAMED, "conf/usher.conf", "conf/away" },
	   { TEXT, "conf/usher.conf", "trusted-files strict\n" }}, 1, 0 },
	{ "a module that was missing", "/conf",
	  {{ TEXT, "conf/svc", LAB_ALL("/new.so", "") }},
	  {{ MODULE, "new.so", "5" }}, 0, 5 },
	{ "a module in an earlier folder of the path", "/conf",
	  {{ TEXT, "conf/usher.conf", "module-path /a /b\n" },
	   { MODULE, "b/m.so", "4" }, { FOLDER, "a" },
	   { TEXT, "conf/svc", PLAIN }},
	  {{ MODULE, "a/m.so", "3" }}, 4, 3 },
	{ "a module in an earlier folder vanishes", "/conf",
	  {{ TEXT, "conf/usher.conf", "module-path /a /b\n" },
	   { MODULE, "a/m.so", "3" }, { MODULE, "b/m.so", "4" },
	   { TEXT, "conf/svc", PLAIN }},
	  {{ REMOVED, "a/m.so" }}, 3, 4 },
	{ "the folder is another one", "/conf",
	  {{ TEXT, "one/svc", SAYS(1) }, { TEXT, "two/svc", SAYS(2) },
	   { LINK, "conf", "one" }},
	  {{ LINK, "conf", "two" }}, 1, 2 },
	{ "the target of a link above", "/conf",
	  {{ TEXT, "one/svc", SAYS(1) }, { TEXT, "two/svc", SAYS(2) },
	   { LINK, "now", "one" }, { LINK, "conf/svc", "../now/svc" }},
	  {{ LINK, "now", "two" }}, 1, 2 },
	{ "/etc/pam.d before /usr/lib/pam.d", NULL,
	  {{ FOLDER, "etc/pam.d" }, { TEXT, "usr/lib/pam.d/svc", SAYS(1) }},
	  {{ TEXT, "etc/pam.d/svc", SAYS(2) }}, 1, 2 },
	{ "/usr/lib/pam.d before the vendor's", NULL,
	  {{ TEXT, VENDORDIR "/pam.d/svc", SAYS(1) },
	   { FOLDER, "usr/lib/pam.d" }},
	  {{ TEXT, "usr/lib/pam.d/svc", SAYS(2) }}, 1, 2 },
	{ "the folder /etc/pam.d appears", NULL,
	  {{ TEXT, "etc/pam.conf", "svc " AUTH_SAYS(1)
	      "svc account required /m.so\nsvc session required /m.so\n" }},
	  {{ TEXT, "etc/pam.d/svc", SAYS(2) }}, 1, 2 },
	{ "a folder of no service appears, and pam.conf counts no more", NULL,
	  {{ TEXT, "etc/pam.conf", "svc " AUTH_SAYS(1)
	      "svc account required /m.so\nsvc session required /m.so\n" }},
	  {{ FOLDER, "usr/lib/pam.d" }}, 1, 0 },
	{ "the folder /etc/pam.d vanishes", NULL,
	  {{ TEXT, "etc/pam.conf", "svc " AUTH_SAYS(1)
	      "svc account required /m.so\nsvc session required /m.so\n" },
	   { TEXT, "etc/pam.d/svc", SAYS(2) }},
	  {{ RENAMED, "etc/pam.d", "etc/away" }}, 2, 1 },
	{ "the system's usher.conf before the vendor's", NULL,
	  {{ TEXT, VENDORDIR "/security/usher.conf", "module-path /a\n" },
	   { MODULE, "a/m.so", "3" }, { MODULE, "b/m.so", "4" },
	   { FOLDER, "etc/security" }, { TEXT, "etc/pam.d/svc", PLAIN }},
	  {{ TEXT, "etc/security/usher.conf", "module-path /b\n" }}, 3, 4 },
};

static bool
make_parent(const char *name)
{
	char parent[256];
	char *slash;

	snprintf(parent, sizeof parent, "%s", name);
	slash = strrchr(parent, '/');
	if (!slash)
		return true;
	*slash = '\0';
	return lab_folder(parent);
}

static bool
take(const struct step *s)
{
	switch (s->what) {
	case NOTHING:
		return true;
	case TEXT:
		return lab_put(s->name, "%s", s->text);
	case MODULE:
		return lab_put_module(s->name, (unsigned)(*s->text - '0'));
	case FOLDER:
		return lab_folder(s->name);
	case LINK:
		return lab_link(s->name, s->text);
	case MODE:
		return chmod(lab_path(s->name).text,
		    (mode_t)strtoul(s->text, NULL, 8)) == 0;
	case REMOVED:
		return unlink(lab_path(s->name).text) == 0;
	case RENAMED:
		return rename(lab_path(s->name).text,
		    lab_path(s->text).text) == 0;
	}
	return false;
}

static bool
take_all(const struct step *step, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (step[i].what != NOTHING &&
		    (!make_parent(step[i].name) || !take(&step[i])))
			return false;
	}
	return true;
}

static unsigned
who_judges(const char *confdir)
{
	struct login l;

	if (!lab_login(confdir, "svc", &l))
		return 0;
	return l.policy ? l.policy : l.module;
}

static void
check_row(size_t i)
{
	const char *label = cases[i].label, *confdir = cases[i].confdir;
	const unsigned before = cases[i].want_before;
	const unsigned after = cases[i].want_after;

	CHECK(label, take_all(cases[i].before, COUNT(cases[i].before)));
	lab_age();
	for (int n = 0; n < 2; n++)
		CHECK_INT(label, before, who_judges(confdir));
	CHECK(label, take_all(cases[i].change, COUNT(cases[i].change)));
	CHECK_INT(label, after, who_judges(confdir));
	lab_age();
	for (int n = 0; n < 2; n++)
		CHECK_INT(label, after, who_judges(confdir));
}

static void
child(size_t i)
{
	char root[16], module[32];

	snprintf(root, sizeof root, "root%zu", i);
	snprintf(module, sizeof module, "%s/m.so", root);
	CHECK(cases[i].label, lab_folder(root) && lab_put_module(module, 1));
	if (!lab_enter(root))
		lab_exit(SKIPPED);
	check_row(i);
	lab_exit(TEST_RESULT());
}

int
main(void)
{
	int worst = 0;

	lab();
	for (size_t i = 0; i < COUNT(cases); i++) {
		int status = 1;
		const pid_t pid = fork();

		if (pid == 0)
			child(i);
		waitpid(pid, &status, 0);
		if (!WIFEXITED(status))
			printf("%s: killed by signal %d\n", cases[i].label,
			    WTERMSIG(status));
		status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
		worst = worst == 1 || status == 0 ? worst : status;
	}
	return worst;
}
