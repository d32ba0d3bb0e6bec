/* SPDX-License-Identifier: BSD-2-Clause */
/* What a module puts down comes back to it, in whatever process it closes; and
 * what cannot be put down is told. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

/* Words: "k=v" puts, "k" takes back or is not there, "k*9" is nine bytes, and
 * "!" in front makes it outlive a boot. */
static const struct deal {
	const char *label, *puts, *wants;
	int want;		/* of the last put */
	bool lasts;		/* something does */
} rows[] = {
	{ "one", "k=v", "k=v", PAM_SUCCESS, false },
	{ "none", "", "k", PAM_SUCCESS, false },
	{ "several", "a=1 b=2 c=", "a=1 b=2 c= d", PAM_SUCCESS, false },
	{ "the last counts", "k=1 k=2", "k=2", PAM_SUCCESS, false },
	{ "taken back", "k=1 k", "k", PAM_SUCCESS, false },
	{ "and put again", "k=1 k k=3", "k=3", PAM_SUCCESS, false },
	{ "more than there is room for", "k*9000", "k*9000", PAM_SUCCESS,
	  false },
	{ "a large one takes a small one's place", "k=1 k*9000", "k*9000",
	  PAM_SUCCESS, false },
	{ "a small one takes a large one's place", "k*9000 k=2", "k=2",
	  PAM_SUCCESS, false },
	{ "a large one taken back", "k*9000 k", "k", PAM_SUCCESS, false },
	{ "1 MiB", "k*1048576", "k*1048576", PAM_SUCCESS, false },
	{ "what outlives a boot", "!k=v", "k=v", PAM_SUCCESS, true },
	{ "and is put again", "!k=v !k=w", "k=w", PAM_SUCCESS, true },
	{ "or no longer has to", "!k=v k=w", "k=w", PAM_SUCCESS, true },
	{ "or is taken back", "!k=v k", "k", PAM_SUCCESS, true },
	{ "or was only here at first", "k=v !k=w", "k=w", PAM_SUCCESS, true },
	{ "beside what does not", "!k=v l*5000", "k=v l*5000", PAM_SUCCESS,
	  true },
};

static const struct deal *now;
static int last_code;		/* of the last put */
static char id[40];

/* The key, the value's text or NULL, of a word that is taken apart. */
struct word {
	char key[16];
	char *value;
	int flags;
};

static void
read_word(const char *text, struct word *w)
{
	const char *end = text + strcspn(text, " ");
	const char *mark;
	size_t n;

	*w = (struct word){ .flags = *text == '!' ? PAM_SESSION_PERSIST : 0 };
	text += *text == '!';
	mark = text + strcspn(text, "=* ");
	memcpy(w->key, text, (size_t)(mark - text));
	if (*mark == '=')
		w->value = strndup(mark + 1, (size_t)(end - mark - 1));
	if (*mark != '*')
		return;
	n = strtoul(mark + 1, NULL, 10);
	w->value = calloc(1, n + 1);
	memset(w->value, 'x', n);
}

static void
put_one(pam_handle_t *pamh, const struct word *w)
{
	last_code = pam_session_put(pamh, w->key, w->value, w->flags);
}

static void
want_one(pam_handle_t *pamh, const struct word *w)
{
	const char *value = NULL;
	const int rc = pam_session_get(pamh, w->key, &value);

	CHECK_INT(now->label, w->value ? PAM_SUCCESS : PAM_NO_MODULE_DATA, rc);
	CHECK(now->label, !w->value ? !value :
	    value && strcmp(w->value, value) == 0);
}

static void
each_word(const char *text, pam_handle_t *pamh,
    void (*fn)(pam_handle_t *pamh, const struct word *w))
{
	while (*text) {
		struct word w;

		read_word(text, &w);
		fn(pamh, &w);
		free(w.value);
		text += strcspn(text, " ");
		text += *text == ' ';
	}
}

/* Of two lines of this module only the first has anything. */
static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	const bool second = strcmp(call->argv[0], "2") == 0;
	const char *value;

	if (second) {
		CHECK_INT("another line's", PAM_NO_MODULE_DATA,
		    pam_session_get(pamh, "k", &value));
	} else if (strcmp(call->what, "open_session") == 0) {
		each_word(now->puts, pamh, put_one);
		each_word(now->wants, pamh, want_one);
	} else {
		each_word(now->wants, pamh, want_one);
	}
	return PAM_SUCCESS;
}

static pam_handle_t *
begin(void)
{
	rig.module = act;
	return rig_start("session required %M 1\nsession required %M 2\n",
	    "alice");
}

static void
check_here(void)
{
	pam_handle_t *pamh = begin();

	CHECK_INT(now->label, PAM_SUCCESS, pam_open_session(pamh, 0));
	CHECK_INT(now->label, now->want, last_code);
	CHECK_INT("what outlives a boot", now->lasts, place_count(STORE_UNDO));
	CHECK_INT(now->label, PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_INT("nothing does any more", 0, place_count(STORE_UNDO));
	rig_end(pamh);
}

static int
open_only(void *unused)
{
	const int bad = check_bad;

	(void)unused;
	pam_open_session(begin(), 0);
	return check_bad - bad;
}

static void
close_id(const char *label)
{
	pam_handle_t *pamh = begin();

	CHECK_INT(label, PAM_SUCCESS, pam_session_attach(pamh, id));
	CHECK_INT(label, PAM_SUCCESS, pam_close_session(pamh, 0));
	rig_end(pamh);
	CHECK_INT(label, 0, place_count(STORE_UNDO));
	CHECK_INT(label, 0, place_records());
}

static bool
open_elsewhere(const char *label)
{
	_drop_(record_file_free) struct record_file f = { 0 };

	CHECK_INT(label, 0, place_child(open_only, NULL));
	if (!place_record(STORE_SESSIONS, &f))
		return false;
	strcpy(id, f.record.id);
	return true;
}

/* After a boot the records are gone, and what outlived it is undone from the
 * other store, by those entries alone. */
static void
check_boot(void)
{
	static const struct deal row = { "after a boot", "!k=v l=w", "k=v",
		PAM_SUCCESS, true };
	char path[200];

	place_clear();
	now = &row;
	CHECK("opened", open_elsewhere(row.label));
	snprintf(path, sizeof path, STORE_SESSIONS "/1000/%s", id);
	rig_must(unlink(path) == 0, path);
	close_id(row.label);
	CHECK_STR("that entry alone", " 1.close_session", rig.called);
}

/* ---- What is refused ---- */

static int codes[8];

static int
ask_all(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *value = NULL;

	(void)call;
	codes[0] = pam_session_put(pamh, NULL, "v", 0);
	codes[1] = pam_session_put(pamh, "", "v", 0);
	codes[2] = pam_session_put(NULL, "k", "v", 0);
	codes[3] = pam_session_get(pamh, "k", NULL);
	codes[4] = pam_session_get(pamh, NULL, &value);
	codes[5] = pam_session_put(pamh, "k", "v", 0);
	codes[6] = pam_session_get(pamh, "k", &value);
	codes[7] = pam_session_put(pamh, "l", "v", PAM_SESSION_PERSIST);
	return PAM_SUCCESS;
}

static void
check_codes(const char *label, int put, int get, int persist)
{
	for (int i = 0; i < 5; i++)
		CHECK_INT(label, PAM_BAD_ITEM, codes[i]);
	CHECK_INT(label, put, codes[5]);
	CHECK_INT(label, get, codes[6]);
	CHECK_INT(label, persist, codes[7]);
	place_clear();
}

static void
check_refusals(void)
{
	pam_handle_t *pamh;

	place_clear();
	pamh = rig_start("auth required %M a\naccount required %M c\n"
	    "session required %M s\n", "alice");
	rig.module = ask_all;
	ask_all(pamh, NULL);
	check_codes("a program", PAM_BAD_ITEM, PAM_BAD_ITEM, PAM_BAD_ITEM);
	pam_authenticate(pamh, 0);
	check_codes("auth", PAM_BAD_ITEM, PAM_BAD_ITEM, PAM_BAD_ITEM);
	pam_setcred(pamh, 0);
	check_codes("setcred", PAM_BAD_ITEM, PAM_BAD_ITEM, PAM_BAD_ITEM);
	pam_acct_mgmt(pamh, 0);
	check_codes("account", PAM_BAD_ITEM, PAM_BAD_ITEM, PAM_BAD_ITEM);
	pam_open_session(pamh, 0);
	check_codes("session", PAM_SUCCESS, PAM_SUCCESS, PAM_SUCCESS);
	rig_end(pamh);

	pamh = rig_start("session required %M s\n", "alice");
	rig_must(rmdir(STORE_UNDO) == 0, "store to remove");
	pam_open_session(pamh, 0);
	CHECK("the log says so", rig_logged("l is not on record: "));
	check_codes("nowhere to outlive a boot", PAM_SUCCESS, PAM_SUCCESS,
	    PAM_SYSTEM_ERR);
	rig_end(pamh);

	rig_policy("usher.conf", "record no\n");
	pamh = rig_start("session required %M s\n", "alice");
	pam_open_session(pamh, 0);
	check_codes("no record: the handle remembers", PAM_SUCCESS,
	    PAM_SUCCESS, PAM_SYSTEM_ERR);
	rig_end(pamh);
	rig_policy("usher.conf", "");
}

/* Where the file system is full, what could not be put is not there, and what
 * was there before still is. */
static void
check_full(void)
{
	static const struct deal row = { "a full file system",
		"k=v l=w k*300000", "k=v l=w", PAM_SYSTEM_ERR, false };
	pam_handle_t *pamh;

	place_clear();
	rig_must(mount("none", STORE_SESSIONS, "tmpfs", 0,
	    "mode=0700,size=128k") == 0, "small file system");
	now = &row;
	pamh = begin();
	CHECK_INT(row.label, PAM_SUCCESS, pam_open_session(pamh, 0));
	CHECK_INT(row.label, PAM_SYSTEM_ERR, last_code);
	rig_end(pamh);
	CHECK_STR("on record all the same", "detached", place_state());
	umount(STORE_SESSIONS);
}

/* Nor is half a file, which the next session or put would go on with. */
static void
check_full_disk(void)
{
	static const struct deal row = { "a full disk", "!k=v", "",
		PAM_SYSTEM_ERR, true };
	static const char page[4096];
	pam_handle_t *pamh;
	char path[200];
	FILE *f;

	place_clear();
	rig_must(mount("none", STORE_UNDO, "tmpfs", 0, "mode=0700,size=4k") == 0,
	    "small disk");
	f = fopen(STORE_UNDO "/filler", "w");
	rig_must(f && fwrite(page, sizeof page, 1, f) == 1 && fclose(f) == 0,
	    "full disk");
	now = &row;
	pamh = begin();
	pam_open_session(pamh, 0);
	CHECK_INT(row.label, PAM_SYSTEM_ERR, last_code);
	snprintf(path, sizeof path, STORE_UNDO "/1000/%s",
	    pam_getenv(pamh, "USHER_SESSION_ID"));
	CHECK("nothing is begun", access(path, F_OK) < 0 && errno == ENOENT);
	rig_end(pamh);
	umount(STORE_UNDO);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	for (size_t i = 0; i < COUNT(rows); i++) {
		now = &rows[i];
		place_clear();
		check_here();
		CHECK(now->label, open_elsewhere(now->label));
		close_id(now->label);
	}
	check_boot();
	check_refusals();
	check_full();
	check_full_disk();
	return TEST_RESULT();
}
