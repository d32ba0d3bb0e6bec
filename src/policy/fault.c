/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/fault.h"

#include <stdio.h>
#include <string.h>

#define WORD_MAX 200		/* bytes of it that are shown */

/* The texts that administrators and their log rules know: L-6, L-7. */
static const struct {
	const char *text;	/* %s: the word */
	enum severity severity;
} kinds[] = {
	[FAULT_TYPE] = { "illegal module type: %s", SEVERITY_ERROR },
	[FAULT_NO_CONTROL] = { "no control behind: %s", SEVERITY_ERROR },
	[FAULT_NO_MODULE] = { "no module name behind: %s", SEVERITY_ERROR },
	[FAULT_GLUED] = { "pam_parse: blank missing between pairs; [...%s]",
	    SEVERITY_NOTE },
	[FAULT_CR] = { "lines end in a carriage return, which belongs to "
	    "their last word: %s", SEVERITY_NOTE },
	[FAULT_VALUE] = { "pam_parse: expecting return value; [...%s]",
	    SEVERITY_ERROR },
	[FAULT_EQUALS] = { "pam_parse: expecting '='; [...%s]",
	    SEVERITY_ERROR },
	[FAULT_ACTION] = { "pam_parse: expecting action; [...%s]",
	    SEVERITY_ERROR },
	[FAULT_JUMP] = { "pam_parse: jump out of range; [...%s]",
	    SEVERITY_ERROR },
	[FAULT_NO_FILE] = { "no file name behind: %s", SEVERITY_ERROR },
	[FAULT_INCLUDE] = {
	    "_pam_load_conf_file: unable to open config for %s",
	    SEVERITY_ERROR },
	[FAULT_DEPTH] = { "maximum level of inclusions reached at: %s",
	    SEVERITY_ERROR },
	[FAULT_UNFINISHED] = {
	    "error reading PAM configuration file: it ends in a line that "
	    "should go on: %s", SEVERITY_ERROR },
	[FAULT_MODULE_NAME] = { "module name without a name: %s",
	    SEVERITY_ERROR },
	[FAULT_UNREADABLE] = {
	    "error reading PAM configuration file: service %s",
	    SEVERITY_FATAL },
	[FAULT_TOO_LARGE] = { "too many entries at: %s", SEVERITY_FATAL },
	[FAULT_NO_OTHER] = {
	    "_pam_init_handlers: no default config %s", SEVERITY_NOTE },
	[FAULT_NO_POLICY] = { "no policy for service: %s", SEVERITY_FATAL },
};

enum severity
fault_severity(enum fault_kind kind)
{
	return kinds[kind].severity;
}

static void
append(char *text, size_t size, const char *format, const char *word)
{
	const size_t have = strlen(text);

	/* The formats are those of the table above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text + have, size - have, format, word);
#pragma GCC diagnostic pop
}

void
fault_text(const struct fault *f, char *text, size_t size)
{
	char word[WORD_MAX + 1], line[24];

	/* However long the word is, its place is told. */
	snprintf(word, sizeof word, "%s", f->word);
	text[0] = '\0';
	append(text, size, kinds[f->kind].text, word);
	if (f->err)
		append(text, size, ": %s", strerrordesc_np(f->err));
	if (!f->at.file)
		return;
	append(text, size, " at %s", f->at.file);
	snprintf(line, sizeof line, ":%u", f->at.line);
	if (f->at.line)
		append(text, size, "%s", line);
}
