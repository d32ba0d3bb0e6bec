/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests of misc_conv: standard input is a pipe and the two outputs are
 * files, from stage_begin to stage_end. */
#ifndef MISC_STAGE_H
#define MISC_STAGE_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <security/pam_misc.h>

#include "check.h"

#define TEXT_MAX 10000

static struct {
	int saved[3], out[3];
	int feed;
	char text[3][TEXT_MAX];
} stage;

static inline void
stage_begin(const char *input, size_t n, bool open_end)
{
	int fds[2];

	CHECK("pipe", pipe2(fds, O_CLOEXEC) == 0);
	fcntl(fds[1], F_SETPIPE_SZ, 65536);
	CHECK("feed", write(fds[1], input, n) == (ssize_t)n);
	stage.feed = fds[1];
	if (!open_end)
		close(fds[1]);
	stage.out[0] = fds[0];
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		if (i)
			stage.out[i] = memfd_create("out", MFD_CLOEXEC);
		stage.saved[i] = dup(i);
		dup2(stage.out[i], i);
	}
}

static inline void
stage_end(bool open_end)
{
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		const ssize_t n = i ? pread(stage.out[i], stage.text[i],
		    TEXT_MAX - 1, 0) : 0;

		stage.text[i][n > 0 ? n : 0] = '\0';
		dup2(stage.saved[i], i);
		close(stage.saved[i]);
		close(stage.out[i]);
	}
	if (open_end)
		close(stage.feed);
}

static struct pam_message messages[4];
static const struct pam_message *ask_list[] = {
	&messages[0], &messages[1], &messages[2], &messages[3],
};
static struct pam_response *replies;

static inline void
replies_drop(int n)
{
	for (int i = 0; replies && i < n; i++)
		free(replies[i].resp);
	free(replies);
	replies = NULL;
}

static inline int
talk(const char *input, int n)
{
	int rc;

	stage_begin(input, strlen(input), false);
	rc = misc_conv(n, ask_list, &replies, NULL);
	stage_end(false);
	return rc;
}

#endif
