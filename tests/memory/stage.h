/* SPDX-License-Identifier: BSD-2-Clause */
/* What a program and its modules do, as rows: policies, answers of the user,
 * and the calls one by one. Played as often as wanted, always the same way. */
#ifndef STAGE_H
#define STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <security/pam_appl.h>

#define STEPS 24

struct play;
struct step;

/* Gives a return code; what else there is to see it puts into play->text. */
typedef int step_fn(struct play *play, const struct step *step);

struct step {
	step_fn *act;
	const char *text;
	int n;
};

/* What the conversation answers: a code, and a text or none. */
struct reply {
	int code;
	const char *text;
};

struct scenario {
	const char *label;
	const char *conf;	/* usher.conf */
	struct {
		const char *name, *text;	/* %M is the actor */
	} files[6];
	struct reply replies[6];	/* then it fails */
	struct step steps[STEPS];
	unsigned errors;	/* bit for each: codes that the walk may make
				 * of a failure, beside PAM_BUF_ERR */
	bool stops;		/* the program does, when a step surprises it */
	bool system;		/* the files are /etc/pam.d's, no confdir's */
};

/* One performance. */
struct play {
	const struct scenario *scenario;
	pam_handle_t *pamh;
	size_t replied;
	char text[64];
};

struct outcome {
	int code;
	char text[64];
};

struct run {
	struct outcome outcome[STEPS];
	size_t count;		/* steps played: after a failed start none */
	size_t hit;		/* the step in which watch became true */
};

/* How old the files look when they are read. */
enum age {
	AGE_OLD,		/* unchanged: what was kept is used */
	AGE_FRESH,		/* just changed: read twice, and not kept */
	AGE_RENEWED,		/* changed, some time ago: read and kept */
	AGE_COUNT,
};

/* Put the scenario's files in place. False: not possible here. */
bool stage_set(const struct scenario *s, const char *actor);

/* Put the actor into the confdir once more, as another file. */
bool stage_copy(const char *actor, const char *name);

/* Make its files look so. */
void stage_age(const struct scenario *s, enum age age);

/* Play all steps; watch, when given, is asked after each. With what was
 * expected, a program that stops does so at the first step that differs. */
void stage_play(const struct scenario *s, bool (*watch)(void),
    const struct run *expected, struct run *run);

/* Whether a step let somebody in whom it should have refused. Steps that only
 * set something may well succeed when one before them did not. */
bool stage_came_in(const struct step *step, int want, int got);

/* How many descriptors are open. */
int stage_files(void);

/* A scenario in a process and a world of its own; what act gives is its exit
 * status. 0 if that was 0, or it cannot be played here. */
int stage_apart(const struct scenario *s, const char *actor,
    int (*act)(const struct scenario *s));

/* All of them. argv: the actor, and perhaps the label of one alone. The status
 * of the test. */
int stage_each(int argc, char **argv, int (*act)(const struct scenario *s));

/* Steps: what they do with text and n stands with them. */
step_fn step_start, step_end, step_call_auth, step_call_cred,
    step_call_account, step_call_open, step_call_close, step_call_change,
    step_set, step_get, step_unset, step_xauth, step_putenv, step_getenv,
    step_list, step_user, step_prompt, step_conv, step_pw, step_key,
    step_setenv, step_paste, step_envs, step_nothing;

/* Makes the text of a reply, for the library to free; strdup at first. */
extern char *(*stage_reply)(const char *text);

/* The conversation of steps. */
int stage_converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *play);

extern const struct scenario scenarios[];
extern const size_t scenario_count;

#endif
