/* SPDX-License-Identifier: BSD-2-Clause */
/* pam.conf without the lines of other services. It may have ten thousand, of
 * which a login needs twenty: they are left out while the file is read, before
 * they take memory and time. Private to policy/. */
#ifndef POLICY_THIN_H
#define POLICY_THIN_H

#include <stddef.h>

/* Read the open file, at most max bytes, into *out, NUL-terminated, owned by
 * the caller; *len is its length. Every line that the service could need is
 * there as it was; of the others, or of most of them, the newline is left, so
 * that lines keep their numbers. 0 or -errno; -EFBIG when it is longer. */
int thin_read(int fd, const char *service, size_t max, char **out,
    size_t *len);

#endif
