/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_getpwnam(3) and its kin: account records that last as long as
 * the handle (G-1, G-2). */
#include "libpam/modutil/lookup.h"

#include <errno.h>
#include <security/pam_modutil.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/secret.h"
#include "libpam/handle.h"

#define ROOM_FIRST 1024
#define ROOM_FACTOR 16
#define ROOM_MAX (256 * 1024)

/* A record in a handle's keeping. */
struct lookup {
	struct lookup *next;
	void *block;		/* the record and behind it its strings */
	size_t size;
	bool account;		/* it is a struct passwd */
};

/* What is asked of the C library. */
struct query {
	const char *name;
	id_t id;
	size_t record_size;
	bool account;
	/* Fill the record at the start of block; whether it was found, or
	 * -ERANGE when the room of n bytes behind it is too small. */
	int (*ask)(const struct query *q, void *record, char *room, size_t n);
};

static int
found(int rc, const void *result)
{
	return rc == ERANGE ? -ERANGE : result != NULL;
}

static int
ask_pwnam(const struct query *q, void *record, char *room, size_t n)
{
	struct passwd *result = NULL;
	const int rc = getpwnam_r(q->name, record, room, n, &result);

	return found(rc, result);
}

static int
ask_pwuid(const struct query *q, void *record, char *room, size_t n)
{
	struct passwd *result = NULL;
	const int rc = getpwuid_r(q->id, record, room, n, &result);

	return found(rc, result);
}

static int
ask_grnam(const struct query *q, void *record, char *room, size_t n)
{
	struct group *result = NULL;
	const int rc = getgrnam_r(q->name, record, room, n, &result);

	return found(rc, result);
}

static int
ask_grgid(const struct query *q, void *record, char *room, size_t n)
{
	struct group *result = NULL;
	const int rc = getgrgid_r(q->id, record, room, n, &result);

	return found(rc, result);
}

static int
ask_spnam(const struct query *q, void *record, char *room, size_t n)
{
	struct spwd *result = NULL;
	const int rc = getspnam_r(q->name, record, room, n, &result);

	return found(rc, result);
}

static void
block_free(void *block, size_t size)
{
	wipe(block, size);
	free(block);
}

static void *
keep(pam_handle_t *pamh, void *block, size_t size, bool account)
{
	struct lookup *l;

	if (!pamh)
		return block;
	l = malloc(sizeof *l);
	if (!l) {
		block_free(block, size);
		return NULL;
	}
	*l = (struct lookup){ pamh->lookups, block, size, account };
	pamh->lookups = l;
	return block;
}

static void *
look_up(pam_handle_t *pamh, const struct query *q)
{
	for (size_t n = ROOM_FIRST; n <= ROOM_MAX; n *= ROOM_FACTOR) {
		const size_t size = q->record_size + n;
		char *block = malloc(size);
		int rc;

		if (!block)
			return NULL;
		rc = q->ask(q, block, block + q->record_size, n);
		if (rc > 0)
			return keep(pamh, block, size, q->account);
		block_free(block, size);
		if (rc == 0)
			return NULL;
	}
	return NULL;
}

struct passwd *
pam_modutil_getpwnam(pam_handle_t *pamh, const char *user)
{
	return look_up(pamh, &(struct query){
	    user, 0, sizeof(struct passwd), true, ask_pwnam });
}

struct passwd *
pam_modutil_getpwuid(pam_handle_t *pamh, uid_t uid)
{
	return look_up(pamh, &(struct query){
	    NULL, uid, sizeof(struct passwd), true, ask_pwuid });
}

struct group *
pam_modutil_getgrnam(pam_handle_t *pamh, const char *group)
{
	return look_up(pamh, &(struct query){
	    group, 0, sizeof(struct group), false, ask_grnam });
}

struct group *
pam_modutil_getgrgid(pam_handle_t *pamh, gid_t gid)
{
	return look_up(pamh, &(struct query){
	    NULL, gid, sizeof(struct group), false, ask_grgid });
}

struct spwd *
pam_modutil_getspnam(pam_handle_t *pamh, const char *user)
{
	return look_up(pamh, &(struct query){
	    user, 0, sizeof(struct spwd), false, ask_spnam });
}

const struct passwd *
lookup_seen(const pam_handle_t *pamh, const char *user)
{
	for (const struct lookup *l = pamh->lookups; l; l = l->next) {
		const struct passwd *pw = l->block;

		if (l->account && strcmp(pw->pw_name, user) == 0)
			return pw;
	}
	return NULL;
}

void
lookup_free_all(pam_handle_t *pamh)
{
	while (pamh->lookups) {
		struct lookup *next = pamh->lookups->next;

		block_free(pamh->lookups->block, pamh->lookups->size);
		free(pamh->lookups);
		pamh->lookups = next;
	}
}
