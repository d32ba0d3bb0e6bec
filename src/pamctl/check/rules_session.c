/* SPDX-License-Identifier: BSD-2-Clause */
/* The order of session modules, where one builds on another. */
#include <string.h>

#include "base/drop.h"
#include "pamctl/check/families.h"

#define MODULES 12

/* What a row of early modules does must be done before a late one begins. */
static const struct {
	const char *code;
	const char *early[MODULES + 1], *late[MODULES + 1];
} orders[] = {
	{ "loginuid-late", { "pam_loginuid" },
	  { "pam_systemd", "pam_elogind", "pam_tty_audit" } },
	{ "keyinit-late", { "pam_keyinit" },
	  { "pam_krb5", "pam_sss", "pam_afs_session", "pam_fscrypt",
	    "pam_ecryptfs", "pam_zfs_key", "pam_cifscreds", "pam_winbind" } },
	{ "mount-late", { "pam_mount", "pam_zfs_key", "pam_ecryptfs",
	    "pam_fscrypt", "pam_encfs", "pam_systemd_home", "pam_mkhomedir",
	    "pam_oddjob_mkhomedir" },
	  { "pam_systemd", "pam_elogind", "pam_xauth", "pam_gnome_keyring",
	    "pam_kwallet", "pam_kwallet5" } },
	{ "namespace-early", { "pam_mount", "pam_mkhomedir",
	    "pam_oddjob_mkhomedir", "pam_zfs_key", "pam_ecryptfs",
	    "pam_encfs" }, { "pam_namespace" } },
};

/* An early module behind a late one, and not before it as well. */
static void
look_order(struct scene *s)
{
	const char *const *early = NULL, *const *late = NULL;
	const struct entry *first, *e;

	if (s->facility != FAC_SESSION)
		return;
	for (size_t i = 0; i < COUNT(orders); i++) {
		if (strcmp(orders[i].code, s->rule->code) == 0) {
			early = orders[i].early;
			late = orders[i].late;
		}
	}
	first = early ? find_module(s->chain, 0, late) : NULL;
	if (!first)
		return;
	e = find_module(s->chain, (size_t)(first - s->chain->entry), early);
	if (e && find_module(s->chain, 0, early) == e)
		found(s, e->at, "%s stands behind %s and should stand before "
		    "it", e->name, first->name);
}

static void
look_selinux(struct scene *s)
{
	static const char *const selinux[] = { "pam_selinux", NULL };
	const struct entry *open = NULL;

	if (s->facility != FAC_SESSION)
		return;
	for (size_t i = 0; i < s->chain->count; i++) {
		const struct entry *e = &s->chain->entry[i];

		if (!is_any_of(e, selinux))
			continue;
		if (has_argument(e, "open") && !open)
			open = e;
		if (has_argument(e, "close") && open)
			found(s, e->at, "pam_selinux close stands behind "
			    "pam_selinux open and should be the first");
	}
}

/* Without arguments a line is both halves. */
static void
look_selinux_half(struct scene *s)
{
	const struct entry *open = NULL, *close = NULL;

	for (size_t i = 0; i < s->chain->count; i++) {
		const struct entry *e = &s->chain->entry[i];
		const bool opens = has_argument(e, "open");
		const bool closes = has_argument(e, "close");

		if (!is_module(e, "pam_selinux"))
			continue;
		if (!closes)
			open = e;
		if (!opens)
			close = e;
	}
	if (s->facility == FAC_SESSION && !open != !close)
		found(s, open ? open->at : close->at,
		    "pam_selinux %s stands without pam_selinux %s",
		    open ? "open" : "close", open ? "close" : "open");
}

static const char *const movers[] = { "pam_systemd", "pam_elogind",
	"pam_slurm_adopt", "pam_cgroup", "pam_cgfs", "pam_turnstile", NULL };

/* Lines that may lack their module are there for systems of several kinds. */
static bool
may_be_absent(const struct scene *s, const struct entry *e,
    const struct known *k)
{
	return e->quiet &&
	    !(s->check->modules && k->file->state == MODULE_GOOD);
}

static const struct entry *
find_mover(const struct scene *s, enum facility f, const struct entry *not)
{
	const struct study *st = &s->service->study[f];

	for (size_t i = 0; i < st->chain->count; i++) {
		const struct entry *e = &st->chain->entry[i];

		if (is_any_of(e, movers) &&
		    !may_be_absent(s, e, &st->known[i]) &&
		    (!not || strcmp(e->name, not->name) != 0))
			return e;
	}
	return NULL;
}

/* pam_slurm_adopt does it in the account stack. */
static void
look_movers(struct scene *s)
{
	const struct entry *one = find_mover(s, FAC_ACCOUNT, NULL), *two;

	if (!one)
		one = find_mover(s, FAC_SESSION, NULL);
	two = one ? find_mover(s, FAC_SESSION, one) : NULL;
	if (two)
		found(s, two->at, "%s and %s both move the process to a "
		    "control group, and the later one wins", one->name,
		    two->name);
}

const struct rule rules_session[] = {
	{ "loginuid-late", LEVEL_WARNING, SCOPE_CHAIN, look_order,
	  "the audit id is set after what builds on it",
	  "pam_systemd and pam_elogind take the number of the audit session "
	  "for their own session's, and what others start is written down "
	  "under the audit id. Put pam_loginuid first, next to pam_selinux "
	  "close." },
	{ "keyinit-late", LEVEL_WARNING, SCOPE_CHAIN, look_order,
	  "the session keyring comes after those who put keys into it",
	  "pam_keyinit gives the session a new keyring. Tickets and keys that "
	  "modules before it have stored stay in the old one, out of the "
	  "session's reach. Put pam_keyinit before them." },
	{ "mount-late", LEVEL_WARNING, SCOPE_CHAIN, look_order,
	  "the home is made or mounted after somebody has used it",
	  "Modules that start programs of the user, or read his files, find "
	  "an empty home, or keep the place busy that should be mounted on. "
	  "Put what makes, unlocks or mounts the home before them." },
	{ "namespace-early", LEVEL_NOTE, SCOPE_CHAIN, look_order,
	  "modules that mount work inside of the session's own namespace",
	  "Behind pam_namespace the process sees directories of its own. What "
	  "is mounted from there on is seen by this session alone, and whoever "
	  "closes it from another process cannot undo it. Put pam_namespace "
	  "behind them." },
	{ "selinux-order", LEVEL_WARNING, SCOPE_CHAIN, look_selinux,
	  "the two lines of pam_selinux are in the wrong order",
	  "Modules between the line with close and the one with open run in "
	  "the program's own context, at the beginning and at the end of a "
	  "session alike. The line with close must be the first of the two." },
	{ "selinux-half", LEVEL_WARNING, SCOPE_CHAIN, look_selinux_half,
	  "one of the two lines of pam_selinux is missing",
	  "The line with open sets the user's context, the one with close that "
	  "of the program again. With open alone the program goes on closing "
	  "in the user's context; with close alone the session runs in the "
	  "program's. Add the other line: close first, open behind what needs "
	  "the program's rights." },
	{ "two-cgroups", LEVEL_WARNING, SCOPE_SERVICE, look_movers,
	  "two modules put the process into a control group",
	  "Each of them moves the process out of where the other one has put "
	  "it, and limits or the end of a job then miss it. Keep one; with "
	  "pam_slurm_adopt leave out pam_systemd." },
	{ .code = NULL },
};
