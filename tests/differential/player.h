/* SPDX-License-Identifier: BSD-2-Clause */
/* Plays a script against whichever libpam the loader found. A script has one
 * command a line:
 *
 *   start SERVICE USER [CONFDIR]    end STATUS      forkend STATUS
 *   auth|setcred|acct|open|close|chauthtok FLAGS
 *   set ITEM VALUE     get ITEM     getnull ITEM    setconv ok|null|badfn|mute
 *   xauth NAME DATA    xauth        (the latter sets NULL)
 *   putenv X    getenv X    envlist
 *   faildelay USEC     delayfn on|off
 *   delaycheck LO HI   was the time slept since the last check so long?
 *   getuser PROMPT     authtok ITEM PROMPT          prompt STYLE TEXT
 *   setdata NAME       getdata NAME                 syslog TEXT
 *   pwnam NAME         a look-up by the program
 *   conv SPEC...       what the next conversations do: r:TEXT reply, n a NULL
 *                      reply, x no array, c:CODE fail, f fail with a reply
 *   badh  badstart N   calls with NULL where something should be
 *   strerror N
 *   mconv INPUT STYLE:PROMPT...  mtime WARN DIE     misc_conv
 *   msetenv NAME VALUE RDONLY    mpaste E...        mdrop
 *   pamc AGENTDIR AGENT
 *
 * and, without an event, to make a library do what another does of itself:
 *   forgetting         a failed question for the user's name ends with the
 *                      operation (W-14)
 *   wiping             tokens end with the operation (W-18)
 *   typing             modules that verify a token set their authtok_type
 *                      before (T-8)
 *   pin FILE...        modules stay where they are (W-5)
 *
 * "COMMAND ## TEXT" does COMMAND, and TEXT stands in the event.
 */
#ifndef DIFFERENTIAL_PLAYER_H
#define DIFFERENTIAL_PLAYER_H

#include <security/pam_appl.h>

#include "event.h"

#define WORDS_MAX 40

struct player {
	pam_handle_t *pamh;
	struct pam_conv conv;
	const char *waiting;	/* what was answered PAM_INCOMPLETE */
	bool wiping, wipe_due, forgetting, typing;
};

/* w is the command's words, and NULL from there on. */
typedef void command_fn(struct player *p, char **w, struct event *e);

enum needs {
	NEEDS_NOTHING,
	NEEDS_HANDLE,		/* skipped without one */
	NEEDS_SILENCE,		/* is no event */
};

struct command {
	const char *name;
	command_fn *run;
	enum needs needs;
};

/* One table a file; each ends with a NULL name. */
extern const struct command call_commands[], item_commands[], misc_commands[],
    client_commands[], conv_commands[];

int word_int(const char *word);

int conv_scripted(int n, const struct pam_message **messages,
    struct pam_response **responses, void *app);
void conv_delay(int status, unsigned usec, void *app);
void conv_forget(pam_handle_t *pamh);
extern const char conv_cookie[];

/* Microseconds slept since it was last asked; count some more. */
unsigned long long interpose_slept(void);
void interpose_delay(unsigned usec);

/* Plays one script; the exit status. */
int play(const char *script);

#endif
