/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/login.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <utmp.h>
#include <utmpx.h>

#include "base/drop.h"
#include "check.h"

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
#define HOST_CUT FIFTY FIFTY FIFTY FIFTY FIFTY "012345"

/* want is the whole entry: whatever is not named in it must be zero. */
static const struct {
	const char *label;
	struct login login;
	short type;
	struct utmpx want;
} cases[] = {
	{ "somebody who is in",
	  { "pts/9", "alice", "example.org", 4711, { 1700000000, 123456789 } },
	  USER_PROCESS,
	  { .ut_type = USER_PROCESS, .ut_pid = 4711, .ut_line = "pts/9",
	    .ut_id = { 't', 's', '/', '9' }, .ut_user = "alice",
	    .ut_host = "example.org", .ut_tv = { 1700000000, 123456 } } },
	{ "nobody, as who has left",
	  { "tty1", NULL, NULL, 1, { 1, 0 } }, DEAD_PROCESS,
	  { .ut_type = DEAD_PROCESS, .ut_pid = 1, .ut_line = "tty1",
	    .ut_id = { 't', 't', 'y', '1' }, .ut_tv = { 1, 0 } } },
	{ "a short line is its own id",
	  { ":0", "bob", NULL, 2, { 0, 0 } }, USER_PROCESS,
	  { .ut_type = USER_PROCESS, .ut_pid = 2, .ut_line = ":0",
	    .ut_id = ":0", .ut_user = "bob" } },
	{ "the address of a host that is one",
	  { "pts/0", "bob", "192.0.2.1", 2, { 0, 0 } }, USER_PROCESS,
	  { .ut_type = USER_PROCESS, .ut_pid = 2, .ut_line = "pts/0",
	    .ut_id = { 't', 's', '/', '0' }, .ut_user = "bob",
	    .ut_host = "192.0.2.1",
	    .ut_addr_v6 = { (int32_t)0x010200c0 } } },
	{ "a long address, with the link it is on",
	  { "pts/0", "bob", "fe80::1%eth0", 2, { 0, 0 } }, USER_PROCESS,
	  { .ut_type = USER_PROCESS, .ut_pid = 2, .ut_line = "pts/0",
	    .ut_id = { 't', 's', '/', '0' }, .ut_user = "bob",
	    .ut_host = "fe80::1%eth0",
	    .ut_addr_v6 = { 0x80fe, 0, 0, 0x01000000 } } },
	{ "what is too long is cut, to the last byte of the field",
	  { "pts/" FIFTY, FIFTY, HOST_CUT "X", 2, { 0, 0 } },
	  LOGIN_PROCESS,
	  { .ut_type = LOGIN_PROCESS, .ut_pid = 2,
	    .ut_line = "pts/" TEN TEN "01234567",
	    .ut_id = { '6', '7', '8', '9' }, .ut_user = TEN TEN TEN "01",
	    .ut_host = HOST_CUT } },
	{ "nothing speaks to the terminal of who reads it",
	  { "p\033t", "al\nice\302\233", "\r\177", 2, { 0, 0 } },
	  USER_PROCESS,
	  { .ut_type = USER_PROCESS, .ut_pid = 2, .ut_line = "p?t",
	    .ut_id = "p?t", .ut_user = "al?ice??", .ut_host = "??" } },
};

/* Where the field has 32 bits, that is. */
static void
check_times(void)
{
	const struct login late = { .line = "tty1", .when = { 4102444800, 0 } };
	struct lastlog last;
	struct utmpx u;

	login_utmp(&late, USER_PROCESS, &u);
	CHECK_INT("utmp after 2038",
	    sizeof u.ut_tv.tv_sec == 4 ? INT32_MAX : 4102444800,
	    u.ut_tv.tv_sec);
	login_lastlog(&late, &last);
	CHECK_INT("lastlog after 2038",
	    sizeof last.ll_time == 4 ? INT32_MAX : 4102444800, last.ll_time);
}

static void
check_lastlog(void)
{
	const struct login l = { "pts/9", "alice", "a\033b", 4711, { 17, 5 } };
	const struct lastlog want = {
		.ll_time = 17, .ll_line = "pts/9", .ll_host = "a?b",
	};
	struct lastlog last;

	login_lastlog(&l, &last);
	CHECK("the last login", memcmp(&want, &last, sizeof want) == 0);
}

int
main(void)
{
	struct utmpx u;

	for (size_t i = 0; i < COUNT(cases); i++) {
		login_utmp(&cases[i].login, cases[i].type, &u);
		CHECK(cases[i].label,
		    memcmp(&cases[i].want, &u, sizeof u) == 0);
	}
	check_times();
	check_lastlog();
	return TEST_RESULT();
}
