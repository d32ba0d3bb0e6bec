/* SPDX-License-Identifier: BSD-2-Clause */
/* What is measured: one row a scene. */
#ifndef BENCH_SCENE_H
#define BENCH_SCENE_H

#include <security/pam_appl.h>
#include <stddef.h>

/* What is there before the first operation. */
enum around {
	AROUND_NOTHING,
	AROUND_HANDLE,		/* a live handle */
	AROUND_MODULE,		/* and a call of its only module */
};

struct bench {
	const struct scene *scene;
	pam_handle_t *pamh;
	long ops;		/* to be done; 0: as many as it takes */
	size_t at;		/* which entry comes next */
};

struct scene {
	const char *name, *service;
	enum around around;
	void (*prepare)(struct bench *b);	/* or NULL */
	void (*op)(struct bench *b);
	unsigned parts;		/* an operation counts as so many; 0: 1 */
	size_t entries;
	/* In place of op: measures once, by itself. */
	double (*value)(const struct scene *s);
};

/* Each ends with a scene that has no name. */
extern const struct scene cycle_scenes[], store_scenes[], value_scenes[];

/* The module hands every call over to this, which is what appdata_ptr of the
 * conversation points to; NULL: it has nothing to do. */
struct errand {
	void (*run)(void *arg);
	void *arg;
};

/* End the program unless this is PAM_SUCCESS. */
void expect(const char *what, int rc);

pam_handle_t *begin(const char *service, struct errand *errand);
void finish(pam_handle_t *pamh);

/* All that a login does, up to its session. */
void log_in(pam_handle_t *pamh);

/* And to its end, from pam_start to pam_end. */
void full_cycle(const char *service);

#endif
