/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of this process as lines "key value" in one datagram. */
#include "event.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"

#define ADDRESS "conduct"
#define GENERATIONS 24

/* Stands for a file that only root may change below /run. */
#define RECORD "/run/conduct/record"

void
event_add(struct event *e, const char *key, const char *fmt, ...)
{
	char value[16384];
	va_list ap;

	if (!e->out)
		return;
	va_start(ap, fmt);
	vsnprintf(value, sizeof(value), fmt, ap);
	va_end(ap);
	for (char *c = value; *c; c++)
		*c = (unsigned char)*c < ' ' ? '?' : *c;
	fprintf(e->out, "%s %s\n", key, value);
}

void
event_add_names(struct event *e, const char *key, char *const *list)
{
	char names[16384] = "";
	size_t used = 0;

	for (size_t i = 0; list && list[i]; i++) {
		const size_t len = strcspn(list[i], "=");

		if (used + len + 2 > sizeof(names))
			break;
		memcpy(names + used, list[i], len);
		used += len;
		names[used++] = ' ';
		names[used] = '\0';
	}
	event_add(e, key, "%s", names);
}

static void
add_ids(struct event *e)
{
	uid_t r = 0, f = 0, s = 0;
	gid_t rg = 0, eg = 0, sg = 0;
	gid_t groups[64];
	const int n = getgroups((int)COUNT(groups), groups);

	getresuid(&r, &f, &s);
	getresgid(&rg, &eg, &sg);
	event_add(e, "uids", "%u %u %u", r, f, s);
	event_add(e, "gids", "%u %u %u", rg, eg, sg);
	event_add(e, "ngroups", "%d", n);
	for (int i = 0; i < n; i++)
		event_add(e, "group", "%u", groups[i]);
}

/* A file of /proc/PID as a string; empty if there is none. */
static void
proc_read(pid_t pid, const char *name, char *text, size_t size)
{
	_drop_(closep) int fd = -1;
	char path[64];
	ssize_t len;

	text[0] = '\0';
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	len = read(fd, text, size - 1);
	text[len > 0 ? len : 0] = '\0';
}

static void
proc_link(pid_t pid, const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	len = readlink(path, text, size - 1);
	text[len > 0 ? len : 0] = '\0';
}

/* Fields of stat stand behind the name, which may contain anything. */
struct stat_line {
	char name[32];
	pid_t parent, session;
	int tty;
};

static struct stat_line
proc_stat(pid_t pid)
{
	struct stat_line found = { .name = "?" };
	char text[1024];
	char *open_at, *shut;

	proc_read(pid, "stat", text, sizeof(text));
	open_at = strchr(text, '(');
	shut = strrchr(text, ')');
	if (open_at && shut) {
		*shut = '\0';
		snprintf(found.name, sizeof(found.name), "%.31s", open_at + 1);
		sscanf(shut + 1, " %*c %d %*d %d %d", &found.parent,
		    &found.session, &found.tty);
	}
	return found;
}

static void
add_family(struct event *e)
{
	struct stat_line one = proc_stat(getpid());

	event_add(e, "name", "%s", one.name);
	event_add(e, "pid", "%d", getpid());
	event_add(e, "ppid", "%d", getppid());
	event_add(e, "sid", "%d", getsid(0));
	event_add(e, "ctty", "%d", one.tty);
	for (int i = 0; i < GENERATIONS && one.parent > 0; i++) {
		const pid_t pid = one.parent;

		one = proc_stat(pid);
		event_add(e, "ancestor", "%d %s", pid, one.name);
	}
}

static bool
is_wanted(const char *key)
{
	static const char *const wanted[] = { "Umask", "Threads", "SigBlk",
		"SigIgn", "SigCgt", "CapEff", "NoNewPrivs", "TracerPid" };

	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strcmp(key, wanted[i]) == 0)
			return true;
	return false;
}

static void
add_status(struct event *e)
{
	char text[8192];
	char *rest = text, *line;

	proc_read(getpid(), "status", text, sizeof(text));
	while ((line = strsep(&rest, "\n")) != NULL) {
		const char *key = strsep(&line, ":");

		if (line && is_wanted(key))
			event_add(e, key, "%s", line + strspn(line, "\t "));
	}
}

static void
add_kernel(struct event *e)
{
	static const char *const links[] = { "ns/pid", "ns/mnt", "ns/user",
		"ns/net", "root", "cwd", "exe" };
	static const char *const files[] = { "loginuid", "sessionid" };
	char text[4096];
	long keyring;

	for (size_t i = 0; i < COUNT(links); i++) {
		proc_link(getpid(), links[i], text, sizeof(text));
		event_add(e, links[i], "%s", text);
	}
	for (size_t i = 0; i < COUNT(files); i++) {
		proc_read(getpid(), files[i], text, sizeof(text));
		event_add(e, files[i], "%s", text);
	}
	keyring = syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID,
	    KEY_SPEC_SESSION_KEYRING, 0);
	event_add(e, "keyring", "%ld", keyring);
}

static void
add_limits(struct event *e)
{
	struct rlimit size = { 0 }, files = { 0 };
	int death = 0;

	getrlimit(RLIMIT_FSIZE, &size);
	getrlimit(RLIMIT_NOFILE, &files);
	prctl(PR_GET_PDEATHSIG, &death);
	event_add(e, "fsize", "%lld", (long long)size.rlim_cur);
	event_add(e, "nofile", "%lld", (long long)files.rlim_cur);
	event_add(e, "pdeathsig", "%d", death);
}

static int
descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	if (!dir)
		return -1;
	while (readdir(dir))
		n++;
	closedir(dir);
	/* ".", ".." and the directory itself */
	return n - 3;
}

/* Could this process write what root keeps below /run? */
static void
add_reach(struct event *e)
{
	_drop_(closep) int fd = open(RECORD, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

	event_add(e, "record", "%s", fd < 0 ? strerrorname_np(errno) : "open");
}

void
event_begin(struct event *e, const char *what)
{
	const int open_files = descriptors();
	struct timespec now;

	*e = (struct event){ 0 };
	e->out = open_memstream(&e->text, &e->size);
	clock_gettime(CLOCK_MONOTONIC, &now);
	event_add(e, "what", "%s", what);
	event_add(e, "time", "%lld.%09ld", (long long)now.tv_sec, now.tv_nsec);
	event_add(e, "files", "%d", open_files);
	add_ids(e);
	add_family(e);
	add_status(e);
	add_kernel(e);
	add_limits(e);
	add_reach(e);
	event_add_names(e, "environment", environ);
}

static void
send_text(const char *text, size_t size)
{
	_drop_(closep) int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const size_t len =
	    offsetof(struct sockaddr_un, sun_path) + sizeof(ADDRESS);

	/* The byte before the name stays zero: an abstract address. */
	memcpy(to.sun_path + 1, ADDRESS, strlen(ADDRESS));
	if (fd >= 0)
		sendto(fd, text, size, MSG_NOSIGNAL, (struct sockaddr *)&to,
		    (socklen_t)len);
}

void
event_send(struct event *e)
{
	if (e->out && fclose(e->out) == 0)
		send_text(e->text, e->size);
	free(e->text);
}
