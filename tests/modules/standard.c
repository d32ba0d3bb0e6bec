/* SPDX-License-Identifier: BSD-2-Clause */
/* What every module keeps to, read from its note and tried through libpam,
 * without a line from its author. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "check.h"
#include "modkit/note.h"
#include "pamtest.h"
#include "state.h"
#include "talk.h"

#define MODULE_MAX (64 << 20)

static const struct {
	enum pamtest_do what;
	const char *type;
	unsigned bit;
	const char *symbol;
} entries[] = {
	{ PAMTEST_AUTH, "auth", NOTE_AUTH, "pam_sm_authenticate" },
	{ PAMTEST_CRED, "auth", NOTE_CRED, "pam_sm_setcred" },
	{ PAMTEST_ACCOUNT, "account", NOTE_ACCOUNT, "pam_sm_acct_mgmt" },
	{ PAMTEST_OPEN, "session", NOTE_OPEN, "pam_sm_open_session" },
	{ PAMTEST_CLOSE, "session", NOTE_CLOSE, "pam_sm_close_session" },
	{ PAMTEST_CHANGE, "password", NOTE_PASSWORD, "pam_sm_chauthtok" },
};

static const char *module;
static struct note note;

static pam_handle_t *
start(size_t entry, const char *args, const char *user, struct talker *t)
{
	const struct pam_conv conv = { talk_converse, t };
	pam_handle_t *pamh = NULL;
	char policy[512];

	snprintf(policy, sizeof policy, PAMTEST_ENTRY, entries[entry].type,
	    args);
	if (!pamtest_policy("pamtest", policy, module) ||
	    pam_start_confdir("pamtest", user, &conv, pamtest_confdir(),
		&pamh) != PAM_SUCCESS)
		exit(1);
	pamtest_log_clear();
	return pamh;
}

static int
answer(size_t entry, const char *args, const char *user)
{
	struct talker t = { .talk = &talks[0] };
	pam_handle_t *pamh = start(entry, args, user, &t);
	const int rc = pamtest_do(pamh, entries[entry].what, 0);

	pam_end(pamh, rc);
	return rc;
}

/* Each check in a process and world of its own. */
static void
apart(void (*check)(size_t entry), size_t entry)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		check_bad = 0;
		pamtest_world();
		check(entry);
		exit(check_bad != 0);
	}
	CHECK(entries[entry].symbol,
	    pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
}

static void
check_served(size_t entry)
{
	const bool served = note.entries & entries[entry].bit;
	const int rc = answer(entry, "", "root");
	char refusal[64];

	snprintf(refusal, sizeof refusal, "has no %s", entries[entry].symbol);
	CHECK(entries[entry].symbol, rc == PAM_MODULE_UNKNOWN || served);
	CHECK(entries[entry].symbol, !strstr(pamtest_log(), refusal) == served);
}

static void
check_unknown(size_t entry)
{
	static const char word[] = "no-such-option=1";
	const bool free_words = note.traits & NOTE_WORDS;
	const int without = answer(entry, "", "root");

	if (free_words)
		return;
	CHECK_INT("an unknown option does not change the answer", without,
	    answer(entry, word, "root"));
	CHECK("an unknown option is logged",
	    !(note.entries & entries[entry].bit) ||
		strstr(pamtest_log(), word));
}

/* A value that the option must like, in the form of a word. */
static void
good_word(const struct opt *o, char *word, size_t size)
{
	switch (o->kind) {
	case OPT_KIND_FLAG:
	case OPT_KIND_OFF:
	case OPT_KIND_END:
		snprintf(word, size, "%s", o->name);
		break;
	case OPT_KIND_STR:
		snprintf(word, size, "%s=%s", o->name,
		    *o->text ? o->text : "/nonexistent/value");
		break;
	case OPT_KIND_INT:
	case OPT_KIND_OCTAL:
		snprintf(word, size, "%s=%s", o->name,
		    *o->text ? o->text : "0");
		break;
	case OPT_KIND_ENUM:
		snprintf(word, size, "%s=%s", o->name, o->words->name);
		break;
	}
}

static bool
complained(const char *name)
{
	char told[128];

	snprintf(told, sizeof told, "option %s: wants", name);
	return strstr(pamtest_log(), told) ||
	    strstr(pamtest_log(), "unknown option");
}

static void
check_options(size_t entry)
{
	char word[256];

	if (!(note.entries & entries[entry].bit))
		return;
	for (const struct opt *o = note.options; o->name; o++) {
		good_word(o, word, sizeof word);
		answer(entry, word, "root");
		CHECK(word, !complained(o->name));
		if (o->kind < OPT_KIND_INT)
			continue;
		snprintf(word, sizeof word, "%s=?", o->name);
		answer(entry, word, "root");
		CHECK(word, complained(o->name));
	}
}

static void
check_state(size_t entry)
{
	static const char *const users[] = { "root", "nobody",
		"no-such-user" };

	/* The first look-ups and the first message load what they need. */
	answer(entry, "", "root");
	for (size_t i = 0; i < COUNT(users); i++) {
		struct talker t = { .talk = &talks[0] };
		pam_handle_t *pamh = start(entry, "", users[i], &t);
		struct state before, after;
		const char *changed;

		state_take(&before);
		pamtest_do(pamh, entries[entry].what, 0);
		state_take(&after);
		pam_end(pamh, PAM_SUCCESS);
		changed = state_differs(&before, &after, note.changes);
		CHECK_STR("left changed", NULL, changed);
		state_free(&before);
		state_free(&after);
	}
}

static void
check_talks(size_t entry)
{
	for (size_t i = 0; i < talks_count; i++) {
		struct talker t = { .talk = &talks[i] };
		pam_handle_t *pamh = start(entry, "", NULL, &t);
		const int rc = pamtest_do(pamh, entries[entry].what, 0);

		pam_end(pamh, rc);
		if (t.asked && talks[i].failure)
			CHECK(talks[i].name,
			    rc != PAM_SUCCESS && rc != PAM_MODULE_UNKNOWN);
	}
}

static void
check_file(void)
{
	_drop_(freep) char *name = strdup(text_base(module));
	void *handle = dlopen(module, RTLD_NOW | RTLD_LOCAL);
	char *dot = strrchr(name, '.');

	CHECK("the module loads", handle);
	if (!handle)
		printf("%s\n", dlerror());
	for (size_t i = 0; handle && i < COUNT(entries); i++)
		CHECK(entries[i].symbol, dlsym(handle, entries[i].symbol));
	if (dot)
		*dot = '\0';
	CHECK_STR("the note has the module's name", name, note.name);
	CHECK("the note says what it does", *note.what);
	for (const struct opt *o = note.options; o->name; o++)
		CHECK(o->name, *o->name && *o->help);
	if (handle)
		dlclose(handle);
}

static bool
read_note(char **bytes)
{
	_drop_(closep) int fd = file_open(AT_FDCWD, module, NULL);
	const void *desc;
	size_t size, len;

	if (fd < 0 || file_slurp(fd, MODULE_MAX, bytes, &size) < 0 ||
	    note_find(*bytes, size, &desc, &len) < 0)
		return false;
	return note_read(desc, len, &note) == 0;
}

int
main(int argc, char **argv)
{
	static void (*const checks[])(size_t) = { check_served, check_unknown,
		check_options, check_state, check_talks };
	_drop_(freep) char *bytes = NULL;

	if (argc != 2)
		return 2;
	module = argv[1];
	if (!read_note(&bytes)) {
		printf("%s: no note that can be read\n", module);
		return 1;
	}
	pamtest_confdir();
	check_file();
	for (size_t i = 0; i < COUNT(checks); i++)
		for (size_t entry = 0; entry < COUNT(entries); entry++)
			apart(checks[i], entry);
	note_free(&note);
	return TEST_RESULT();
}
