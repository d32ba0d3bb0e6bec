/* SPDX-License-Identifier: BSD-2-Clause */
/* Built without audit, nobody wants records and none is missed: AU-3, G-11. */
#include "host/audit.h"

#include <errno.h>
#include <stddef.h>

#include "check.h"

int
main(void)
{
	const struct host_audit_record record = { .text = "", .account = "" };

	CHECK_INT("there is no audit", -ENOSYS, host_audit_open());
	CHECK_INT("a record says so", -ENOSYS,
	    host_audit_write(0, HOST_AUDIT_AUTH, &record));
	CHECK_INT("by number too", -ENOSYS,
	    host_audit_write_number(0, 1100, &record));
	return TEST_RESULT();
}
