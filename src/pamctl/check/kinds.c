/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/kinds.h"

#include <fnmatch.h>
#include <stddef.h>

#include "base/drop.h"

/* The first pattern that fits counts. */
static const struct {
	const char *pattern;
	unsigned kind;
} kinds[] = {
	{ "*-autologin", KIND_LOGIN | KIND_OPEN },
	{ "*-greeter", KIND_LOGIN | KIND_OPEN },
	{ "*-launch-environment", KIND_OPEN },
	{ "*-np", KIND_LOGIN | KIND_OPEN },

	{ "sshd", KIND_REMOTE | KIND_LOGIN | KIND_UNASKED },
	{ "sshd-*", KIND_REMOTE | KIND_LOGIN | KIND_UNASKED },
	{ "dropbear", KIND_REMOTE | KIND_LOGIN | KIND_UNASKED },
	{ "remote", KIND_REMOTE | KIND_LOGIN },
	{ "telnet*", KIND_REMOTE | KIND_LOGIN },
	{ "rlogin", KIND_REMOTE | KIND_LOGIN },
	{ "rsh", KIND_REMOTE | KIND_LOGIN },
	{ "rexec", KIND_REMOTE | KIND_LOGIN },
	{ "cockpit", KIND_REMOTE | KIND_LOGIN },
	{ "xrdp-sesman", KIND_REMOTE | KIND_LOGIN },
	{ "x2go*", KIND_REMOTE | KIND_LOGIN },
	{ "*vnc*", KIND_REMOTE | KIND_LOGIN },

	{ "cups", KIND_REMOTE },
	{ "dovecot", KIND_REMOTE },
	{ "imap*", KIND_REMOTE },
	{ "pop3*", KIND_REMOTE },
	{ "smtp*", KIND_REMOTE },
	{ "exim*", KIND_REMOTE },
	{ "cyrus*", KIND_REMOTE },
	{ "courier*", KIND_REMOTE },
	{ "*ftp*", KIND_REMOTE },
	{ "http*", KIND_REMOTE },
	{ "apache*", KIND_REMOTE },
	{ "nginx*", KIND_REMOTE },
	{ "openvpn*", KIND_REMOTE },
	{ "ocserv", KIND_REMOTE },
	{ "ppp", KIND_REMOTE },
	{ "radiusd", KIND_REMOTE },
	{ "rstudio", KIND_REMOTE },
	{ "samba", KIND_REMOTE },
	{ "squid", KIND_REMOTE },
	{ "webmin", KIND_REMOTE },
	{ "mysql", KIND_REMOTE },
	{ "mariadb", KIND_REMOTE },
	{ "postgresql*", KIND_REMOTE },

	{ "login", KIND_LOGIN },
	{ "gdm*", KIND_LOGIN },
	{ "lightdm", KIND_LOGIN },
	{ "sddm", KIND_LOGIN },
	{ "lxdm", KIND_LOGIN },
	{ "xdm", KIND_LOGIN },
	{ "kdm", KIND_LOGIN },
	{ "slim", KIND_LOGIN },
	{ "ly", KIND_LOGIN },
	{ "greetd", KIND_LOGIN },
	{ "cron", KIND_LOGIN | KIND_UNASKED },
	{ "crond", KIND_LOGIN | KIND_UNASKED },
	{ "atd", KIND_LOGIN | KIND_UNASKED },

	{ "su", KIND_WITHIN | KIND_BECOME },
	{ "su-l", KIND_WITHIN | KIND_BECOME },
	{ "sudo*", KIND_WITHIN | KIND_BECOME },
	{ "doas", KIND_WITHIN | KIND_BECOME },
	{ "runuser*", KIND_WITHIN },
	{ "polkit-1", KIND_WITHIN },
	{ "pkexec", KIND_WITHIN },
	{ "super", KIND_WITHIN },
	{ "newrole", KIND_WITHIN },
	{ "passwd", KIND_WITHIN },
	{ "chfn", KIND_WITHIN },
	{ "chsh", KIND_WITHIN },
	{ "chpasswd", KIND_WITHIN },
	{ "newusers", KIND_WITHIN },

	{ "*lock", KIND_WITHIN | KIND_LOCK },
	{ "*screensaver", KIND_WITHIN | KIND_LOCK },
	{ "kde", KIND_WITHIN | KIND_LOCK },
	{ "kde-*", KIND_WITHIN | KIND_LOCK },

	{ "systemd-user", KIND_KNOWN },
	{ "systemd-run0", KIND_WITHIN },

	{ "common-*", KIND_PART },
	{ "system-*", KIND_PART },
	{ "base-*", KIND_PART },
	{ "*-auth", KIND_PART },
	{ "postlogin", KIND_PART },

	{ "other", KIND_KNOWN },
	{ "elogind-user", KIND_KNOWN },
};

unsigned
kinds_of(const char *service)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (fnmatch(kinds[i].pattern, service, 0) == 0)
			return kinds[i].kind | KIND_KNOWN;
	}
	return 0;
}
