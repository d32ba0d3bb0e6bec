/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands for libpam_misc. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "player.h"

#define MESSAGES_MAX 16

/* Descriptors 0 to 2 while misc_conv has them: a pipe full of input, and two
 * files for what it writes. */
struct stage {
	int kept[3], ours[3];
};

static void
stage_set(struct stage *s, const char *input)
{
	int fd[2];

	if (pipe(fd) < 0)
		abort();
	if (input && write(fd[1], input, strlen(input)) < 0)
		abort();
	close(fd[1]);
	s->ours[0] = fd[0];
	s->ours[1] = memfd_create("out", 0);
	s->ours[2] = memfd_create("err", 0);
	for (int i = 0; i < 3; i++) {
		s->kept[i] = dup(i);
		dup2(s->ours[i], i);
	}
}

static void
stage_clear(struct stage *s)
{
	fflush(stdout);
	fflush(stderr);
	for (int i = 0; i < 3; i++) {
		dup2(s->kept[i], i);
		close(s->kept[i]);
	}
}

static void
report_written(struct event *e, int fd)
{
	char text[2048];
	const ssize_t n = pread(fd, text, sizeof text - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	event_word(e, text);
}

static int
messages_of(char **w, struct pam_message *m)
{
	int n = 0;

	for (; w[n] && n < MESSAGES_MAX; n++) {
		char *colon = strchr(w[n], ':');

		m[n].msg_style = atoi(w[n]);
		m[n].msg = colon ? colon + 1 : "";
	}
	return n;
}

static void
run_mconv(struct player *p, char **w, struct event *e)
{
	struct pam_message m[MESSAGES_MAX];
	const struct pam_message *list[MESSAGES_MAX];
	struct pam_response *r = NULL;
	struct stage stage;
	const int n = messages_of(w + 2, m);
	int rc;

	(void)p;
	for (int i = 0; i < n; i++)
		list[i] = &m[i];
	stage_set(&stage, w[1]);
	rc = misc_conv(n, list, &r, NULL);
	stage_clear(&stage);
	event_code(e, rc);
	event_int(e, pam_misc_conv_died);
	for (int i = 0; rc == PAM_SUCCESS && i < n; i++) {
		event_word(e, r[i].resp);
		free(r[i].resp);
	}
	if (rc == PAM_SUCCESS)
		free(r);
	report_written(e, stage.ours[1]);
	report_written(e, stage.ours[2]);
	for (int i = 0; i < 3; i++)
		close(stage.ours[i]);
}

/* Seconds from now; 0 switches off. */
static time_t
from_now(const char *word)
{
	return word_int(word) ? time(NULL) + word_int(word) : 0;
}

static void
run_mtime(struct player *p, char **w, struct event *e)
{
	(void)p;
	(void)e;
	pam_misc_conv_warn_time = from_now(w[1]);
	pam_misc_conv_die_time = from_now(w[2]);
}

static void
run_msetenv(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_misc_setenv(p->pamh, w[1], w[2], word_int(w[3])));
}

static void
run_mpaste(struct player *p, char **w, struct event *e)
{
	event_code(e, pam_misc_paste_env(p->pamh,
	    (const char *const *)(w + 1)));
}

static void
run_mdrop(struct player *p, char **w, struct event *e)
{
	(void)w;
	event_text(e, pam_misc_drop_env(pam_getenvlist(p->pamh)) ? "kept" :
	    "null");
}

const struct command misc_commands[] = {
	{ "mconv", run_mconv, NEEDS_NOTHING },
	{ "mdrop", run_mdrop, NEEDS_HANDLE },
	{ "mpaste", run_mpaste, NEEDS_HANDLE },
	{ "msetenv", run_msetenv, NEEDS_HANDLE },
	{ "mtime", run_mtime, NEEDS_SILENCE },
	{ 0 },
};
