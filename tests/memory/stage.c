/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "pamtest.h"

#define HOUR 3600

char *(*stage_reply)(const char *text) = strdup;

/* How late the program believes that it is. */
static time_t late;

__attribute__((visibility("default"))) extern __typeof__(clock_gettime)
    clock_gettime;

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	const long rc = syscall(SYS_clock_gettime, clock, now);

	if (clock == CLOCK_REALTIME)
		now->tv_sec += late;
	return (int)rc;
}

static bool
put_system(const char *name, const char *text, const char *actor)
{
	_drop_(freep) char *path = NULL, *full = NULL;
	const char *mark = strstr(text, "%M");
	struct pamtest_file file = { .text = text };

	if (asprintf(&path, *name == '/' ? "%s" : "/etc/pam.d/%s", name) < 0)
		return false;
	/* One place for the module's name is enough here. */
	if (mark && asprintf(&full, "%.*s%s%s", (int)(mark - text), text,
	    actor, mark + 2) < 0)
		return false;
	file.path = path;
	if (full)
		file.text = full;
	return pamtest_put(&file);
}

bool
stage_set(const struct scenario *s, const char *actor)
{
	bool ok = true;

	if (s->conf)
		ok = pamtest_policy("usher.conf", s->conf, actor);
	for (size_t i = 0; ok && i < COUNT(s->files) && s->files[i].name; i++)
		ok = s->system ?
		    put_system(s->files[i].name, s->files[i].text, actor) :
		    pamtest_policy(s->files[i].name, s->files[i].text, actor);
	return ok;
}

bool
stage_copy(const char *actor, const char *name)
{
	_drop_(freep) char *path = NULL, *bytes = NULL;
	_drop_(closep) int in = open(actor, O_RDONLY | O_CLOEXEC);
	_drop_(closep) int out = -1;
	size_t len;

	if (asprintf(&path, "%s/%s", pamtest_confdir(), name) < 0)
		return false;
	out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	return in >= 0 && out >= 0 &&
	    file_slurp(in, 1 << 26, &bytes, &len) == 0 &&
	    write_all(out, bytes, len) == 0;
}

static void
touch(const struct scenario *s, const char *name)
{
	static long ticks;
	const struct timespec times[2] = {
		{ .tv_nsec = UTIME_OMIT }, { .tv_sec = ++ticks },
	};
	char path[256];

	snprintf(path, sizeof path, "%s/%s", *name == '/' ? "" :
	    s->system ? "/etc/pam.d" : pamtest_confdir(), name);
	utimensat(AT_FDCWD, path, times, 0);
}

void
stage_age(const struct scenario *s, enum age age)
{
	late = age == AGE_FRESH ? 0 : HOUR;
	if (age == AGE_OLD)
		return;
	if (s->conf)
		touch(s, "usher.conf");
	for (size_t i = 0; i < COUNT(s->files) && s->files[i].name; i++)
		touch(s, s->files[i].name);
}

static bool
is_question(int style)
{
	return style == PAM_PROMPT_ECHO_ON || style == PAM_PROMPT_ECHO_OFF;
}

static int
answer(struct play *play, struct pam_response *r)
{
	const struct reply *reply = &play->scenario->replies[play->replied];

	if (play->replied == COUNT(play->scenario->replies))
		return PAM_CONV_ERR;
	play->replied++;
	if (!reply->text)
		return reply->code ? reply->code : PAM_CONV_ERR;
	r->resp = stage_reply(reply->text);
	return r->resp ? reply->code : PAM_BUF_ERR;
}

int
stage_converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct pam_response *r = calloc((size_t)n, sizeof *r);
	int rc = r ? PAM_SUCCESS : PAM_BUF_ERR;

	for (int i = 0; i < n && rc == PAM_SUCCESS; i++) {
		if (is_question(msg[i]->msg_style))
			rc = answer(data, &r[i]);
	}
	*resp = r;
	return rc;
}

static bool
surprised(const struct scenario *s, const struct run *expected, size_t i,
    int code)
{
	return s->stops && expected && expected->outcome[i].code != code;
}

void
stage_play(const struct scenario *s, bool (*watch)(void),
    const struct run *expected, struct run *run)
{
	struct play play = { .scenario = s };

	*run = (struct run){ .hit = STEPS };
	pamtest_log_clear();
	for (size_t i = 0; i < STEPS && s->steps[i].act; i++) {
		struct outcome *o = &run->outcome[i];

		play.text[0] = '\0';
		o->code = s->steps[i].act(&play, &s->steps[i]);
		memcpy(o->text, play.text, sizeof o->text);
		run->count = i + 1;
		if (watch && run->hit == STEPS && watch())
			run->hit = i;
		if (!play.pamh || surprised(s, expected, i, o->code))
			break;
	}
	if (play.pamh)
		pam_end(play.pamh, PAM_SUCCESS);
}

bool
stage_came_in(const struct step *step, int want, int got)
{
	static step_fn *const entries[] = { step_start, step_call_auth,
		step_call_cred, step_call_account, step_call_open,
		step_call_close, step_call_change };

	if (got != PAM_SUCCESS || want == PAM_SUCCESS ||
	    want == PAM_INCOMPLETE)
		return false;
	for (size_t i = 0; i < COUNT(entries); i++) {
		if (step->act == entries[i])
			return true;
	}
	return false;
}

int
stage_files(void)
{
	int open = 0;

	for (int fd = 0; fd < 64; fd++)
		open += fcntl(fd, F_GETFD) >= 0;
	return open;
}
