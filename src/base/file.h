/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole files and whole buffers: what read(2) and write(2) do only in part. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <sys/types.h>

struct stat;

/* Whether an error (-errno) says nothing about the file, only that this process
 * can open none at the moment. To take the file for missing would let whoever
 * sets a program's limits choose what it reads. */
bool file_cannot(int err);

/* Read until n bytes are there or the end of file. Bytes read or -errno. */
ssize_t read_all(int fd, void *buf, size_t n);

/* Write all n bytes. 0 or -errno. */
int write_all(int fd, const void *buf, size_t n);

/* Open path, relative to the directory dir (or AT_FDCWD), for reading without
 * ever waiting for it (fifo, device) or becoming its terminal, and require a
 * regular file. *st, when given, is filled. Descriptor or -errno; -EISDIR for
 * a directory, -EINVAL for anything else that is no regular file. */
int file_open(int dir, const char *path, struct stat *st);

/* The same, but -ELOOP where the path itself is a symbolic link. */
int file_open_itself(int dir, const char *path, struct stat *st);

/* All of the open regular file, at most max bytes, into *out, NUL-terminated,
 * owned by the caller; *len, when given, is its length. 0 or -errno; -EFBIG
 * when it is longer. */
int file_slurp(int fd, size_t max, char **out, size_t *len);

/* The same for a file that was size bytes long just now: not asked for that
 * again, and, if so many bytes come, not read to see that there are no more.
 * size 0: not known. */
int file_slurp_sized(int fd, off_t size, size_t max, char **out, size_t *len);

/* Read at most max bytes of the regular file path into *out, NUL-terminated,
 * owned by the caller. 0 or -errno; -EFBIG when the file is longer, -EISDIR or
 * -EINVAL when it is no regular file. */
int file_read(const char *path, size_t max, char **out);

/* Take the lock of an open file (flock(2)) for oneself alone, and wait for
 * whoever has it, but no longer than so many hundredths of a second. 0 or
 * -errno; -EBUSY when he still has it. */
int file_lock(int fd, unsigned patience);

#endif
