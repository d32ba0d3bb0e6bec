/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes at all make a policy, and one that can be walked: CVE-2009-0887. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "policy/test_show.h"

/* What a byte is in a word: c stands where %c does. */
static const struct {
	const char *line, *want;
	const char *except;	/* bytes that mean something there */
} bytes[] = {
	{ "auth required m%c.so", "auth svc:1 required m%c.so\n", "/" },
	{ "auth required a.so %c", "auth svc:1 required a.so %c\n", "\r" },
	{ "auth required a.so x%cy", "auth svc:1 required a.so x%cy\n", "" },
	{ "aut%c required a.so", "auth svc:1 required (refuse)\n"
	  "! illegal module type: aut%c at svc:1\n", "hH" },
	{ "%cauth required a.so", "auth svc:1 required (refuse)\n"
	  "! illegal module type: %cauth at svc:1\n", "-" },
	{ "auth require%c a.so", "auth svc:1 (bad bad bad) a.so\n! pam_parse: "
	  "expecting return value; [...require%c] at svc:1\n", "dD" },
	{ "auth include %c", "auth svc:1 (bad bad bad) (refuse)\n"
	  "! _pam_load_conf_file: unable to open config for %c: "
	  "No such file or directory at svc:1\n", "\r" },
};

static void
put(char *to, const char *format, char c)
{
	for (; *format; format++) {
		const bool here = strncmp(format, "%c", 2) == 0;

		*to++ = here ? c : *format;
		format += here;
	}
	*to = '\0';
}

static void
check_byte(size_t row, char c)
{
	struct text texts[TEXTS] = { { "other", "", 0, 0 } };
	_drop_(freep) char *got = NULL;
	char line[64], want[160];

	put(line, bytes[row].line, c);
	put(want, bytes[row].want, c);
	texts[1] = (struct text){ "svc", line, 0, 0 };
	got = show_parsed(texts, "svc", NULL);
	CHECK_STR(bytes[row].line, want, got);
}

static void
check_bytes(void)
{
	for (size_t i = 0; i < 255 * COUNT(bytes); i++) {
		const char c = (char)(1 + i % 255);

		if (!strchr(" \t\n#[\\", c) &&
		    !strchr(bytes[i / 255].except, c))
			check_byte(i / 255, c);
	}
}

static uint32_t seed = 1;

static uint32_t
any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

/* Pieces of policies; with few of the first, files do not multiply. */
static const char *const pieces[] = {
	"include inc\n", "substack inc\n", "@include inc\n", "auth ",
	"account ", "session ", "password ", "required ", "optional ",
	"sufficient ", "pam_a.so ", "/lib/x.so ", "?", ".so ", "-", "\n", "\n",
	"\n", "\\", "\\\n", "#", "[", "]", "[success=ok default=die] ", "=",
	"success", "default", "ignore", "1", "2147483647", "0", " ", "\t",
	"\r", "\xff", "\x80", "bogus ", "auth required pam_b.so x\n",
};

#define NUL_PIECE COUNT(pieces)

static size_t
any_text(char *text, uint32_t first)
{
	const uint32_t n = any(40);
	size_t len = 0;

	for (uint32_t i = 0; i < n; i++) {
		const size_t piece = first + any(NUL_PIECE + 1 - first);
		const size_t size = piece == NUL_PIECE ? 1 :
		    strlen(pieces[piece]);

		memcpy(text + len, piece == NUL_PIECE ? "" : pieces[piece],
		    size);
		len += size;
	}
	text[len] = '\0';
	return len;
}

/* What whoever walks a chain relies on. */
static bool
walkable(const struct entry *e)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		if (e->action[code] > ACT_JUMP ||
		    (e->action[code] == ACT_JUMP &&
		    (!e->jump || e->jump[code] == 0)))
			return false;
	}
	if (!e->at.file || !e->at.line || e->depth > 15)
		return false;
	return e->kind != ENTRY_MODULE || (e->module && *e->module &&
	    e->name && *e->name && e->argv && !e->argv[e->argc]);
}

/* A file that breaks off, or has a module without a name, refuses: nothing
 * that is wrong is passed over in silence. */
static void
check_policy(const struct policy *p)
{
	bool refuses = p->refused;

	for (size_t f = 0; f < FAC_COUNT; f++) {
		for (size_t i = 0; i < p->chain[f].count; i++) {
			const struct entry *e = &p->chain[f].entry[i];

			CHECK("it can be walked", walkable(e));
			refuses |= e->kind == ENTRY_REFUSE ||
			    e->action[0] == ACT_BAD;
		}
	}
	for (size_t i = 0; i < p->faults; i++) {
		CHECK("a refusal stands for each error", refuses ||
		    fault_severity(p->fault[i].kind) == SEVERITY_NOTE);
	}
}

static void
check_random(void)
{
	char own[2000], inc[2000];
	struct text texts[TEXTS] = { { "svc", own, 0, 0 },
		{ "inc", inc, 0, 0 }, { "other", "", 0, 0 } };
	const struct policy_source source = { show_read, texts, NULL };

	for (int i = 0; i < 5000; i++) {
		_drop_(freep) char *shown = NULL;
		struct policy *p = NULL;

		texts[0].len = any_text(own, 0);
		texts[1].len = any_text(inc, 3);
		CHECK_INT("it is made", 0, policy_parse(&source, "svc",
		    POLICY_COMMENTS, &p));
		check_policy(p);
		shown = show_policy(p);
		policy_free(p);
	}
}

int
main(void)
{
	check_bytes();
	check_random();
	return TEST_RESULT();
}
