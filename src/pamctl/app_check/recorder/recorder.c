/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Preloaded into a program, it stands before the functions of whatever libpam
 * the program has, and tells of each call in a datagram to $USHER_APP_CHECK:
 *   TIME PID TID EUID TRANSACTION FUNCTION FLAGS RESULT [SERVICE]
 * The program is not to notice: nothing is held open, no signal comes, errno
 * stays.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_appl.h>

#define HANDLES 64		/* at the same time; more have no name */
#define SERVICE_MAX 64

struct known {
	_Atomic(pam_handle_t *) handle;
	pid_t pid;
	unsigned number;
};

static struct sockaddr_un listener;
static struct known known[HANDLES];
static atomic_uint started;

/* A module calls the same functions: what it does within a call of the program
 * is not the program's doing. */
static _Thread_local unsigned depth;

/* Programs clean their environment: it is looked at before they can. */
__attribute__((constructor)) static void
loaded(void)
{
	const char *path = getenv("USHER_APP_CHECK");

	if (!path || strlen(path) >= sizeof listener.sun_path)
		return;
	listener.sun_family = AF_UNIX;
	memcpy(listener.sun_path, path, strlen(path) + 1);
}

/* Where the program has no libpam of its own, a plug-in of it has, and that
 * one's is not in the order of search. */
static void *
real(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);
	void *library = found ? NULL : dlopen("libpam.so.0", RTLD_LAZY);

	if (library)
		found = dlsym(library, name);
	if (!found) {
		fprintf(stderr, "pamctl app-check: no %s in libpam\n", name);
		abort();
	}
	return found;
}

static struct known *
known_as(pam_handle_t *handle)
{
	for (size_t i = 0; handle && i < HANDLES; i++) {
		if (atomic_load(&known[i].handle) == handle)
			return &known[i];
	}
	return NULL;
}

static void
remember(pam_handle_t *handle)
{
	for (size_t i = 0; i < HANDLES; i++) {
		pam_handle_t *nobody = NULL;

		if (!atomic_compare_exchange_strong(&known[i].handle, &nobody,
		    handle))
			continue;
		known[i].pid = getpid();
		known[i].number = atomic_fetch_add(&started, 1) + 1;
		return;
	}
}

static void
forget(pam_handle_t *handle)
{
	struct known *k = known_as(handle);

	if (k)
		atomic_store(&k->handle, NULL);
}

static void
send_line(const char *line, size_t len)
{
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	sendto(fd, line, len, MSG_NOSIGNAL, (struct sockaddr *)&listener,
	    sizeof listener);
	close(fd);
}

/* One word, whatever the program calls its service. */
static void
copy_word(char to[SERVICE_MAX], const char *from)
{
	snprintf(to, SERVICE_MAX, "%s", from ? from : "");
	for (; *to; to++) {
		if ((unsigned char)*to <= ' ')
			*to = '?';
	}
}

static void
tell(pam_handle_t *handle, const char *function, int flags, int result,
    const char *service)
{
	const struct known *k = known_as(handle);
	char line[256], word[SERVICE_MAX];
	const int saved = errno;
	struct timespec now;
	int len;

	if (!k || !listener.sun_family)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	copy_word(word, service);
	len = snprintf(line, sizeof line,
	    "%lld.%09ld %d %d %u %d.%u %s %d %d %s", (long long)now.tv_sec,
	    now.tv_nsec, getpid(), gettid(), geteuid(), k->pid,
	    k->number, function, flags, result, word);
	send_line(line, (size_t)len);
	errno = saved;
}

/* The call of the program's own that has come back. */
static void
after(pam_handle_t *handle, const char *function, int flags, int result)
{
	if (--depth == 0)
		tell(handle, function, flags, result, NULL);
}

#define PRIMITIVE(name)                                                        \
	int name(pam_handle_t *pamh, int flags)                                \
	{                                                                      \
		int (*const next)(pam_handle_t *, int) = real(#name);          \
		int rc;                                                        \
                                                                               \
		depth++;                                                       \
		rc = next(pamh, flags);                                        \
		after(pamh, #name, flags, rc);                                 \
		return rc;                                                     \
	}

PRIMITIVE(pam_authenticate)
PRIMITIVE(pam_setcred)
PRIMITIVE(pam_acct_mgmt)
PRIMITIVE(pam_open_session)
PRIMITIVE(pam_close_session)
PRIMITIVE(pam_chauthtok)

static int
begun(int rc, pam_handle_t *const *pamh, const char *service)
{
	if (--depth == 0 && rc == PAM_SUCCESS) {
		remember(*pamh);
		tell(*pamh, "pam_start", 0, rc, service);
	}
	return rc;
}

int
pam_start(const char *service_name, const char *user,
    const struct pam_conv *pam_conversation, pam_handle_t **pamh)
{
	int (*const next)(const char *, const char *, const struct pam_conv *,
	    pam_handle_t **) = real("pam_start");

	int rc;

	depth++;
	rc = next(service_name, user, pam_conversation, pamh);
	return begun(rc, pamh, service_name);
}

int
pam_start_confdir(const char *service_name, const char *user,
    const struct pam_conv *pam_conversation, const char *confdir,
    pam_handle_t **pamh)
{
	int (*const next)(const char *, const char *, const struct pam_conv *,
	    const char *, pam_handle_t **) = real("pam_start_confdir");

	int rc;

	depth++;
	rc = next(service_name, user, pam_conversation, confdir, pamh);
	return begun(rc, pamh, service_name);
}

int
pam_end(pam_handle_t *pamh, int pam_status)
{
	int (*const next)(pam_handle_t *, int) = real("pam_end");
	int rc;

	depth++;
	rc = next(pamh, pam_status);
	after(pamh, "pam_end", pam_status, rc);
	forget(pamh);
	return rc;
}

int
pam_set_item(pam_handle_t *pamh, int item_type, const void *item)
{
	int (*const next)(pam_handle_t *, int, const void *) =
	    real("pam_set_item");
	int rc;

	depth++;
	rc = next(pamh, item_type, item);
	after(pamh, "pam_set_item", item_type, rc);
	return rc;
}

int
pam_putenv(pam_handle_t *pamh, const char *name_value)
{
	int (*const next)(pam_handle_t *, const char *) = real("pam_putenv");
	int rc;

	depth++;
	rc = next(pamh, name_value);
	after(pamh, "pam_putenv", 0, rc);
	return rc;
}

char **
pam_getenvlist(pam_handle_t *pamh)
{
	char **(*const next)(pam_handle_t *) = real("pam_getenvlist");
	char **list;

	depth++;
	list = next(pamh);
	after(pamh, "pam_getenvlist", 0, list ? PAM_SUCCESS : PAM_BUF_ERR);
	return list;
}
