/* SPDX-License-Identifier: BSD-2-Clause */
/* What belongs to a service of its kind, and what does not. */
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/check/families.h"
#include "pamctl/check/kinds.h"

static const char *const loginuid[] = { "pam_loginuid", NULL };
static const char *const registrars[] = { "pam_systemd", "pam_elogind", NULL };

/* A stack that is left out, which matters to some kinds of services. */
static void
look_left_out(struct scene *s, enum facility f, unsigned kinds,
    const char *why)
{
	const struct service *v = s->service;
	const bool matters = v->kind & kinds;

	if (!v->own[FAC_AUTH] || v->own[f] || v->policy->refused ||
	    strcmp(v->name, "other") == 0)
		return;
	found_as(s, matters ? LEVEL_WARNING : LEVEL_NOTE, service_place(v),
	    "the service has auth lines and no %s line: %s",
	    facility_word(f), why);
}

static void
look_account(struct scene *s)
{
	look_left_out(s, FAC_ACCOUNT, KIND_LOGIN | KIND_REMOTE | KIND_BECOME,
	    "whether expired accounts come in is up to \"other\"");
}

static void
look_session(struct scene *s)
{
	if (!(s->service->kind & KIND_LOCK))
		look_left_out(s, FAC_SESSION, KIND_LOGIN | KIND_BECOME,
		    "what a session needs is up to \"other\"");
}

static void
look_empty(struct scene *s)
{
	const struct policy *p = s->service->policy;

	for (int f = 0; f < FAC_COUNT && !p->refused; f++) {
		if (p->chain[f].count == 0)
			found(s, service_place(s->service),
			    "there is no %s line, nor in \"other\": it is "
			    "always refused", facility_word((enum facility)f));
	}
}

static bool
sets_loginuid(const struct service *v)
{
	return find_module(&v->policy->chain[FAC_SESSION], 0, loginuid) ||
	    find_module(&v->policy->chain[FAC_ACCOUNT], 0, loginuid);
}

static bool
has_nologin(const struct service *v)
{
	static const char *const nologin[] = { "pam_nologin", NULL };

	return find_module(&v->policy->chain[FAC_AUTH], 0, nologin) ||
	    find_module(&v->policy->chain[FAC_ACCOUNT], 0, nologin);
}

/* Where people come in by themselves. */
static bool
is_login(const struct service *v)
{
	return v->kind & KIND_LOGIN && !(v->kind & KIND_OPEN) &&
	    !v->policy->refused;
}

/* A system where most go without does so on purpose. */
static enum level
level_for(const struct check *c, bool (*does)(const struct service *v))
{
	int more = 0;

	for (size_t i = 0; i < c->services; i++) {
		if (is_login(&c->service[i]))
			more += does(&c->service[i]) ? 1 : -1;
	}
	return more >= 0 ? LEVEL_WARNING : LEVEL_NOTE;
}

/* Jobs go on during maintenance. */
static void
look_nologin(struct scene *s)
{
	const struct service *v = s->service;

	if (!is_login(v) || !v->own[FAC_AUTH] || has_nologin(v) ||
	    (v->kind & (KIND_UNASKED | KIND_REMOTE)) == KIND_UNASKED)
		return;
	found_as(s, level_for(s->check, has_nologin), service_place(v),
	    "/etc/nologin keeps nobody from "
	    "coming in by %s: pam_nologin is missing", v->name);
}

static void
look_loginuid(struct scene *s)
{
	const struct service *v = s->service;

	if (!is_login(v) || !v->own[FAC_SESSION] || sets_loginuid(v))
		return;
	found_as(s, level_for(s->check, sets_loginuid), service_place(v),
	    "logins by %s have no audit id: pam_loginuid is missing", v->name);
}

static void
look_loginuid_within(struct scene *s)
{
	if (!(s->service->kind & KIND_WITHIN) ||
	    s->service->kind & KIND_LOCK ||
	    !is_module(s->entry, loginuid[0]))
		return;
	found(s, s->entry->at, "pam_loginuid changes whom the audit log "
	    "blames; it belongs where a login begins");
}

/* CVE-2025-6018: before the session is registered, the user's own file tells
 * which seat he sits at. */
static void
look_readenv(struct scene *s)
{
	const struct entry *e = s->entry;
	const bool within = s->service->kind & KIND_WITHIN;
	const bool early = s->facility == FAC_AUTH ||
	    find_module(s->chain, s->at, registrars);

	if (!is_module(e, "pam_env") || !has_argument(e, "user_readenv=") ||
	    has_argument(e, "user_readenv=0"))
		return;
	if (!within && !early)
		found_as(s, LEVEL_NOTE, e->at, "variables come from a file of "
		    "the user's");
	else
		found(s, e->at, "variables come from a file of the user's%s",
		    within ? ", for a program that runs as somebody else" :
		    " before the session is registered");
}

const struct rule rules_service[] = {
	{ "no-account", LEVEL_WARNING, SCOPE_SERVICE, look_account,
	  "a service asks who it is, and leaves open whether he may come in",
	  "Expiry, hours and hosts are matters of the account stack. A service "
	  "without a line of it gets what \"other\" says. Screen locks do "
	  "without; whatever lets somebody in should not." },
	{ "no-session", LEVEL_WARNING, SCOPE_SERVICE, look_session,
	  "a service lets in, and has no session stack of its own",
	  "Limits, environment, audit id and registration with the system are "
	  "matters of the session stack. A service without a line of it gets "
	  "what \"other\" says, which may be a refusal." },
	{ "empty-stack", LEVEL_WARNING, SCOPE_SERVICE, look_empty,
	  "nobody has a line for a stack",
	  "Neither the service nor \"other\" has a line of that type. Programs "
	  "that ask for it are refused, always." },
	{ "loginuid-missing", LEVEL_WARNING, SCOPE_SERVICE, look_loginuid,
	  "a login that the audit log cannot tell from others",
	  "pam_loginuid notes in the process who has logged in, and what he "
	  "does is told by that name whomever he becomes later. A service by "
	  "which people (or their jobs) come in needs it in its session "
	  "stack. Where most do without it this is a note." },
	{ "nologin-missing", LEVEL_WARNING, SCOPE_SERVICE, look_nologin,
	  "a login that goes on during maintenance",
	  "While /etc/nologin exists only root comes in, by services that ask "
	  "pam_nologin, in auth or account. Where most do not ask this is a "
	  "note." },
	{ "loginuid-within", LEVEL_WARNING, SCOPE_ENTRY, look_loginuid_within,
	  "a program for those who are in sets the audit id anew",
	  "Behind su or sudo the audit id must stay that of the person who "
	  "logged in; that is what it is for. Where the kernel keeps it from "
	  "being changed, the line makes the program fail instead. Remove "
	  "it." },
	{ "user-readenv", LEVEL_WARNING, SCOPE_ENTRY, look_readenv,
	  "variables from a file that the user writes",
	  "user_readenv lets users put variables into the environment of "
	  "modules and programs that run with more rights than theirs. Before "
	  "pam_systemd they choose their seat and count as sitting at the "
	  "machine, which polkit believes (CVE-2025-6018). Remove the option; "
	  "shells have files of their own for this." },
	{ .code = NULL },
};
