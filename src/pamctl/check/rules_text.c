/* SPDX-License-Identifier: BSD-2-Clause */
/* What cannot be read as it stands, in the words that the library logs. */
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/check/families.h"
#include "pamctl/check/ignore.h"

static const struct {
	enum fault_kind kind;
	const char *code;
} kinds[] = {
	{ FAULT_TYPE, "bad-line" },
	{ FAULT_NO_CONTROL, "bad-line" },
	{ FAULT_NO_MODULE, "bad-line" },
	{ FAULT_NO_FILE, "bad-line" },
	{ FAULT_MODULE_NAME, "bad-line" },
	{ FAULT_VALUE, "bad-control" },
	{ FAULT_EQUALS, "bad-control" },
	{ FAULT_ACTION, "bad-control" },
	{ FAULT_JUMP, "bad-control" },
	{ FAULT_GLUED, "glued-pairs" },
	{ FAULT_INCLUDE, "bad-include" },
	{ FAULT_DEPTH, "bad-include" },
	{ FAULT_UNFINISHED, "bad-file" },
	{ FAULT_UNREADABLE, "bad-file" },
	{ FAULT_TOO_LARGE, "bad-file" },
	{ FAULT_NO_OTHER, "no-other" },
	{ FAULT_NO_POLICY, "no-policy" },
};

static bool
is_for(const struct rule *rule, const struct fault *f)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (kinds[i].kind == f->kind)
			return strcmp(kinds[i].code, rule->code) == 0;
	}
	return false;
}

static void
look(struct scene *s)
{
	const struct policy *p = s->service->policy;

	for (size_t i = 0; i < p->faults; i++) {
		struct fault f = p->fault[i];
		const struct place at = f.at.file ? f.at :
		    service_place(s->service);
		char text[512];

		if (!is_for(s->rule, &f))
			continue;
		f.at.file = NULL;
		fault_text(&f, text, sizeof text);
		found(s, at, "%s", text);
	}
}

static void
check_codes(struct scene *s, const struct comment *c, const char *codes)
{
	const char *end = codes + strcspn(codes, " \t");

	while (codes < end) {
		const size_t len = strcspn(codes, ", \t");

		/* Of profiles the one that is meant need not be read now. */
		if (!text_after(codes, "PROFILE-") && !rule_named(codes, len))
			found(s, c->at, "there is no code \"%.*s\" to ignore",
			    (int)len, codes);
		codes += len + (codes[len] == ',');
	}
}

static void
look_at_comments(struct scene *s)
{
	const struct policy *p = s->service->policy;

	for (size_t i = 0; i < p->comments; i++) {
		const char *codes = ignore_codes(p->comment[i].text);

		if (codes)
			check_codes(s, &p->comment[i], codes);
	}
}

const struct rule rules_text[] = {
	{ "bad-line", LEVEL_ERROR, SCOPE_SERVICE, look,
	  "a line lacks a column, or its type is none",
	  "A line consists of type, control, module and arguments. One whose "
	  "type nobody knows does not disappear: it becomes a refusal in the "
	  "auth stack, and is missing where it was meant to be. A line without "
	  "control or module refuses as well. Correct the word that the "
	  "message ends with, or the one behind it." },
	{ "bad-control", LEVEL_ERROR, SCOPE_SERVICE, look,
	  "the control of a line is not understood",
	  "The control is a keyword (required, requisite, sufficient, "
	  "optional, include, substack, binding, definitive) or a list in "
	  "brackets of pairs as success=ok. With a word in it that is not "
	  "understood the module is asked, and whatever it answers counts as a "
	  "failure: the stack refuses everybody who comes this way. The "
	  "message shows the list from where it is wrong." },
	{ "glued-pairs", LEVEL_WARNING, SCOPE_SERVICE, look,
	  "two pairs of a control stand without a blank between them",
	  "The list means what it seems to mean, but only as no action is the "
	  "beginning of another; readers and other programs are likely to take "
	  "it otherwise. Put a blank between the pairs." },
	{ "bad-include", LEVEL_ERROR, SCOPE_SERVICE, look,
	  "what is to be included cannot be read",
	  "In the place of a file that cannot be included stands a refusal, so "
	  "that nobody gets in because lines are missing. Usual reasons are a "
	  "misspelt name, a package that is not installed, and files that "
	  "include each other. Files are looked for in all the directories of "
	  "policies; a name that begins with a slash is taken as it is." },
	{ "bad-file", LEVEL_ERROR, SCOPE_SERVICE, look,
	  "a policy cannot be used at all",
	  "The file is there and cannot be used: it is a directory or device, "
	  "may not be read, is larger than any policy, or ends in the middle "
	  "of a line (behind a backslash). No program can begin anything with "
	  "this service. No other file takes its place, as that might be a "
	  "weaker one." },
	{ "no-other", LEVEL_NOTE, SCOPE_SERVICE, look,
	  "there is no policy \"other\" for what the service leaves out",
	  "A stack of which the service has no line is taken from the policy "
	  "\"other\". Without that one, too, whatever belongs to the stack is "
	  "refused. That is safe, but programs may not expect it; a policy "
	  "\"other\" that refuses and warns says the same in the log." },
	{ "no-policy", LEVEL_ERROR, SCOPE_SERVICE, look,
	  "the service has no policy, and there is no \"other\"",
	  "No program can begin anything with this service. Write a policy for "
	  "it, or at least one named \"other\" that refuses." },
	{ "ignore-unknown", LEVEL_WARNING, SCOPE_SERVICE, look_at_comments,
	  "a comment asks to ignore a code that there is not",
	  "Comments as \"# pamctl: ignore CODE reason\" silence a finding. A "
	  "code that does not exist silences nothing: it is misspelt, or there "
	  "is a blank behind a comma of a list. pamctl check --list names "
	  "all." },
	{ .code = NULL },
};
