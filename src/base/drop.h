/* SPDX-License-Identifier: BSD-2-Clause */
/* Ownership of locals: _drop_(freep) frees at the end of the scope, TAKE hands
 * the value on and leaves NULL behind. */
#ifndef BASE_DROP_H
#define BASE_DROP_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define _drop_(fn) __attribute__((cleanup(fn)))

#define TAKE(x)                                                                \
	({                                                                     \
		__typeof__(x) taken_ = (x);                                    \
		(x) = NULL;                                                    \
		taken_;                                                        \
	})

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline void
freep(void *p)
{
	free(*(void **)p);
}

static inline void
closep(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void
fclosep(FILE **f)
{
	if (*f)
		fclose(*f);
}

static inline void
closedirp(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

#endif
