/* SPDX-License-Identifier: BSD-2-Clause */
/* Where no record can be made, or something else is in the place of records or
 * of the log: a set-user-ID program opens no session then, nothing is followed
 * and nothing waits. */
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "record/event.h"
#include "rig.h"

#define POLICY "session required %M a\n"
#define REFUSED PAM_SESSION_ERR

/* ---- Where records cannot be ---- */

static void
plant_file(const char *path, const char *text, uid_t uid)
{
	_drop_(closep) int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC,
	    0600);

	rig_must(fd >= 0 && write_all(fd, text, strlen(text)) == 0 &&
	    fchown(fd, uid, uid) == 0, path);
}

static void
small(void)
{
	rig_must(mount("none", STORE_SESSIONS, "tmpfs", 0,
	    "mode=0700,size=4k") == 0, "mount");
	plant_file(STORE_SESSIONS "/x", "x", 0);
}

static void
few_inodes(void)
{
	rig_must(mount("none", STORE_SESSIONS, "tmpfs", 0,
	    "mode=0700,nr_inodes=1") == 0, "mount");
}

static void
read_only(void)
{
	rig_must(mount("none", STORE_SESSIONS, "tmpfs", MS_RDONLY,
	    "mode=0700") == 0, "mount");
}

static void
open_to_all(void)
{
	chmod(STORE_SESSIONS, 0755);
}

static void
of_alice(void)
{
	rig_must(chown(STORE_SESSIONS, ALICE, ALICE) == 0, "owner");
}

static void
missing(void)
{
	rmdir(STORE_SESSIONS);
}

static void
a_link(void)
{
	rmdir(STORE_SESSIONS);
	rig_must(symlink(STORE_UNDO, STORE_SESSIONS) == 0, "link");
}

static void
a_file(void)
{
	rmdir(STORE_SESSIONS);
	close(open(STORE_SESSIONS, O_CREAT | O_WRONLY, 0700));
}

static void
a_fifo(void)
{
	rmdir(STORE_SESSIONS);
	rig_must(mkfifo(STORE_SESSIONS, 0700) == 0, "fifo");
}

/* What a set-user-ID program, and what one that root began, hears. */
static const struct {
	const char *label;
	void (*spoil)(void);
	int setuid, root;
} spoilt[] = {
	{ "a full file system", small, REFUSED, PAM_SUCCESS },
	{ "one without inodes", few_inodes, REFUSED, PAM_SUCCESS },
	{ "a read-only system", read_only, PAM_SUCCESS, PAM_SUCCESS },
	{ "no directory", missing, PAM_SUCCESS, PAM_SUCCESS },
	{ "one that others may enter", open_to_all, REFUSED, PAM_SUCCESS },
	{ "one that is somebody's", of_alice, REFUSED, PAM_SUCCESS },
	{ "a link in its place", a_link, REFUSED, PAM_SUCCESS },
	{ "a file", a_file, REFUSED, PAM_SUCCESS },
	{ "a fifo", a_fifo, REFUSED, PAM_SUCCESS },
};

struct opening {
	const char *label;
	void (*spoil)(void);
	uid_t uid;
	int want;
};

static int
open_spoilt(void *data)
{
	const struct opening *o = data;
	const int bad = check_bad;
	pam_handle_t *pamh;

	rig_must(unshare(CLONE_NEWNS) == 0, "mount namespace");
	pamh = rig_start(POLICY, "alice");
	o->spoil();
	if (o->uid)
		place_setuid(o->uid);
	CHECK_INT(o->label, o->want, pam_open_session(pamh, 0));
	CHECK_STR(o->label, o->want == PAM_SUCCESS ? " a.open_session" : "",
	    rig.called);
	CHECK("the log says so", o->want == PAM_SUCCESS ||
	    rig_logged("no session without a record"));
	CHECK_INT("and nothing is in another place", 0,
	    place_count(STORE_UNDO));
	return check_bad - bad;
}

static void
check_spoilt_by(size_t i, uid_t uid, int want)
{
	struct opening o = { spoilt[i].label, spoilt[i].spoil, uid, want };

	place_clear();
	CHECK_INT(o.label, 0, place_child(open_spoilt, &o));
	unlink(STORE_SESSIONS);
	rmdir(STORE_SESSIONS);
}

static void
check_spoilt(void)
{
	for (size_t i = 0; i < COUNT(spoilt); i++) {
		rig_policy("usher.conf", "");
		check_spoilt_by(i, ALICE, spoilt[i].setuid);
		check_spoilt_by(i, 0, spoilt[i].root);
		rig_policy("usher.conf", "require-record yes\n");
		check_spoilt_by(i, ALICE, REFUSED);
		check_spoilt_by(i, 0, REFUSED);
	}
	rig_policy("usher.conf", "");
	place_clear();
}

static int
open_as_alice(void *data)
{
	pam_handle_t *pamh = rig_start(POLICY, "alice");

	(void)data;
	place_become(ALICE);
	return pam_open_session(pamh, 0);
}

static void
check_user_for_himself(void)
{
	place_clear();
	CHECK_INT("who is nobody but himself needs no record", PAM_SUCCESS,
	    place_child(open_as_alice, NULL));
	CHECK_STR("and has none", "none", place_state());
	CHECK("nor an event", !place_told("open"));
	rig_policy("usher.conf", "require-record yes\n");
	CHECK_INT("unless that is required", REFUSED,
	    place_child(open_as_alice, NULL));
	rig_policy("usher.conf", "");
}

/* ---- What is planted among records, or in the place of the log ---- */

#define FOLDER STORE_SESSIONS "/1000"
#define PLANTED FOLDER "/01234567-89ab-7def-8123-456789abcdef"
#define RECORD                                                                 \
	"\nversion 1 .\nid 01234567-89ab-7def-8123-456789abcdef .\n"           \
	"service svc .\nuser alice .\nuid 1000 .\nopener 1 1 .\n"              \
	"state open .\nentry 0 /gone.so .\nopen 0 0 .\n"

static void
plant_of_alice(const char *path)
{
	plant_file(path, RECORD, ALICE);
}

static void
plant_link(const char *path)
{
	plant_file("/run/target", RECORD, 0);
	rig_must(symlink("/run/target", path) == 0, path);
}

static void
plant_fifo(const char *path)
{
	rig_must(mkfifo(path, 0600) == 0, path);
}

static void
plant_folder(const char *path)
{
	rig_must(mkdir(path, 0700) == 0, path);
}

static void
plant_noise(const char *path)
{
	plant_file(path, "\n\n . .\n.\nversion .\nversion 1", 0);
}

static void
plant_later_version(const char *path)
{
	plant_file(path, "\nversion 2 ." RECORD, 0);
}

static const struct {
	const char *label;
	void (*plant)(const char *path);
	bool log;		/* in the log's place it is in the way */
} plants[] = {
	{ "somebody's file", plant_of_alice, true },
	{ "a link", plant_link, true },
	{ "a fifo", plant_fifo, true },
	{ "a folder", plant_folder, true },
	{ "noise", plant_noise, false },
	{ "a record of a later version", plant_later_version, false },
};

static void
check_planted_record(size_t i)
{
	const char *label = plants[i].label;
	pam_handle_t *pamh;

	place_clear();
	rig_must(mkdir(FOLDER, 0700) == 0, FOLDER);
	plants[i].plant(PLANTED);
	pamh = rig_start(POLICY, "alice");
	CHECK_INT(label, PAM_SESSION_ERR, pam_session_attach(pamh,
	    strrchr(PLANTED, '/') + 1));
	CHECK_INT(label, PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("is no session", " a.close_session", rig.called);
	CHECK_INT("and stays", 1, place_records());
	rig_end(pamh);
	unlink("/run/target");
}

static void
check_planted_log(size_t i)
{
	const char *label = plants[i].label;
	struct stat before, after;
	pam_handle_t *pamh;

	place_clear();
	plants[i].plant(EVENT_LOG);
	rig_must(stat(EVENT_LOG, &before) == 0, EVENT_LOG);
	pamh = rig_start("session required %M a session_err\n", "alice");
	CHECK_INT(label, PAM_SESSION_ERR, pam_open_session(pamh, 0));
	rig_must(stat(EVENT_LOG, &after) == 0, EVENT_LOG);
	CHECK(label, !plants[i].log || before.st_size == after.st_size);
	CHECK("then the log tells who decided", !plants[i].log ||
	    rig_logged("session_err"));
	rig_end(pamh);
	rmdir(EVENT_LOG);
	unlink("/run/target");
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_spoilt();
	check_user_for_himself();
	for (size_t i = 0; i < COUNT(plants); i++) {
		check_planted_record(i);
		check_planted_log(i);
	}
	return TEST_RESULT();
}
