/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: player
 *
 * Tells which libraries it has, then reads lines "SCRIPT LOG SECONDS" and plays
 * each script in a child of its own, so that a case costs a fork and no more.
 * What the child writes to standard error is in LOG.err; "done" tells that it
 * is over. */
#include "player.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <security/pam_client.h>
#include <security/pam_misc.h>

#include "base/drop.h"

#define LINE_MAX_BYTES 16384
#define MARK " ## "

static struct player player = {
	.conv = { conv_scripted, (void *)conv_cookie },
};

static const struct command *const tables[] = {
	call_commands, item_commands, misc_commands, client_commands,
	conv_commands,
};

EXPORT bool
oracle_wipe_due(void)
{
	const bool due = player.wipe_due;

	player.wipe_due = false;
	return due;
}

EXPORT bool
oracle_types(void)
{
	return player.typing;
}

int
word_int(const char *word)
{
	return word ? (int)strtol(word, NULL, 0) : 0;
}

static const struct command *
find_command(const char *name)
{
	for (size_t i = 0; i < COUNT(tables); i++) {
		for (const struct command *c = tables[i]; c->name; c++) {
			if (strcmp(c->name, name) == 0)
				return c;
		}
	}
	return NULL;
}

static const char *
echo_of(const char *line)
{
	const char *other = strstr(line, MARK);

	return other ? other + strlen(MARK) : line;
}

static size_t
split(char *line, char **w)
{
	char *mark = strstr(line, MARK);
	size_t n = 0;
	char *rest = line;

	if (mark)
		*mark = '\0';
	for (char *word; n < WORDS_MAX - 1 &&
	    (word = strtok_r(rest, " \n", &rest));)
		w[n++] = event_decode(word);
	return n;
}

/* False: there is no such command. */
static bool
play_line(char *line)
{
	_drop_(freep) char *copy = strdup(line);
	char *w[WORDS_MAX] = { 0 };
	const struct command *c;
	struct event e;

	if (!copy || split(line, w) == 0 || w[0][0] == '#')
		return copy;
	c = find_command(w[0]);
	if (!c)
		return false;
	if (c->needs == NEEDS_SILENCE) {
		c->run(&player, w, NULL);
		return true;
	}
	if (c->needs == NEEDS_HANDLE && !player.pamh)
		return true;
	copy[strcspn(copy, "\n")] = '\0';
	event_begin(&e, echo_of(copy));
	event_text(&e, "->");
	c->run(&player, w, &e);
	event_end(&e);
	return true;
}

int
play(const char *script)
{
	_drop_(fclosep) FILE *f = fopen(script, "re");
	char line[LINE_MAX_BYTES];

	if (!f)
		return 2;
	while (fgets(line, sizeof line, f)) {
		if (!play_line(line))
			return 2;
	}
	return 0;
}

/* The child: exit(3), as that is where leaks are looked for. */
static void
play_apart(const char *script, const char *log)
{
	_drop_(freep) char *errors = NULL;
	int fd, status;

	setenv("ORACLE_LOG", log, 1);
	if (asprintf(&errors, "%s.err", log) < 0)
		abort();
	/* Modules write here with whatever rights they have just then. */
	fd = open(log, O_WRONLY | O_CREAT, 0600);
	fchmod(fd, 0666);
	close(fd);
	fd = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dup2(fd, 2);
	close(fd);
	fd = open("/dev/null", O_RDWR);
	dup2(fd, 0);
	dup2(fd, 1);
	close(fd);
	status = play(script);
	exit(status);
}

static void
report_end(const char *log, int status, bool late)
{
	struct event e;

	setenv("ORACLE_LOG", log, 1);
	if (late) {
		event_begin(&e, "timeout");
	} else if (WIFSIGNALED(status)) {
		event_begin(&e, "signal");
		event_int(&e, WTERMSIG(status));
	} else if (WEXITSTATUS(status)) {
		event_begin(&e, "exit");
		event_int(&e, WEXITSTATUS(status));
	} else {
		return;
	}
	event_end(&e);
}

static void
watch(pid_t pid, const char *log, int seconds)
{
	struct pollfd p = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	int n, status = 0;

	do {
		n = poll(&p, 1, seconds * 1000);
	} while (n < 0 && errno == EINTR);
	if (n <= 0)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	close(p.fd);
	report_end(log, status, n <= 0);
}

static void
tell_library(void *symbol)
{
	Dl_info info;

	if (!dladdr(symbol, &info))
		abort();
	printf("%s\n", info.dli_fname);
}

int
main(void)
{
	char line[LINE_MAX_BYTES], script[4096], log[4096];
	int seconds;

	tell_library(dlsym(RTLD_DEFAULT, "pam_start"));
	tell_library(dlsym(RTLD_DEFAULT, "misc_conv"));
	tell_library(dlsym(RTLD_DEFAULT, "pamc_start"));
	fflush(stdout);
	while (fgets(line, sizeof line, stdin)) {
		pid_t pid;

		if (sscanf(line, "%4095s %4095s %d", script, log,
		    &seconds) != 3)
			return 2;
		pid = fork();
		if (pid < 0)
			return 2;
		if (pid == 0)
			play_apart(script, log);
		watch(pid, log, seconds);
		puts("done");
		fflush(stdout);
	}
	return 0;
}
