/* SPDX-License-Identifier: BSD-2-Clause */
/* A mark is what a test module leaves on the machine while a session is open,
 * where everybody can see it. One kind is one module: mark.c and its file. */
#ifndef SESSIONS_MARK_H
#define SESSIONS_MARK_H

#define MARKS "/run/marks"	/* made by the test, as all below it */

struct mark {
	const char *name;
	int flags;		/* of pam_session_put */
	/* Both take the id of the session and give 0 or -errno. unset is well
	 * when all or part of it is undone already, or never was done. */
	int (*set)(const char *id);
	int (*unset)(const char *id);
};

/* The module's own. */
extern const struct mark mark;

/* Between two steps: where a kill may hit. */
void mark_pause(void);

/* Where the mark of a session is: MARKS "/KIND/ID". */
#define MARK_PATH 128
char *mark_path(const char *id, char path[MARK_PATH]);

#endif
