/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of text files, and whole reads and writes: G-5, G-9, G-10, W-26,
 * N-10. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"
#include <security/pam_modutil.h>

static const char *
put(const char *text)
{
	static char path[300];

	rig_policy("file", text);
	snprintf(path, sizeof path, "%s/file", rig_confdir());
	return path;
}

/* G-9 */
static const struct {
	const char *label, *text, *key, *want;
} keys[] = {
	{ "a key and its value", "UMASK 022\n", "UMASK", "022" },
	{ "in any case", "umask 022\n", "UMask", "022" },
	{ "the first line that has it", "A 1\nB 2\nA 3\n", "A", "1" },
	{ "blanks and tabs in front and between", " \tA\t \t1\n", "A", "1" },
	{ "or signs", "A=1\n", "A", "1" },
	{ "or both, and many", "A \t== = 1\n", "A", "1" },
	{ "a value with blanks in it", "A one two\n", "A", "one two" },
	{ "trailing blanks stay: W-26", "A 1 \t\n", "A", "1 \t" },
	{ "without a newline", "A 1", "A", "1" },
	{ "a key alone", "A\n", "A", "" },
	{ "a key and a sign", "A=\n", "A", "" },
	{ "a comment", "# A 1\nA 2\n", "A", "2" },
	{ "a comment behind the value", "A 1 # one\n", "A", "1 " },
	{ "a comment for a value", "A # one\n", "A", "" },
	{ "a comment in the key", "A#B 1\n", "A", "" },
	{ "a key's beginning is another", "ABC 1\nA 2\n", "A", "2" },
	{ "what goes on is another", "A 1\n", "AB", NULL },
	{ "not there", "A 1\n", "B", NULL },
	{ "an empty file", "", "A", NULL },
	{ "empty lines", "\n\n \nA 1\n", "A", "1" },
	{ "a sign in front", "=A 1\nA 2\n", "A", "2" },
	{ "the empty key is no line's", "\n A 1\n", "", NULL },
};

static void
check_keys(void)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		_drop_(freep) char *value = pam_modutil_search_key(NULL,
		    put(keys[i].text), keys[i].key);

		CHECK_STR(keys[i].label, keys[i].want, value);
	}
	CHECK("no file", !pam_modutil_search_key(NULL, "/gone", "A"));
	CHECK("a folder", !pam_modutil_search_key(NULL, "/", "A"));
}

/* A line of a megabyte; CVE-2011-3148 is about one full of blanks. */
static void
check_long_line(void)
{
	enum { SIZE = 1 << 20 };
	_drop_(freep) char *text = malloc(SIZE + 16);
	_drop_(freep) char *value = NULL;

	memset(text, ' ', SIZE);
	strcpy(text + SIZE, "A 1");
	value = pam_modutil_search_key(NULL, put(text), "A");
	CHECK_STR("a long line", "1", value);
}

/* G-10 */
#define PEOPLE "root:x:0:0::/root:/bin/sh\n\nalice:x:1:1::/:\nno colon\n"      \
	"alicia:x:2:2::/:\n:x:3:3::/:\nlast:x:4:4::/:"

static const struct {
	const char *name;
	int want;
} people[] = {
	{ "root", PAM_SUCCESS }, { "alice", PAM_SUCCESS },
	{ "alicia", PAM_SUCCESS }, { "last", PAM_SUCCESS },
	{ "ali", PAM_PERM_DENIED }, { "alice2", PAM_PERM_DENIED },
	{ "Alice", PAM_PERM_DENIED }, { "no colon", PAM_PERM_DENIED },
	{ "no colon\n", PAM_PERM_DENIED }, { "x", PAM_PERM_DENIED },
	{ "root:x", PAM_PERM_DENIED }, { "root:", PAM_PERM_DENIED },
	{ ":", PAM_PERM_DENIED }, { "", PAM_SERVICE_ERR },
	{ " root", PAM_PERM_DENIED }, { "\n", PAM_PERM_DENIED },
	{ "\nalice", PAM_PERM_DENIED },
};

static void
check_people(void)
{
	char name[5000];

	for (size_t i = 0; i < COUNT(people); i++)
		CHECK_INT(people[i].name, people[i].want,
		    pam_modutil_check_user_in_passwd(NULL, people[i].name,
			put(PEOPLE)));
	CHECK_INT("no file", PAM_SERVICE_ERR,
	    pam_modutil_check_user_in_passwd(NULL, "root", "/gone"));
	CHECK_INT("the system's, when none is given", PAM_SUCCESS,
	    pam_modutil_check_user_in_passwd(NULL, "root", NULL));
	CHECK_INT("an empty file", PAM_PERM_DENIED,
	    pam_modutil_check_user_in_passwd(NULL, "root", put("")));
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	CHECK_INT("a long name", PAM_PERM_DENIED,
	    pam_modutil_check_user_in_passwd(NULL, name, put(PEOPLE)));
}

/* G-5 */
static void
check_transfer(void)
{
	char buf[200000] = "", more[16];
	int fd[2];

	CHECK("pipe", pipe2(fd, O_CLOEXEC | O_NONBLOCK) == 0);
	CHECK_INT("written", 5, pam_modutil_write(fd[1], "hello", 5));
	CHECK_INT("nothing", 0, pam_modutil_write(fd[1], "", 0));
	CHECK_INT("read", 3, pam_modutil_read(fd[0], buf, 3));
	CHECK_STR("so many", "hel", buf);
	errno = 0;
	CHECK_INT("an error, even after some: G-5", -1,
	    pam_modutil_read(fd[0], buf, 10));
	CHECK_INT("which", EAGAIN, errno);
	CHECK_INT("more than fits", -1,
	    pam_modutil_write(fd[1], buf, sizeof buf));
	CHECK_INT("which", EAGAIN, errno);
	close(fd[1]);
	while (pam_modutil_read(fd[0], buf, sizeof buf) > 0)
		;
	CHECK_INT("the end", 0, pam_modutil_read(fd[0], more, 16));
	close(fd[0]);
	errno = 0;
	CHECK_INT("a negative count: N-10", -1,
	    pam_modutil_read(0, more, -1));
	CHECK_INT("is no number", EINVAL, errno);
	errno = 0;
	CHECK_INT("a negative count", -1, pam_modutil_write(1, more, -5));
	CHECK_INT("is no number", EINVAL, errno);
	CHECK_INT("no descriptor", -1, pam_modutil_read(-1, more, 1));
	CHECK_INT("which", EBADF, errno);
}

int
main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	rig_main(argc, argv);
	check_keys();
	check_long_line();
	check_people();
	check_transfer();
	return TEST_RESULT();
}
