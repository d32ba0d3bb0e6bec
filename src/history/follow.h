/* SPDX-License-Identifier: BSD-2-Clause */
/* The event log read forwards, from where a reader was the last time, whatever
 * logrotate has done since. */
#ifndef HISTORY_FOLLOW_H
#define HISTORY_FOLLOW_H

#include <stddef.h>
#include <stdint.h>

#define PLACE_MARK 96

/* How far the log has been read. The bytes before that tell whether a file is
 * still the one that was read: an inode is used again, and a log that was
 * truncated grows again. All zero is the beginning of all. */
struct log_place {
	uint64_t dev, ino;
	int64_t offset;
	size_t len;
	char mark[PLACE_MARK];
};

/* Takes a line without its newline. 0, or -errno to stop. */
typedef int follow_fn(void *ctx, const char *line, size_t len);

/* Give every line behind the place to each, in the order written, and move the
 * place. A log that was rotated away (the same name with ".1" behind it) is
 * finished first. Where the place is in neither file, both are given as a
 * whole, so that some lines may come twice. A line without its newline is left
 * for the next time. 0 or -errno; that there is no file is no error. */
int follow(const char *log, struct log_place *place, follow_fn *each, void *ctx);

#endif
