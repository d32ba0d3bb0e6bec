/* SPDX-License-Identifier: BSD-2-Clause */
/* The lines of usher.conf: whatever they are, the library gets settings that it
 * can go by, and a line of the log for each that is wrong. */
#include <stdarg.h>
#include <stdbool.h>

#include <security/pam_ext.h>

#include "libpam/conf.h"
#include "libpam/settings.h"
#include "target.h"

static size_t complaints;

/* In the place of the library's. */
__attribute__((visibility("default"))) void
pam_syslog(const pam_handle_t *pamh, int priority, const char *fmt, ...)
{
	char line[256];
	va_list args;

	(void)pamh;
	(void)priority;
	va_start(args, fmt);
	vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	PROMISE("a complaint tells where", strstr(line, "fuzz:") ||
	    strlen(line) == sizeof line - 1);
	complaints++;
}

static void
check_list(const char *const *list, bool paths)
{
	PROMISE("there is a list", list);
	for (; *list; list++)
		PROMISE("a directory is where the whole system has it",
		    !paths || **list == '/');
}

static void
check(const struct conf *conf)
{
	PROMISE("a known trust", conf->trust <= TRUST_STRICT);
	PROMISE("known events", conf->events <= EVENTS_NO);
	PROMISE("some time is allowed", conf->detached_max > 0);
	PROMISE("modules are somewhere", *conf->module_path);
	check_list(conf->module_path, true);
	check_list(conf->unload, false);
	check_list(conf->self_closing, false);
	check_list(conf->trace, false);
	check_list(conf->keep_tokens, false);
	check_list(conf->rollback_except, false);
	check_list(conf->login_records, false);
}

static size_t
lines_of(const uint8_t *data, size_t size)
{
	size_t lines = 1;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	return lines;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char path[] = "fuzz";
	struct conf conf = { .text = { .path = path, .len = size } };

	conf.text.bytes = exactly(data, size);
	complaints = 0;
	settings_defaults(&conf);
	PROMISE("any text is read to its end", settings_read(&conf) == 0);
	PROMISE("a line is complained of once",
	    complaints <= lines_of(data, size));
	check(&conf);
	arena_free(&conf.arena);
	free(conf.text.bytes);
	return 0;
}
