/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "base/text.h"
#include "pamctl/apply/folder.h"
#include "pamctl/pamctl.h"

#define NAME "journal"
#define NEXT ".journal.new"
#define VERSION_LINE "usher-apply 1"

static const char *const words[STATE_COUNT] = {
	[STATE_STAGING] = "staging",
	[STATE_READY] = "ready",
	[STATE_SWAPPED] = "swapped",
	[STATE_WAITING] = "waiting",
	[STATE_KEPT] = "kept",
	[STATE_RESTORING] = "restoring",
	[STATE_RESTORED] = "restored",
};

const char *
state_word(enum state s)
{
	return words[s];
}

bool
boot_id(char id[BOOT_SIZE])
{
	_drop_(closep) int fd = open("/proc/sys/kernel/random/boot_id",
	    O_RDONLY | O_CLOEXEC);
	const ssize_t len = fd < 0 ? -1 : read_all(fd, id, BOOT_SIZE - 1);

	id[len > 0 ? len : 0] = '\0';
	id[strcspn(id, "\n")] = '\0';
	return *id;
}

long long
journal_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

bool
journal_due(const struct journal *j)
{
	char boot[BOOT_SIZE];

	return !boot_id(boot) || strcmp(boot, j->boot) != 0 ||
	    journal_now() >= j->deadline;
}

int
journal_add(struct journal *j, const char *parent, const char *name)
{
	struct step s = { .parent = strdup(parent), .name = strdup(name) };

	if (!s.parent || !s.name || GROW(j->step, j->count, j->cap) < 0) {
		free(s.parent);
		free(s.name);
		return -ENOMEM;
	}
	j->step[j->count++] = s;
	return 0;
}

static bool
read_state(struct journal *j, char *word)
{
	for (int s = 0; s < STATE_COUNT; s++) {
		if (strcmp(words[s], word) == 0) {
			j->state = (enum state)s;
			return true;
		}
	}
	return false;
}

/* "old new 4711 /etc/pam.d" */
static bool
read_step(struct journal *j, char *text)
{
	unsigned old, new;
	unsigned long long ino;
	int at = 0;
	char *slash;

	if (sscanf(text, "%u %u %llu %n", &old, &new, &ino, &at) != 3 || !at)
		return false;
	slash = strrchr(text + at, '/');
	if (!slash)
		return false;
	*slash = '\0';
	if (journal_add(j, text + at, slash + 1) < 0)
		return false;
	j->step[j->count - 1].old = old;
	j->step[j->count - 1].new = new;
	j->step[j->count - 1].ino = (ino_t)ino;
	return true;
}

static bool
read_swap(struct journal *j, char *text)
{
	return sscanf(text, "%ld.%9ld", &j->swap.tv_sec,
	    &j->swap.tv_nsec) == 2;
}

static bool
read_deadline(struct journal *j, char *text)
{
	return sscanf(text, "%lld", &j->deadline) == 1;
}

static bool
read_boot(struct journal *j, char *text)
{
	snprintf(j->boot, sizeof j->boot, "%s", text);
	return true;
}

static bool
read_code(struct journal *j, char *text)
{
	snprintf(j->code, sizeof j->code, "%s", text);
	return true;
}

static const struct {
	const char *key;
	bool (*read)(struct journal *j, char *text);
} keys[] = {
	{ "state ", read_state },
	{ "boot ", read_boot },
	{ "swap ", read_swap },
	{ "deadline ", read_deadline },
	{ "code ", read_code },
	{ "step ", read_step },
};

static bool
read_line(struct journal *j, char *line)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		const char *rest = text_after(line, keys[i].key);

		if (rest)
			return keys[i].read(j, line + (rest - line));
	}
	return false;
}

static bool
read_text(struct journal *j, char *text)
{
	char *save = NULL, *line = strtok_r(text, "\n", &save);

	if (!line || strcmp(line, VERSION_LINE) != 0)
		return false;
	while ((line = strtok_r(NULL, "\n", &save))) {
		if (!read_line(j, line))
			return false;
	}
	return true;
}

int
journal_read(const struct folder *in, struct journal *out)
{
	_drop_(freep) char *text = NULL;
	_drop_(journal_free) struct journal j = { 0 };
	size_t len;
	int rc = folder_read(in, NAME, &text, &len);

	if (rc)
		return rc;
	if (!read_text(&j, text))
		return fail(STATUS_CONFIG, "%s/" NAME ": not understood",
		    in->path);
	*out = j;
	j = (struct journal){ 0 };
	return 0;
}

static void
write_text(FILE *to, const struct journal *j)
{
	fprintf(to, VERSION_LINE "\nstate %s\nboot %s\nswap %ld.%09ld\n"
	    "deadline %lld\n", words[j->state], j->boot, (long)j->swap.tv_sec,
	    j->swap.tv_nsec, j->deadline);
	if (*j->code)
		fprintf(to, "code %s\n", j->code);
	for (size_t i = 0; i < j->count; i++) {
		const struct step *s = &j->step[i];

		fprintf(to, "step %u %u %llu %s/%s\n", s->old, s->new,
		    (unsigned long long)s->ino, s->parent, s->name);
	}
}

static int
write_file(const struct folder *in, const struct journal *j)
{
	_drop_(fclosep) FILE *to = NULL;
	int fd = openat(in->fd, NEXT,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	to = fd < 0 ? NULL : fdopen(fd, "w");
	if (!to) {
		const int rc = -errno;

		closep(&fd);
		return rc;
	}
	write_text(to, j);
	if (fflush(to) != 0 || ferror(to) || fsync(fd) < 0)
		return -errno;
	return 0;
}

int
journal_write(const struct folder *in, const struct journal *j)
{
	const int rc = write_file(in, j);

	if (rc < 0)
		return folder_complain(in, NEXT, rc);
	if (renameat(in->fd, NEXT, in->fd, NAME) < 0 || fsync(in->fd) < 0)
		return folder_complain(in, NAME, -errno);
	return 0;
}

int
journal_enter(const struct folder *in, struct journal *j, enum state s)
{
	j->state = s;
	return journal_write(in, j);
}

void
journal_free(struct journal *j)
{
	for (size_t i = 0; i < j->count; i++) {
		free(j->step[i].parent);
		free(j->step[i].name);
	}
	free(j->step);
	*j = (struct journal){ 0 };
}
