/* SPDX-License-Identifier: BSD-2-Clause */
/* Audit records by a library that says what the row wants: AU-1 to AU-4. */
#include "host/audit.h"

#include <errno.h>
#include <unistd.h>
#include <fcntl.h>
#include <libaudit.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

/* In place of libaudit's. */
static struct {
	int rc, err;			/* of the next call */
	int fd, type, result;		/* of the last record */
	const char *text, *account, *host, *tty;
	unsigned id;
	const char *address, *program;
} kernel;

int
audit_open(void)
{
	errno = kernel.err;
	return kernel.rc;
}

int
audit_log_acct_message(int audit_fd, int type, const char *pgname,
    const char *op, const char *name, unsigned int id, const char *host,
    const char *addr, const char *tty, int result)
{
	kernel.fd = audit_fd;
	kernel.type = type;
	kernel.program = pgname;
	kernel.text = op;
	kernel.account = name;
	kernel.id = id;
	kernel.host = host;
	kernel.address = addr;
	kernel.tty = tty;
	kernel.result = result;
	errno = kernel.err;
	return kernel.rc;
}

static const struct {
	const char *label;
	int rc, err, want;
} opens[] = {
	{ "a way to the kernel", 7, 0, 7 },
	{ "a kernel without audit: AU-3", -1, EINVAL, -ENOSYS },
	{ "without its protocol", -1, EPROTONOSUPPORT, -ENOSYS },
	{ "without its sockets", -1, EAFNOSUPPORT, -ENOSYS },
	{ "no permission is an error", -1, EPERM, -EPERM },
	{ "no descriptor left too", -1, EMFILE, -EMFILE },
	{ "one without a reason too", -1, 0, -EIO },
};

static const struct {
	const char *label;
	int rc, err, want;
} writes[] = {
	{ "a number above 0 is success", 1, 0, 0 },
	{ "whatever was wrong before", 12, ENOMEM, 0 },
	{ "not permitted: AU-3", -1, EPERM, 0 },
	{ "not permitted, and kept quiet about", 0, EPERM, 0 },
	{ "nobody there, in a namespace", -1, ECONNREFUSED, 0 },
	{ "any other failure is one: AU-4", -1, ENOMEM, -ENOMEM },
	{ "a full queue", -1, ENOBUFS, -ENOBUFS },
	{ "a closed descriptor", -1, EBADF, -EBADF },
	{ "nothing sent, without a reason", 0, 0, -EIO },
	/* libaudit copies its result to errno when that is 0. */
	{ "a reason with its sign turned", -ENOMEM, -ENOMEM, -ENOMEM },
	{ "not permitted, with its sign turned", -EPERM, -EPERM, 0 },
};

/* AU-1: the kernel's numbers are facts; they stand in log analysers. */
static const struct {
	enum host_audit_type type;
	int number;
} types[] = {
	{ HOST_AUDIT_AUTH, 1100 },
	{ HOST_AUDIT_ACCT, 1101 },
	{ HOST_AUDIT_CRED_ACQUIRE, 1103 },
	{ HOST_AUDIT_CRED_REFRESH, 1110 },
	{ HOST_AUDIT_CRED_DISPOSE, 1104 },
	{ HOST_AUDIT_START, 1105 },
	{ HOST_AUDIT_END, 1106 },
	{ HOST_AUDIT_CHAUTHTOK, 1108 },
	{ HOST_AUDIT_ERR, 1109 },
};

static const struct host_audit_record record = {
	.text = "PAM:authentication grantors=pam_a", .account = "alice",
	.host = "example.org", .tty = "pts/3", .success = true,
};

/* The kernel's socket in the place of a standard descriptor would get what
 * modules print. */
static void
check_standard(void)
{
	int fd;

	kernel.rc = dup(STDIN_FILENO);
	if (kernel.rc < 0)
		kernel.rc = open("/dev/null", O_RDONLY | O_CLOEXEC);
	dup2(kernel.rc, STDIN_FILENO);
	close(kernel.rc);
	kernel.rc = STDIN_FILENO;
	fd = host_audit_open();
	CHECK("never in the place of a standard descriptor", fd > 2);
	CHECK_INT("which is closed", -1, fcntl(STDIN_FILENO, F_GETFD));
	close(fd);
}

static void
check_answers(void)
{
	for (size_t i = 0; i < COUNT(opens); i++) {
		kernel.rc = opens[i].rc;
		kernel.err = opens[i].err;
		CHECK_INT(opens[i].label, opens[i].want, host_audit_open());
	}
	for (size_t i = 0; i < COUNT(writes); i++) {
		kernel.rc = writes[i].rc;
		kernel.err = writes[i].err;
		CHECK_INT(writes[i].label, writes[i].want,
		    host_audit_write(3, HOST_AUDIT_AUTH, &record));
	}
}

static void
check_types(void)
{
	kernel.rc = 1;
	for (size_t i = 0; i < COUNT(types); i++) {
		CHECK_INT("written", 0,
		    host_audit_write(3, types[i].type, &record));
		CHECK_INT("as the type", types[i].number, kernel.type);
	}
	CHECK_INT("written", 0, host_audit_write_number(3, 2100, &record));
	CHECK_INT("as a number of the caller's", 2100, kernel.type);
}

/* AU-2: everything arrives, and no account number is made up. */
static void
check_record(void)
{
	struct host_audit_record bare = record;

	kernel.rc = 1;
	host_audit_write(5, HOST_AUDIT_AUTH, &record);
	CHECK_INT("descriptor", 5, kernel.fd);
	CHECK_STR("text", record.text, kernel.text);
	CHECK_STR("account", "alice", kernel.account);
	CHECK_INT("no number of his", -1, (int)kernel.id);
	CHECK_STR("host", "example.org", kernel.host);
	CHECK_STR("terminal", "pts/3", kernel.tty);
	CHECK("program and address are for the library to find",
	    !kernel.program && !kernel.address);
	CHECK_INT("success", 1, kernel.result);

	bare.host = bare.tty = NULL;
	bare.success = false;
	host_audit_write(5, HOST_AUDIT_AUTH, &bare);
	CHECK("nothing in place of nothing", !kernel.host && !kernel.tty);
	CHECK_INT("failure", 0, kernel.result);
}

int
main(void)
{
	check_answers();
	check_standard();
	check_types();
	check_record();
	return TEST_RESULT();
}
