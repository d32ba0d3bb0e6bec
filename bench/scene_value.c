/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be measured once in a process: first times, memory, threads. */
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "scene.h"

#define THREADS_NS 200e6
#define THREADS_MOST 16

/* The text alone: its module is in the process before anybody asks. The time
 * includes what a first call costs anywhere, memory and late bindings. */
static double
first_reading(const struct scene *s)
{
	double start;

	if (!dlopen(getenv("BENCH_MODULE"), RTLD_NOW)) {
		fprintf(stderr, "BENCH_MODULE: %s\n", dlerror());
		exit(1);
	}
	start = now_ns();
	finish(begin(s->service, NULL));
	return now_ns() - start;
}

static double
first_cycle(const struct scene *s)
{
	const double start = now_ns();

	full_cycle(s->service);
	return now_ns() - start;
}

static size_t
heap(void)
{
	const struct mallinfo2 m = mallinfo2();

	return m.uordblks + m.hblkhd;
}

static size_t
resident(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (!f || fscanf(f, "%*u %lu", &pages) != 1)
		exit(1);
	fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void
begun(const struct scene *s)
{
	(void)begin(s->service, NULL);
}

static void
logged_in(const struct scene *s)
{
	log_in(begin(s->service, NULL));
}

/* Per handle, with what belongs to all of them (caches, modules) there. */
static double
handles(const struct scene *s, void (*make)(const struct scene *s),
    size_t (*used)(void))
{
	size_t before;

	full_cycle(s->service);
	(void)used();
	before = used();
	for (size_t i = 0; i < s->entries; i++)
		make(s);
	return (double)(used() - before) / (double)s->entries;
}

static double
handle_heap(const struct scene *s)
{
	return handles(s, begun, heap);
}

static double
handle_resident(const struct scene *s)
{
	return handles(s, begun, resident);
}

static double
login_heap(const struct scene *s)
{
	return handles(s, logged_in, heap);
}

struct crowd {
	const struct scene *scene;
	pthread_barrier_t barrier;
	double end;
	atomic_long cycles;
};

static void *
one_of_the_crowd(void *arg)
{
	struct crowd *c = arg;
	long cycles = 0;

	full_cycle(c->scene->service);
	pthread_barrier_wait(&c->barrier);
	pthread_barrier_wait(&c->barrier);
	for (; now_ns() < c->end; cycles++)
		full_cycle(c->scene->service);
	atomic_fetch_add(&c->cycles, cycles);
	return NULL;
}

/* Time by the wall for each cycle, whoever did it. */
static double
threads(const struct scene *s)
{
	struct crowd c = { .scene = s };
	pthread_t thread[THREADS_MOST];
	double start;

	pthread_barrier_init(&c.barrier, NULL, (unsigned)s->entries + 1);
	for (size_t i = 0; i < s->entries; i++) {
		if (pthread_create(&thread[i], NULL, one_of_the_crowd, &c) != 0)
			exit(1);
	}
	pthread_barrier_wait(&c.barrier);
	start = now_ns();
	c.end = start + THREADS_NS;
	pthread_barrier_wait(&c.barrier);
	for (size_t i = 0; i < s->entries; i++)
		pthread_join(thread[i], NULL);
	return (now_ns() - start) / (double)atomic_load(&c.cycles);
}

const struct scene value_scenes[] = {
	{ "first-reading", "errand", .value = first_reading },
	{ "first-cycle", "login", .value = first_cycle },
	{ "heap-1000", "login", .entries = 1000, .value = handle_heap },
	{ "heap-10000", "login", .entries = 10000, .value = handle_heap },
	{ "login-heap-1000", "login", .entries = 1000, .value = login_heap },
	{ "rss-1000", "login", .entries = 1000, .value = handle_resident },
	{ "rss-10000", "login", .entries = 10000, .value = handle_resident },
	{ "threads-1", "login", .entries = 1, .value = threads },
	{ "threads-2", "login", .entries = 2, .value = threads },
	{ "threads-4", "login", .entries = 4, .value = threads },
	{ 0 }
};
