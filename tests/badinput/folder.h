/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of every kind, and a root directory of one's own. */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <sys/types.h>

enum kind {
	TEXT,
	FOLDER,
	FIFO,
	SOCKET,
	LINK,			/* text is where it points */
	SPARSE,			/* a file of 256 MiB and a byte of nothing */
	MODULE,			/* the module of the test */
};

struct file_of {
	const char *path, *text;
	enum kind kind;
	size_t len;		/* of the text; 0: up to its NUL */
	mode_t mode;		/* 0: 0644, 0755 for a folder */
	uid_t uid;
	gid_t gid;
};

/* Go to a new folder, which is removed at the end. */
void folder_begin(void);

/* Make it, and the folders above it; %M and the like as rig_policy. Relative
 * to the folder that the process is in. */
bool folder_put(const struct file_of *file);

/* Remove all that is in the current folder. */
void folder_clear(void);

/* Run fn with data in a child that has the current folder as its root, as root
 * or another user; what it returns is its own TEST_RESULT(). The same here, or
 * 0 where nobody may do that: *skipped counts these. */
int folder_as_root(int (*fn)(const void *data), const void *data, uid_t uid,
    unsigned *skipped);

/* The same here, in a child of its own: it remembers nothing of others. */
int folder_apart(int (*fn)(const void *data), const void *data);

#endif
