/* SPDX-License-Identifier: BSD-2-Clause */
/* What the log says of each fault: L-6, L-7, W-7. */
#include "policy/fault.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	struct fault fault;
	enum severity severity;
	const char *want;
} texts[] = {
	{ { FAULT_TYPE, { "f", 1 }, "x", 0 }, SEVERITY_ERROR,
	  "illegal module type: x at f:1" },
	{ { FAULT_NO_CONTROL, { "f", 2 }, "auth", 0 }, SEVERITY_ERROR,
	  "no control behind: auth at f:2" },
	{ { FAULT_NO_MODULE, { "f", 3 }, "required", 0 }, SEVERITY_ERROR,
	  "no module name behind: required at f:3" },
	{ { FAULT_GLUED, { "f", 4 }, "b=c", 0 }, SEVERITY_NOTE,
	  "pam_parse: blank missing between pairs; [...b=c] at f:4" },
	{ { FAULT_VALUE, { "f", 5 }, "x", 0 }, SEVERITY_ERROR,
	  "pam_parse: expecting return value; [...x] at f:5" },
	{ { FAULT_EQUALS, { "f", 6 }, "x", 0 }, SEVERITY_ERROR,
	  "pam_parse: expecting '='; [...x] at f:6" },
	{ { FAULT_ACTION, { "f", 7 }, "x", 0 }, SEVERITY_ERROR,
	  "pam_parse: expecting action; [...x] at f:7" },
	{ { FAULT_JUMP, { "f", 8 }, "0", 0 }, SEVERITY_ERROR,
	  "pam_parse: jump out of range; [...0] at f:8" },
	{ { FAULT_NO_FILE, { "f", 9 }, "include", 0 }, SEVERITY_ERROR,
	  "no file name behind: include at f:9" },
	{ { FAULT_INCLUDE, { "f", 10 }, "inc", EACCES }, SEVERITY_ERROR,
	  "_pam_load_conf_file: unable to open config for inc: "
	  "Permission denied at f:10" },
	{ { FAULT_DEPTH, { "f", 11 }, "inc", 0 }, SEVERITY_ERROR,
	  "maximum level of inclusions reached at: inc at f:11" },
	{ { FAULT_UNFINISHED, { "f", 12 }, "svc", 0 }, SEVERITY_ERROR,
	  "error reading PAM configuration file: it ends in a line that "
	  "should go on: svc at f:12" },
	{ { FAULT_MODULE_NAME, { "f", 4294967295 }, ".so", 0 },
	  SEVERITY_ERROR,
	  "module name without a name: .so at f:4294967295" },
	{ { FAULT_UNREADABLE, { "f", 0 }, "svc", EISDIR }, SEVERITY_FATAL,
	  "error reading PAM configuration file: service svc: "
	  "Is a directory at f" },
	{ { FAULT_CR, { "f", 1 }, "svc", 0 }, SEVERITY_NOTE,
	  "lines end in a carriage return, which belongs to their last word: "
	  "svc at f:1" },
	{ { FAULT_TOO_LARGE, { NULL, 0 }, "svc", 0 }, SEVERITY_FATAL,
	  "too many entries at: svc" },
	{ { FAULT_NO_OTHER, { NULL, 0 }, "other", 0 }, SEVERITY_NOTE,
	  "_pam_init_handlers: no default config other" },
	{ { FAULT_NO_POLICY, { NULL, 0 }, "svc", 0 }, SEVERITY_FATAL,
	  "no policy for service: svc" },
	{ { FAULT_TYPE, { "f", 1 }, "%n%s%s%s", 0 }, SEVERITY_ERROR,
	  "illegal module type: %n%s%s%s at f:1" },
};

/* A text is cut where the room ends, and never written beyond. */
static void
check_room(const struct fault *f, const char *want)
{
	for (size_t size = 1; size <= strlen(want) + 2; size++) {
		_drop_(freep) char *text = malloc(size);

		fault_text(f, text, size);
		CHECK("it ends", memchr(text, '\0', size));
		CHECK("it is the beginning",
		    strncmp(text, want, strlen(text)) == 0);
		CHECK("as much as fits", strlen(text) == size - 1 ||
		    strlen(text) == strlen(want));
	}
}

/* W-7: the place is told, however long the word is. */
static void
check_long_word(void)
{
	char word[4000], text[1024];
	struct fault f = { FAULT_TYPE, { "/etc/pam.d/svc", 7 }, word, 0 };

	memset(word, 'x', sizeof word - 1);
	word[sizeof word - 1] = '\0';
	fault_text(&f, text, sizeof text);
	CHECK("a long word leaves room for the place",
	    strstr(text, " at /etc/pam.d/svc:7"));
	CHECK("and the reason in front", strstr(text,
	    "illegal module type: xxx") == text);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		char text[512];

		fault_text(&texts[i].fault, text, sizeof text);
		CHECK_STR("text", texts[i].want, text);
		CHECK_INT(texts[i].want, texts[i].severity,
		    fault_severity(texts[i].fault.kind));
	}
	check_room(&texts[9].fault, texts[9].want);
	check_long_word();
	return TEST_RESULT();
}
