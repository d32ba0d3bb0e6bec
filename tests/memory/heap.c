/* SPDX-License-Identifier: BSD-2-Clause */
#include "heap.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PUBLIC __attribute__((visibility("default")))

/* Whose heap is behind us: the C library's, or with a sanitizer the one that it
 * puts in the place of that. */
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);
extern void __libc_free(void *p);
extern __typeof__(__libc_malloc) __interceptor_malloc __attribute__((weak));
extern __typeof__(__libc_calloc) __interceptor_calloc __attribute__((weak));
extern __typeof__(__libc_realloc) __interceptor_realloc __attribute__((weak));
extern __typeof__(__libc_memalign) __interceptor_memalign
    __attribute__((weak));
extern __typeof__(__libc_free) __interceptor_free __attribute__((weak));

#define BEHIND(fn) (__interceptor_##fn ? __interceptor_##fn : __libc_##fn)

PUBLIC extern __typeof__(malloc) malloc;
PUBLIC extern __typeof__(calloc) calloc;
PUBLIC extern __typeof__(realloc) realloc;
PUBLIC extern __typeof__(free) free;
PUBLIC extern __typeof__(memalign) memalign;
PUBLIC extern __typeof__(aligned_alloc) aligned_alloc;
PUBLIC extern __typeof__(posix_memalign) posix_memalign;
PUBLIC extern __typeof__(reallocarray) reallocarray;
PUBLIC char *(strdup)(const char *s);
PUBLIC char *(strndup)(const char *s, size_t n);

static struct heap_live live;
static size_t countdown;	/* 0: nothing fails */
static bool all_after, refused, paused;

void
heap_fail(size_t n, bool for_good)
{
	countdown = n;
	all_after = for_good;
	refused = false;
}

void
heap_heal(void)
{
	countdown = 0;
}

void
heap_pause(bool pause)
{
	paused = pause;
}

bool
heap_failed(void)
{
	return refused;
}

struct heap_live
heap_live(void)
{
	return live;
}

static bool
refuse(void)
{
	if (paused || countdown == 0 || --countdown > 0)
		return false;
	refused = true;
	countdown = all_after;
	errno = ENOMEM;
	return true;
}

/* A sanitizer has no sizes to tell before it has come to life. */
static size_t
size_of(void *p)
{
	return __interceptor_malloc ? 0 : malloc_usable_size(p);
}

static void *
note(void *p)
{
	if (!p)
		return NULL;
	live.blocks++;
	live.bytes += size_of(p);
	return p;
}

static void
forget(void *p)
{
	if (!p)
		return;
	live.blocks--;
	live.bytes -= size_of(p);
}

void *
malloc(size_t n)
{
	return refuse() ? NULL : note(BEHIND(malloc)(n));
}

void *
calloc(size_t n, size_t size)
{
	return refuse() ? NULL : note(BEHIND(calloc)(n, size));
}

/* A failed realloc leaves the old block alone; one to nothing frees it. */
void *
realloc(void *p, size_t n)
{
	const struct heap_live before = live;
	void *q;

	if (n && refuse())
		return NULL;
	forget(p);
	q = BEHIND(realloc)(p, n);
	if (!q && n)
		live = before;
	return note(q);
}

void
free(void *p)
{
	forget(p);
	BEHIND(free)(p);
}

void *
memalign(size_t align, size_t n)
{
	return refuse() ? NULL : note(BEHIND(memalign)(align, n));
}

void *
aligned_alloc(size_t align, size_t n)
{
	return memalign(align, n);
}

int
posix_memalign(void **out, size_t align, size_t n)
{
	void *p = memalign(align, n);

	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

/* Of these a sanitizer has its own, which would not ask us. */
void *
reallocarray(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(p, n * size);
}

char *
(strndup)(const char *s, size_t n)
{
	const size_t len = strnlen(s, n);
	char *copy = malloc(len + 1);

	if (!copy)
		return NULL;
	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *
(strdup)(const char *s)
{
	return (strndup)(s, strlen(s));
}
