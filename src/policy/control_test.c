/* SPDX-License-Identifier: BSD-2-Clause */
/* The control column, to the last of its 32 answers: C-25 to C-31. */
#include "policy/control.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"

static const char *const words[CODE_COUNT] = {
	"success", "open_err", "symbol_err", "service_err", "system_err",
	"buf_err", "perm_denied", "auth_err", "cred_insufficient",
	"authinfo_unavail", "user_unknown", "maxtries", "new_authtok_reqd",
	"acct_expired", "session_err", "cred_unavail", "cred_expired",
	"cred_err", "no_module_data", "conv_err", "authtok_err",
	"authtok_recover_err", "authtok_lock_busy", "authtok_disable_aging",
	"try_again", "ignore", "abort", "authtok_expired", "module_unknown",
	"bad_item", "conv_again", "incomplete",
};

static const struct {
	enum action action;
	const char *word;
} actions[] = {
	{ ACT_IGNORE, "ignore" }, { ACT_OK, "ok" }, { ACT_DONE, "done" },
	{ ACT_BAD, "bad" }, { ACT_DIE, "die" }, { ACT_RESET, "reset" },
};

/* What a whole control comes to is written as "success=ok 12=done *=bad": the
 * exceptions, by word or number, then all the others. */
static enum action
wanted(const char *want, int code, uint32_t *jump)
{
	char number[8], *copy = strdup(want), *save = NULL;
	enum action found = ACT_BAD;

	snprintf(number, sizeof number, "%d", code);
	for (char *pair = strtok_r(copy, " ", &save); pair;
	    pair = strtok_r(NULL, " ", &save)) {
		char *act = strchr(pair, '=');

		*act++ = '\0';
		if (strcmp(pair, words[code]) != 0 &&
		    strcmp(pair, number) != 0 && strcmp(pair, "*") != 0)
			continue;
		*jump = (uint32_t)strtoul(act, NULL, 10);
		found = ACT_JUMP;
		for (size_t i = 0; !*jump && i < COUNT(actions); i++)
			if (strcmp(act, actions[i].word) == 0)
				found = actions[i].action;
		break;
	}
	free(copy);
	return found;
}

static void
compare(const char *label, const char *want, const struct control *c)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		uint32_t jump = 0;
		char what[160];

		snprintf(what, sizeof what, "%.120s: %s", label, words[code]);
		CHECK_INT(what, wanted(want, code, &jump), c->action[code]);
		CHECK_INT(what, jump, c->jump[code]);
	}
}

#define BAD "*=bad"
#define PLAIN "success=ok new_authtok_reqd=ok ignore=ignore"
#define FINAL "success=done new_authtok_reqd=done ignore=ignore"

/* C-27; binding of Q-1, definitive of O-1. */
static const struct {
	const char *word;
	enum control_kind kind;
	const char *want;
} keywords[] = {
	{ "required", CONTROL_ACTIONS, PLAIN " *=bad" },
	{ "requisite", CONTROL_ACTIONS, PLAIN " *=die" },
	{ "sufficient", CONTROL_ACTIONS, FINAL " *=ignore" },
	{ "optional", CONTROL_ACTIONS, PLAIN " *=ignore" },
	{ "binding", CONTROL_ACTIONS, FINAL " *=bad" },
	{ "definitive", CONTROL_ACTIONS, FINAL " *=die" },
	{ "include", CONTROL_INCLUDE, BAD },
	{ "substack", CONTROL_SUBSTACK, BAD },
};

/* In any mixture of upper and lower case: C-25. */
static void
check_keywords(void)
{
	for (size_t i = 0; i < COUNT(keywords) * 4; i++) {
		const size_t row = i / 4;
		char word[16] = "";
		enum control_kind kind;
		struct control c;
		const char *rest;

		for (size_t k = 0; keywords[row].word[k]; k++)
			word[k] = (char)((i >> (k % 2)) % 2 ?
			    toupper(keywords[row].word[k]) :
			    keywords[row].word[k]);
		CHECK_INT(word, CONTROL_FINE,
		    control_parse(word, &kind, &c, &rest));
		CHECK_INT(word, keywords[row].kind, kind);
		compare(word, keywords[row].want, &c);
	}
}

/* C-29: each value with each action, alone. */
static void
check_pairs(void)
{
	for (size_t i = 0; i < CODE_COUNT * COUNT(actions); i++) {
		char word[64], want[80];
		enum control_kind kind;
		struct control c;
		const char *rest;

		snprintf(word, sizeof word, "%s=%s",
		    words[i % CODE_COUNT], actions[i / CODE_COUNT].word);
		snprintf(want, sizeof want, "%s *=bad", word);
		CHECK_INT(word, CONTROL_FINE,
		    control_parse(word, &kind, &c, &rest));
		CHECK_INT(word, CONTROL_ACTIONS, kind);
		compare(word, want, &c);
	}
}

static const struct {
	const char *label, *word, *want;
} lists[] = {
	{ "what is not named is bad, ignore as well: C-30",
	  "success=ok", "success=ok *=bad" },
	{ "an empty list: all is bad", "", BAD },
	{ "a list of blanks", " \t", BAD },
	{ "default fills the rest",
	  "success=ok default=die", "success=ok *=die" },
	{ "from the front as well", "default=die success=ok",
	  "success=ok *=die" },
	{ "a second default does nothing",
	  "default=ignore default=ok", "*=ignore" },
	{ "also for what was set between",
	  "default=ignore success=ok default=bad", "success=ok *=ignore" },
	{ "of a value named twice the last wins",
	  "success=ok success=done", "success=done *=bad" },
	{ "a jump that is taken back leaves no figure",
	  "success=3 success=ok", "success=ok *=bad" },
	{ "nor does one of a default",
	  "default=2 auth_err=die", "auth_err=die *=2" },
	{ "blanks around the sign: C-28",
	  "success = ok default\t=\nbad", "success=ok *=bad" },
	{ "every kind of blank", " success\v=\fok\rdefault=bad ",
	  "success=ok *=bad" },
	{ "a jump", "success=1 default=ignore", "success=1 *=ignore" },
	{ "the longest", "success=2147483647", "success=2147483647 *=bad" },
	{ "leading zeros", "success=0002", "success=2 *=bad" },
	{ "many leading zeros",
	  "success=00000000000000000000000000000000000000000002",
	  "success=2 *=bad" },
	{ "a jump for all", "default=7", "*=7" },
	{ "the old names of required",
	  "success=ok new_authtok_reqd=ok ignore=ignore default=bad",
	  PLAIN " *=bad" },
	{ "as Debian writes it", "success=1 default=ignore",
	  "success=1 *=ignore" },
	{ "and for accounts", "success=1 new_authtok_reqd=done default=ignore",
	  "success=1 new_authtok_reqd=done *=ignore" },
};

static void
check_lists(void)
{
	for (size_t i = 0; i < COUNT(lists); i++) {
		enum control_kind kind;
		struct control c;
		const char *rest;

		CHECK_INT(lists[i].label, CONTROL_FINE,
		    control_parse(lists[i].word, &kind, &c, &rest));
		CHECK_INT(lists[i].label, CONTROL_ACTIONS, kind);
		compare(lists[i].label, lists[i].want, &c);
	}
}

/* rest: where the fault begins. All is bad then (C-31), but where pairs are
 * only glued together (C-28). */
static const struct {
	const char *word;
	enum control_fault fault;
	const char *rest, *want;
} faults[] = {
	{ "bogus", CONTROL_VALUE, "bogus", BAD },
	{ "require", CONTROL_VALUE, "require", BAD },
	{ "requiredd", CONTROL_VALUE, "requiredd", BAD },
	{ "required ", CONTROL_VALUE, "required ", BAD },
	{ "required=ok", CONTROL_VALUE, "required=ok", BAD },
	{ "includes", CONTROL_VALUE, "includes", BAD },
	{ "Success=ok", CONTROL_VALUE, "Success=ok", BAD },
	{ "DEFAULT=ok", CONTROL_VALUE, "DEFAULT=ok", BAD },
	{ "success=ok,default=bad", CONTROL_VALUE, ",default=bad", BAD },
	{ "success=ok; default=bad", CONTROL_VALUE, "; default=bad", BAD },
	{ "=ok", CONTROL_VALUE, "=ok", BAD },
	{ "authtok_recovery_err=ok", CONTROL_VALUE,
	  "authtok_recovery_err=ok", BAD },
	{ "pam_success=ok", CONTROL_VALUE, "pam_success=ok", BAD },
	{ "0=ok", CONTROL_VALUE, "0=ok", BAD },
	{ "success=ok \x80=ok", CONTROL_VALUE, "\x80=ok", BAD },

	{ "success", CONTROL_EQUALS, "", BAD },
	{ "success ok", CONTROL_EQUALS, "ok", BAD },
	{ "successful=ok", CONTROL_EQUALS, "ful=ok", BAD },
	{ "default:ok", CONTROL_EQUALS, ":ok", BAD },
	{ "success=ok default", CONTROL_EQUALS, "", BAD },

	{ "success=", CONTROL_ACTION, "", BAD },
	{ "success= ", CONTROL_ACTION, "", BAD },
	{ "success==ok", CONTROL_ACTION, "=ok", BAD },
	{ "success=OK", CONTROL_ACTION, "OK", BAD },
	{ "success=jump", CONTROL_ACTION, "jump", BAD },
	{ "success=required", CONTROL_ACTION, "required", BAD },
	{ "success=-1", CONTROL_ACTION, "-1", BAD },
	{ "success=+1", CONTROL_ACTION, "+1", BAD },
	{ "success=ok default=o", CONTROL_ACTION, "o", BAD },
	{ "success=\xff", CONTROL_ACTION, "\xff", BAD },

	{ "success=0", CONTROL_JUMP, "0", BAD },
	{ "success=000", CONTROL_JUMP, "000", BAD },
	{ "success=2147483648", CONTROL_JUMP, "2147483648", BAD },
	/* Which would be 1 for whoever counts in 32, or in 64 bits. */
	{ "success=4294967297", CONTROL_JUMP, "4294967297", BAD },
	{ "success=18446744073709551617", CONTROL_JUMP,
	  "18446744073709551617", BAD },
	{ "success=99999999999999999999999999999999", CONTROL_JUMP,
	  "99999999999999999999999999999999", BAD },

	{ "success=okdefault=ignore", CONTROL_GLUED, "default=ignore",
	  "success=ok *=ignore" },
	{ "success=1default=bad", CONTROL_GLUED, "default=bad",
	  "success=1 *=bad" },
	{ "success=donedefault=dieignore=ok", CONTROL_GLUED,
	  "default=dieignore=ok", "success=done ignore=ok *=die" },
	{ "success=okk", CONTROL_VALUE, "k", BAD },
	{ "success=1x", CONTROL_VALUE, "x", BAD },
	{ "success=okdefault=no", CONTROL_ACTION, "no", BAD },
};

static void
check_faults(void)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		enum control_kind kind;
		struct control c;
		const char *rest;

		CHECK_INT(faults[i].word, faults[i].fault,
		    control_parse(faults[i].word, &kind, &c, &rest));
		CHECK_INT(faults[i].word, CONTROL_ACTIONS, kind);
		CHECK_STR("the fault begins at", faults[i].rest, rest);
		compare(faults[i].word, faults[i].want, &c);
	}
}

int
main(void)
{
	check_keywords();
	check_pairs();
	check_lists();
	check_faults();
	for (size_t i = 0; i < COUNT(actions); i++)
		CHECK_STR("an action's word", actions[i].word,
		    action_word(actions[i].action));
	return TEST_RESULT();
}
