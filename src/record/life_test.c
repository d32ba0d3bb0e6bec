/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is an orphan: the rules of doc/sessions.md, and the processes by which a
 * session is known to be in use. */
#include "record/life.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "record/test_place.h"

#define ID "019abc00-0000-7000-8000-000000000001"
#define OTHER_ID "019abc00-0000-7000-8000-000000000002"
#define VARIABLE "USHER_SESSION_ID"
#define NOW 1000000
#define LONG 604800

/* A moment of the test's own choosing. */
static void
look(struct look *l)
{
	life_look(l);
	l->now = NOW;
	l->detached_max = LONG;
}

/* ---- The rules ---- */

/* REPLACED: its pid is another's. CORPSE: nobody has waited for it. */
enum opener { ALIVE, DEAD, REPLACED, STOPPED, CORPSE };

static const struct {
	const char *label;
	enum opener opener;
	enum record_state state;
	unsigned long long detached, left, gone;
	enum life want;
	const char *note;
} rules[] = {
	{ "the opener lives", ALIVE, RECORD_OPEN, 0, 0, 0, LIFE_HERE, "" },
	{ "it is still opening", ALIVE, RECORD_OPENING, 0, 0, 0, LIFE_HERE,
	  "" },
	{ "or is closing", ALIVE, RECORD_CLOSING, 0, 0, 0, LIFE_HERE, "" },
	{ "or has to delete credentials", ALIVE, RECORD_CLOSED, 0, 0, 0,
	  LIFE_HERE, "" },
	{ "or gave up", ALIVE, RECORD_ABANDONED, 0, 0, 0, LIFE_HERE, "" },
	{ "the opener is dead: the first look", DEAD, RECORD_OPEN, 0, 0, 0,
	  LIFE_GOING, "\ngone 1000000 ." },
	{ "so it is when another has its pid", REPLACED, RECORD_OPEN, 0, 0, 0,
	  LIFE_GOING, "\ngone 1000000 ." },
	{ "so it is when nobody waits for it", CORPSE, RECORD_OPEN, 0, 0, 0,
	  LIFE_GOING, "\ngone 1000000 ." },
	{ "who was stopped lives", STOPPED, RECORD_OPEN, 0, 0, NOW - 99,
	  LIFE_HERE, "" },
	{ "a second look, too early", DEAD, RECORD_OPEN, 0, 0, NOW - 4,
	  LIFE_GOING, "" },
	{ "after the grace time", DEAD, RECORD_OPEN, 0, 0, NOW - 5,
	  LIFE_ORPHAN, "" },
	{ "in the middle of opening", DEAD, RECORD_OPENING, 0, 0, NOW - 5,
	  LIFE_ORPHAN, "" },
	{ "in the middle of closing", DEAD, RECORD_CLOSING, 0, 0, NOW - 5,
	  LIFE_ORPHAN, "" },
	{ "with credentials", DEAD, RECORD_CLOSED, 0, 0, NOW - 5, LIFE_ORPHAN,
	  "" },
	{ "given up: no grace", DEAD, RECORD_ABANDONED, 0, 0, 0, LIFE_ORPHAN,
	  "" },
	{ "detached, while its process lives", ALIVE, RECORD_DETACHED, NOW - 9,
	  0, 0, LIFE_HERE, "" },
	{ "detached, and nobody is left", DEAD, RECORD_DETACHED, NOW - 9, 0, 0,
	  LIFE_GOING, "\ngone 1000000 ." },
	{ "detached for too long", ALIVE, RECORD_DETACHED, NOW - LONG, 0, 0,
	  LIFE_ORPHAN, "" },
	{ "not quite", ALIVE, RECORD_DETACHED, NOW - LONG + 1, 0, 0, LIFE_HERE,
	  "" },
	{ "kept by others for too long", DEAD, RECORD_OPEN, 0, NOW - LONG, 0,
	  LIFE_ORPHAN, "" },
	{ "given up by the reaper", DEAD, RECORD_STUCK, 0, 0, NOW - 99,
	  LIFE_STUCK, "" },
	{ "the clock was set back", DEAD, RECORD_OPEN, 0, 0, NOW + 99,
	  LIFE_GOING, "" },
};

/* A process that has ended, and was waited for. */
static struct process
dead(void)
{
	const pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	return (struct process){ pid, 1 };
}

/* A child that this signal has stopped or killed. */
static struct process
struck_by(int number)
{
	const pid_t pid = fork();
	siginfo_t info;

	if (pid == 0) {
		raise(number);
		_exit(1);
	}
	waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT);
	return (struct process){ pid, process_self().seen };
}

static void
let_go(enum opener o, const struct process *p)
{
	if (o != STOPPED && o != CORPSE)
		return;
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
}

static struct process
opener_of(enum opener o)
{
	const struct process self = process_self();

	switch (o) {
	case ALIVE:
		return self;
	case DEAD:
		return dead();
	case REPLACED:
		return (struct process){ self.pid, 1 };
	case STOPPED:
		return struck_by(SIGSTOP);
	case CORPSE:
		return struck_by(SIGKILL);
	}
	return self;
}

static void
check_rules(void)
{
	for (size_t i = 0; i < COUNT(rules); i++) {
		_drop_(rows_free) struct rows rows = { 0 };
		_drop_(freep) char *note = NULL;
		struct record r;
		struct look l;

		place_record(&r, ID);
		r.opener = opener_of(rules[i].opener);
		r.state = rules[i].state;
		r.abandoned = r.state == RECORD_ABANDONED;
		r.stuck = r.state == RECORD_STUCK;
		r.detached = rules[i].detached;
		r.left = rules[i].left;
		r.gone = rules[i].gone;
		look(&l);
		CHECK_STR(rules[i].label, life_word(rules[i].want),
		    life_word(life_of(&l, &r)));
		CHECK_INT(rules[i].label, *rules[i].note != '\0',
		    life_note(&l, &r, &rows));
		note = strndup(rows.text ? rows.text : "", rows.len);
		CHECK_STR(rules[i].label, rules[i].note, note);
		life_end(&l);
		let_go(rules[i].opener, &r.opener);
	}
}

/* ---- Other places and times ---- */

static void
check_elsewhere(void)
{
	struct record r;
	struct look l;

	place_record(&r, ID);
	look(&l);
	r.boot = "another";
	CHECK_STR("of another boot", "past", life_word(life_of(&l, &r)));
	r.space.pids++;
	CHECK_STR("wherever", "past", life_word(life_of(&l, &r)));
	r.boot = l.boot;
	CHECK_STR("of another pid namespace", "elsewhere",
	    life_word(life_of(&l, &r)));
	r.stuck = true;
	CHECK_STR("is nobody's business here", "elsewhere",
	    life_word(life_of(&l, &r)));
	*l.boot = '\0';
	r.boot = "another";
	r.space = l.space;
	r.state = RECORD_OPEN;
	r.stuck = false;
	CHECK_STR("who does not know the boot takes none for past", "here",
	    life_word(life_of(&l, &r)));
	life_end(&l);
}

/* ---- Who is in it ---- */

/* A process of somebody else's making, until its stdin ends. */
struct other {
	pid_t pid;
	int input;
};

/* It has run what it is to run when the pipe to here, which exec closes, is at
 * its end. */
static void
begin(struct other *o, const char *name, const char *value,
    const char *loginuid)
{
	int input[2], begun[2];
	char c;

	if (pipe2(input, O_CLOEXEC) < 0 || pipe2(begun, O_CLOEXEC) < 0)
		abort();
	o->pid = fork();
	if (o->pid == 0) {
		const int fd = loginuid ?
		    open("/proc/self/loginuid", O_WRONLY | O_CLOEXEC) : -1;

		if (fd >= 0 && write(fd, loginuid, strlen(loginuid)) < 0)
			_exit(1);
		dup2(input[0], 0);
		clearenv();
		setenv("BEFORE", "1", 1);
		setenv(name, value, 1);
		setenv("BEHIND", "1", 1);
		execl("/bin/cat", "cat", NULL);
		_exit(1);
	}
	close(begun[1]);
	close(input[0]);
	if (read(begun[0], &c, 1) != 0)
		abort();
	close(begun[0]);
	o->input = input[1];
}

static void
end(struct other *o)
{
	close(o->input);
	waitpid(o->pid, NULL, 0);
}

static void
check_kept(const char *label, const struct record *r, pid_t keeper)
{
	_drop_(rows_free) struct rows rows = { 0 };
	struct look l;

	look(&l);
	CHECK_STR(label, life_word(keeper ? LIFE_HERE : LIFE_GOING),
	    life_word(life_of(&l, r)));
	CHECK_INT(label, keeper, life_keeper(&l, r));
	CHECK(label, life_note(&l, r, &rows));
	CHECK_INT("when it was left, or is gone, is noted", keeper ? 0 : 1,
	    memmem(rows.text, rows.len, "gone", 4) != NULL);
	life_end(&l);
}

static const struct {
	const char *label, *name, *value;
	bool keeps;
} variables[] = {
	{ "it was given the id", VARIABLE, ID, true },
	{ "it was given another", VARIABLE, OTHER_ID, false },
	{ "in another variable", "X" VARIABLE, ID, false },
	{ "more than an id", VARIABLE, ID "0", false },
	{ "less", VARIABLE, "", false },
};

static void
check_id(void)
{
	struct other o;
	struct record r;

	place_record(&r, ID);
	r.opener = dead();
	for (size_t i = 0; i < COUNT(variables); i++) {
		begin(&o, variables[i].name, variables[i].value, NULL);
		r.uid = getuid();
		check_kept(variables[i].label, &r,
		    variables[i].keeps ? o.pid : 0);
		r.uid = getuid() + 1;
		check_kept("it is another user's", &r, 0);
		end(&o);
	}
}

/* Who is dead and not waited for keeps nothing. */
static void
check_zombie(void)
{
	siginfo_t info;
	struct other o;
	struct record r;

	place_record(&r, ID);
	r.uid = getuid();
	r.opener = dead();
	begin(&o, VARIABLE, ID, NULL);
	kill(o.pid, SIGKILL);
	waitid(P_PID, (id_t)o.pid, &info, WEXITED | WNOWAIT);
	check_kept("a zombie", &r, 0);
	r.opener = (struct process){ o.pid, 0 };
	check_kept("even the opener's", &r, 0);
	end(&o);
}

static uint32_t
audit_session_of(pid_t pid)
{
	char path[40], text[16] = "";
	_drop_(closep) int fd = -1;

	snprintf(path, sizeof path, "/proc/%d/sessionid", pid);
	fd = open(path, O_RDONLY);
	return fd >= 0 && read(fd, text, sizeof text - 1) > 0 ?
	    (uint32_t)strtoul(text, NULL, 10) : NO_AUDIT_SESSION;
}

/* Where the kernel has audit sessions, and we may begin one. */
static void
check_audit_session(void)
{
	struct other o;
	struct record r;
	uint32_t session;

	if (geteuid() != 0)
		return;
	place_record(&r, ID);
	r.opener = dead();
	begin(&o, "NAME", "value", "0");
	session = audit_session_of(o.pid);
	if (session != NO_AUDIT_SESSION) {
		r.inner = session;
		check_kept("in the audit session that it began", &r, o.pid);
		r.inner = session + 100000;
		check_kept("in another", &r, 0);
	}
	r.inner = NO_AUDIT_SESSION;
	check_kept("in none, as many are", &r, 0);
	end(&o);
}

/* ---- Processes ---- */

static void
check_processes(void)
{
	const struct process self = process_self();
	struct process up, p;

	CHECK("I live", process_lives(&self));
	CHECK("and am above myself", process_is_above(&self));
	CHECK("my parent is there", process_parent(&self, &up));
	CHECK_INT("it is mine", getppid(), up.pid);
	CHECK("it is above me", process_is_above(&up));
	p = (struct process){ up.pid, up.seen - 1 };
	CHECK("not one that had its pid before", !process_is_above(&p));
	CHECK("which has no parent either", !process_parent(&p, &p));
	p = dead();
	CHECK("the dead do not live", !process_lives(&p));
	CHECK("are above nobody", !process_is_above(&p));
	CHECK("and have no parent", !process_parent(&p, &up));
	p = (struct process){ -1, 0 };
	CHECK("nobody does not live", !process_lives(&p));
}

int
main(void)
{
	check_rules();
	check_elsewhere();
	check_id();
	check_zombie();
	check_audit_session();
	check_processes();
	return TEST_RESULT();
}
