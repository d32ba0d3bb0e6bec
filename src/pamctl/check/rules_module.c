/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that lines name as modules: whether they are there, and serve. */
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/check/families.h"
#include "pamctl/check/slip.h"

/* What a line does when its module cannot be asked. */
static bool
refuses(const struct entry *e)
{
	const enum action a = (enum action)e->action[PAM_MODULE_UNKNOWN];

	return a == ACT_BAD || a == ACT_DIE;
}

/* The files that can be blamed; on a system without any module none of the
 * lines is at fault. */
static const struct module_file *
file_of(const struct scene *s)
{
	return s->check->modules ? s->study->known[s->at].file : NULL;
}

static const char *
consequence(const struct entry *e)
{
	if (!refuses(e))
		return "";
	return e->quiet ? ", and the line refuses (the \"-\" only keeps it "
	    "out of the log)" : ", and the line refuses";
}

/* A line that does not need its module, and says so, may well lack it. */
static void
look_missing(struct scene *s)
{
	const struct module_file *file = file_of(s);
	const struct entry *e = s->entry;

	if (!file || file->state != MODULE_ABSENT ||
	    (!refuses(e) && (e->quiet || strchr(e->control, '='))))
		return;
	found_as(s, refuses(e) ? LEVEL_ERROR : LEVEL_WARNING, e->at,
	    "%s: %s%s", e->module, file->why, consequence(e));
}

static void
look_broken(struct scene *s)
{
	const struct module_file *file = file_of(s);
	const struct entry *e = s->entry;

	if (!file || file->state == MODULE_GOOD || file->state == MODULE_ABSENT)
		return;
	if (file->state == MODULE_UNREADABLE)
		found_as(s, LEVEL_WARNING, e->at, "%s: not looked at: %s",
		    file->path, file->why);
	else
		found_as(s, refuses(e) ? LEVEL_ERROR : LEVEL_WARNING, e->at,
		    "%s: %s%s", file->path, file->why, consequence(e));
}

static void
look_function(struct scene *s)
{
	const struct module_file *file = file_of(s);
	const enum function f = function_first(s->facility);
	const struct entry *e = s->entry;

	if (!file || file->state != MODULE_GOOD ||
	    module_serves(file, f))
		return;
	found_as(s, refuses(e) ? LEVEL_ERROR : LEVEL_WARNING, e->at,
	    "%s has no %s, it is not for %s%s", e->name, object_symbol(f),
	    facility_word(s->facility), consequence(e));
}

static const struct {
	const char *name, *remedy;
	bool lately;		/* many systems still have it */
} gone[] = {
	{ "pam_tally", "pam_faillock" },
	{ "pam_tally2", "pam_faillock" },
	{ "pam_cracklib", "pam_pwquality or pam_passwdqc" },
	{ "pam_stack", "the control include or substack" },
	{ "pam_unix_auth", "pam_unix" },
	{ "pam_unix_acct", "pam_unix" },
	{ "pam_unix_session", "pam_unix" },
	{ "pam_unix_passwd", "pam_unix" },
	{ "pam_unix2", "pam_unix" },
	{ "pam_pwdb", "pam_unix" },
	{ "pam_console", "what systemd-logind or elogind does for seats" },
	{ "pam_ck_connector", "pam_systemd or pam_elogind" },
	{ "pam_rhosts_auth", "keys of ssh" },
	{ "pam_opie", "pam_oath" },
	{ "pam_opieaccess", "pam_oath" },
	{ "pam_skey", "pam_oath" },
	{ "pam_thinkfinger", "pam_fprintd" },
	{ "pam_lastlog", "pam_lastlog2 or pam_wtmpdb, whose times are right "
	    "after 2038 too", true },
};

/* Where it is still there it still works. */
static void
look_gone(struct scene *s)
{
	const struct module_file *file = file_of(s);
	const bool there = file && file->state == MODULE_GOOD;

	for (size_t i = 0; i < COUNT(gone); i++) {
		const bool late = there || gone[i].lately || s->entry->quiet;

		if (strcmp(gone[i].name, s->entry->name) == 0)
			found_as(s, late ? LEVEL_NOTE : LEVEL_WARNING,
			    s->entry->at, "%s is %s; use %s", gone[i].name,
			    late ? "being given up" : "a thing of the past",
			    gone[i].remedy);
	}
}

static bool
is_gone(const char *name)
{
	for (size_t i = 0; i < COUNT(gone); i++) {
		if (strcmp(gone[i].name, name) == 0)
			return true;
	}
	return false;
}

/* Optional lines, and those with a dash, lack their module in silence. */
static void
look_misspelt(struct scene *s)
{
	const struct module_file *file = file_of(s);
	const char *name = s->entry->name, *known, *meant = NULL;
	unsigned least = SLIP_MAX + 1;

	if ((file && file->state != MODULE_ABSENT) || is_gone(name) ||
	    facts_know(s->check->facts, name))
		return;
	for (size_t i = 0; (known = facts_name(s->check->facts, i)); i++) {
		const unsigned letters = slip(name, strlen(name), known);

		/* Half of what is behind "pam_" must be right. */
		if (letters < least && 2 * letters + 4 <= strlen(known)) {
			least = letters;
			meant = known;
		}
	}
	if (meant)
		found(s, s->entry->at, "no module %s is known; is %s meant?",
		    name, meant);
}

static const struct {
	const char *name, *why;
} weak[] = {
	{ "pam_rhosts", "it believes the name that the other host sends" },
	{ "pam_alreadyloggedin", "it lets in who has logged in elsewhere" },
	{ "pam_ftp", "it takes any text for a password" },
	{ "pam_guest", "it lets in without a password" },
	{ "pam_stress", "it is made to try programs with" },
	{ "pam_debug", "it says what its arguments tell it" },
	{ "pam_matrix", "it is made for tests" },
};

static void
look_weak(struct scene *s)
{
	for (size_t i = 0; i < COUNT(weak); i++) {
		if (s->facility == FAC_AUTH &&
		    strcmp(weak[i].name, s->entry->name) == 0)
			found(s, s->entry->at, "%s: %s", weak[i].name,
			    weak[i].why);
	}
}

static void
look_unseen(struct scene *s)
{
	const struct options *o = s->check->o;

	if (!s->check->modules)
		found(s, (struct place){ o->root ? o->root : "/", 0 },
		    "none of the modules is here; whether they are whole, and "
		    "know their options, is not checked");
}

const struct rule rules_module[] = {
	{ "module-missing", LEVEL_ERROR, SCOPE_ENTRY, look_missing,
	  "the file of a module is not there",
	  "A line whose module cannot be opened answers module_unknown. With "
	  "required or requisite that is a failure, and nobody gets past it; "
	  "with sufficient or optional the line has no effect. Install the "
	  "package, or remove the line. A \"-\" before the type keeps the "
	  "complaint out of the log and does nothing else; a line that may "
	  "lack its module says so by optional, or by module_unknown=ignore." },
	{ "module-misspelt", LEVEL_WARNING, SCOPE_ENTRY, look_misspelt,
	  "a module whose name is almost that of another",
	  "There is no such module here, none is known, and one that is known "
	  "differs in a letter or two. Where the line is optional, or begins "
	  "with \"-\", nothing else tells that it does nothing." },
	{ "module-broken", LEVEL_ERROR, SCOPE_ENTRY, look_broken,
	  "the file of a module cannot be loaded",
	  "The file is empty or cut off (a copy that was interrupted, a full "
	  "disk), no shared object at all, or made for another kind of "
	  "machine. The line answers module_unknown. Install the package "
	  "again, for this machine." },
	{ "function-missing", LEVEL_ERROR, SCOPE_ENTRY, look_function,
	  "a module stands in a stack that it does not serve",
	  "Each stack asks its modules for functions of its own. A module that "
	  "lacks the function answers module_unknown: in a required line, a "
	  "refusal; in others, nothing. The module's manual tells the types "
	  "that it is for." },
	{ "module-gone", LEVEL_WARNING, SCOPE_ENTRY, look_gone,
	  "a module that distributions have removed or are about to",
	  "Upgrades that remove a module leave its lines behind, and where "
	  "these are required nobody can log in any more. Move to what took "
	  "its place before the upgrade does it." },
	{ "module-weak", LEVEL_WARNING, SCOPE_ENTRY, look_weak,
	  "a module that lets in on weak grounds",
	  "The module says yes without having been shown anything that only "
	  "the right person has. It belongs into no stack that guards "
	  "something." },
	{ "modules-unseen", LEVEL_NOTE, SCOPE_TREE, look_unseen,
	  "there are no modules to look at",
	  "The policies are those of another system, whose modules are not "
	  "below the root that was given. What depends on the modules' files "
	  "is left out: whether they are there, can be loaded, and know their "
	  "options. --module-path tells where they are." },
	{ .code = NULL },
};
