/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

#define TELL .ops = { { PAMTEST_AUTH, PAM_SUCCESS } }
#define NOTHING .ops = { { PAMTEST_AUTH, PAM_IGNORE } }, .says = ""
#define FILE_X(...)                                                            \
	.args = "file=/etc/x", .files = { { "/etc/x", __VA_ARGS__ } }

static const struct pamtest rows[] = {
	{ "the words, a blank between them", .user = "root",
	  .args = "one  two [three  four]", TELL,
	  .says = "info: one two three  four" },
	{ "in four of the six calls", .user = "root", .args = "x",
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS },
	    { PAMTEST_ACCOUNT, PAM_SUCCESS }, { PAMTEST_OPEN, PAM_SUCCESS },
	    { PAMTEST_CHANGE, PAM_IGNORE } },
	  .says = "info: x\ninfo: x\ninfo: x\ninfo: x" },
	{ "not in the others", .user = "root", .args = "x",
	  .ops = { { PAMTEST_CRED, PAM_IGNORE },
	    { PAMTEST_CLOSE, PAM_IGNORE } },
	  .says = "" },
	{ "items", .user = "alice", .args = "%u@%s from %U@%H on %t",
	  .items = { { PAM_RUSER, "bob" }, { PAM_RHOST, "there" },
	    { PAM_TTY, "tty1" } },
	  TELL, .says = "info: alice@pamtest from bob@there on tty1" },
	{ "what has no value is unknown, and not asked for", .args = "%u %H",
	  TELL, .says = "info: (unknown) (unknown)",
	  .differs = "has another word for it" },
	{ "other letters are themselves", .user = "root", .args = "%% %x 5%",
	  TELL, .says = "info: % x 5%" },
	{ "items are no format (G-LOG)", .user = "%s%n%u", .args = "%u", TELL,
	  .says = "info: %s%n%u" },
	{ "nor orders to the terminal", .user = "root", .args = "%H",
	  .items = { { PAM_RHOST, "a\033[2J\r\nb" } }, TELL,
	  .says = "info: a?[2J??b", .differs = "sends them as they are" },
	{ "no words, an empty text", .user = "root", TELL, .says = "info: " },
	{ "a file", .user = "alice", FILE_X("hi %u\nbye\n\n"), TELL,
	  .says = "info: hi alice\nbye\n" },
	{ "the file before words, wherever it stands", .user = "root",
	  .args = "one file=/etc/x two", .files = { { "/etc/x", "text" } },
	  TELL, .says = "info: text" },
	{ "no file", .user = "root", .args = "file=/etc/x", NOTHING,
	  .logs = "/etc/x: No such file" },
	{ "an empty file", .user = "root", FILE_X(""), NOTHING },
	{ "a folder", .user = "root", FILE_X(.kind = PAMTEST_FOLDER), NOTHING,
	  .logs = "/etc/x: Is a directory" },
	{ "a fifo does not stop a login", .user = "root",
	  FILE_X(.kind = PAMTEST_FIFO), NOTHING,
	  .differs = "waits for a writer" },
	{ "a file of any size does not fill the memory", .user = "root",
	  FILE_X("text\n", .times = 1 << 20), NOTHING,
	  .logs = "/etc/x: File too large", .differs = "shows it all" },
	{ "silence", .user = "root", .args = "x",
	  .ops = { { PAMTEST_AUTH, PAM_IGNORE, PAM_SILENT } }, .says = "" },
};

PAMTEST(rows, NULL)
