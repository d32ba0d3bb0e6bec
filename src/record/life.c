/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/life.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "record/crowd.h"

static const char *const words[LIFE_COUNT] = {
	[LIFE_HERE] = "here",
	[LIFE_GOING] = "going",
	[LIFE_ORPHAN] = "orphan",
	[LIFE_STUCK] = "stuck",
	[LIFE_ELSEWHERE] = "elsewhere",
	[LIFE_PAST] = "past",
};

const char *
life_word(enum life life)
{
	return words[life];
}

void
life_look(struct look *l)
{
	*l = (struct look){
		.now = (unsigned long long)time(NULL),
		.detached_max = LIFE_DETACHED_MAX,
	};
	boot_name(l->boot);
	space_self(&l->space, getpid());
}

void
life_end(struct look *l)
{
	crowd_free(l->crowd);
	l->crowd = NULL;
}

pid_t
life_keeper(struct look *l, const struct record *r)
{
	pid_t pid = 0;

	if (process_lives(&r->opener))
		return r->opener.pid;
	if (!l->crowd)
		l->crowd = crowd_new();
	/* Who cannot be told is there: nothing is undone below somebody. */
	if (!l->crowd)
		return r->opener.pid;
	if (r->inner != NO_AUDIT_SESSION)
		pid = crowd_in_audit_session(l->crowd, (uint32_t)r->inner);
	if (!pid && r->uid != (uid_t)-1)
		pid = crowd_with_id(l->crowd, (uid_t)r->uid, r->id);
	return pid;
}

/* Whoever ended it means it, or has had his time. */
static bool
is_over(const struct look *l, const struct record *r)
{
	if (r->abandoned)
		return true;
	return r->gone && l->now >= r->gone + LIFE_GRACE;
}

/* Who keeps a process in it on purpose keeps it, but not for ever. */
static bool
is_overdue(const struct look *l, const struct record *r)
{
	const unsigned long long since = r->detached ? r->detached : r->left;

	return since && l->now >= since + l->detached_max;
}

enum life
life_of(struct look *l, const struct record *r)
{
	if (r->boot && *l->boot && strcmp(r->boot, l->boot) != 0)
		return LIFE_PAST;
	if (r->space.pids && r->space.pids != l->space.pids)
		return LIFE_ELSEWHERE;
	if (r->stuck)
		return LIFE_STUCK;
	if (is_overdue(l, r))
		return LIFE_ORPHAN;
	/* What is being closed, or failed, has nobody in it but its opener. */
	if (life_keeper(l, r))
		return LIFE_HERE;
	return is_over(l, r) ? LIFE_ORPHAN : LIFE_GOING;
}

bool
life_note(struct look *l, const struct record *r, struct rows *to)
{
	const enum life life = life_of(l, r);

	if (life == LIFE_GOING && !r->gone)
		row_add_number(to, "gone", l->now);
	else if (life == LIFE_HERE && !r->left && !r->detached &&
	    !process_lives(&r->opener))
		row_add_number(to, "left", l->now);
	return to->len > 0;
}
