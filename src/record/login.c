/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/login.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utmp.h>
#include <utmpx.h>

#include "base/text.h"

/* Filled to its end a field has no NUL. */
static void
put_field(char *field, size_t size, const char *text)
{
	char copy[UT_HOSTSIZE + 2];

	snprintf(copy, sizeof copy, "%s", text);
	text_defuse(copy);
	memcpy(field, copy, strnlen(copy, size));
}

static void
put_address(struct utmpx *u, const char *host)
{
	const size_t n = strcspn(host, "%");	/* fe80::1%eth0 */
	char text[INET6_ADDRSTRLEN];

	if (n >= sizeof text)
		return;
	memcpy(text, host, n);
	text[n] = '\0';
	if (inet_pton(AF_INET, text, u->ut_addr_v6) != 1)
		inet_pton(AF_INET6, text, u->ut_addr_v6);
}

/* Most programs take the last characters of the line: "ts/9". */
static const char *
id_of(const char *line)
{
	const size_t room = sizeof ((struct utmpx *)NULL)->ut_id;
	const size_t n = strlen(line);

	return n > room ? line + n - room : line;
}

/* How wide they are differs between machines. */
#define PUT_SECONDS(to, from)                                                  \
	do {                                                                   \
		if (__builtin_add_overflow(from, 0, to))                       \
			*(to) = INT32_MAX;                                     \
	} while (0)

void
login_utmp(const struct login *l, short type, struct utmpx *u)
{
	memset(u, 0, sizeof *u);
	u->ut_type = type;
	u->ut_pid = l->pid;
	put_field(u->ut_line, sizeof u->ut_line, l->line);
	put_field(u->ut_id, sizeof u->ut_id, id_of(l->line));
	PUT_SECONDS(&u->ut_tv.tv_sec, l->when.tv_sec);
	u->ut_tv.tv_usec = (int32_t)(l->when.tv_nsec / 1000);
	if (l->user)
		put_field(u->ut_user, sizeof u->ut_user, l->user);
	if (!l->host)
		return;
	put_field(u->ut_host, sizeof u->ut_host, l->host);
	put_address(u, l->host);
}

void
login_lastlog(const struct login *l, struct lastlog *last)
{
	memset(last, 0, sizeof *last);
	PUT_SECONDS(&last->ll_time, l->when.tv_sec);
	put_field(last->ll_line, sizeof last->ll_line, l->line);
	if (l->host)
		put_field(last->ll_host, sizeof last->ll_host, l->host);
}
