/* SPDX-License-Identifier: BSD-2-Clause */
/* Files in folders that belong to somebody else. */
#ifndef BASE_BENEATH_H
#define BASE_BENEATH_H

struct stat;

/* Open for reading, as file_open does, a regular file by its path below the
 * open folder dir. No component may be a symbolic link, and nothing leads out
 * of the folder: no ".." and no leading slash. Descriptor or -errno; -ELOOP for
 * a link, -EXDEV for a way out. */
int open_beneath(int dir, const char *path, struct stat *st);

#endif
