/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/usher_conf.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/drop.h"
#include "base/file.h"
#include "base/number.h"
#include "pamctl/pamctl.h"
#include "policy/lex.h"
#include "record/life.h"

#define CONF_MAX 65536
#define KEY "detached-max"

/* The value of the line, if it is this key's. */
static void
read_line(struct arena *a, struct line *line, unsigned long long *out)
{
	const unsigned number = line->number;
	struct word key, word;
	const char *text;
	long long value;

	if (!lex_word(line, &key) || !word_is(&key, KEY))
		return;
	text = lex_word(line, &word) ? word_copy(a, &word) : "nothing";
	if (text && !lex_word(line, &word) &&
	    number_read(text, 10, 1, UINT32_MAX, &value) == 0)
		*out = (unsigned long long)value;
	else
		fail(0, "usher.conf:%u: bad value for " KEY ": %s", number,
		    text ? text : "out of memory");
}

static int
read_conf(char **text)
{
	const int rc = file_read("/etc/security/usher.conf", CONF_MAX, text);

	return rc == -ENOENT ? file_read(VENDORDIR "/security/usher.conf",
	    CONF_MAX, text) : rc;
}

unsigned long long
usher_conf_detached_max(void)
{
	_drop_(arena_free) struct arena arena = { 0 };
	_drop_(freep) char *text = NULL;
	unsigned long long value = LIFE_DETACHED_MAX;
	struct lexer lexer;
	struct line line;
	const int rc = read_conf(&text);

	if (rc < 0 && rc != -ENOENT)
		fail(0, "usher.conf: %s", strerrordesc_np(-rc));
	if (rc < 0)
		return value;
	lex_begin(&lexer, text, strlen(text));
	while (lex_line(&lexer, &line) == LEX_LINE)
		read_line(&arena, &line, &value);
	lex_end(&lexer);
	return value;
}
