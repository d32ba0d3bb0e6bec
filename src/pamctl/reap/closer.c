/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/closer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <security/pam_appl.h>

#include "base/drop.h"
#include "pamctl/reap/bounded.h"
#include "pamctl/reap/makeshift.h"
#include "pamctl/usher_calls.h"
#include "policy/code.h"
#include "record/record.h"

enum step { STEP_BEGIN, STEP_START, STEP_ATTACH, STEP_CLOSE, STEP_CRED,
	STEP_END, STEP_DONE };

static const char *const calls[] = {
	[STEP_BEGIN] = "preparing",
	[STEP_START] = "pam_start",
	[STEP_ATTACH] = "pam_session_attach",
	[STEP_CLOSE] = "pam_close_session",
	[STEP_CRED] = "pam_setcred",
	[STEP_END] = "pam_end",
	[STEP_DONE] = "the end",
};

/* What the process tells of itself, in memory that both share: modules close
 * descriptors that they do not know, and leave open those of others. */
struct report {
	enum step step, failed;
	int code;		/* of the first call that failed */
};

struct work {
	const struct record *record;
	struct report *report;
};

/* Modules may have written anywhere. */
static const char *
call_of(enum step step)
{
	return step < COUNT(calls) ? calls[step] : "a broken process";
}

/* There is nobody to be asked. */
static int
refuse(int count, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)count;
	(void)msg;
	(void)resp;
	(void)data;
	return PAM_CONV_ERR;
}

static const struct pam_conv nobody = { refuse, NULL };

/* A kernel without keyrings, or one that lets nobody use them, has nothing for
 * modules to leave behind there. */
static int
fresh_keyring(void)
{
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) >= 0)
		return 0;
	return errno == ENOSYS || errno == EPERM ? 0 : -1;
}

static void
usual_signals(void)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What a module complains of on stderr is for whoever started this. */
static int
no_files(void)
{
	const int fd = open("/dev/null", O_RDWR);

	if (fd < 0 || dup2(fd, 0) < 0 || dup2(fd, 1) < 0)
		return -1;
	closefrom(3);
	return 0;
}

/* Like a daemon that the system has just started. */
static int
become_nobodys(void)
{
	usual_signals();
	umask(022);
	clearenv();
	if (setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1) < 0 ||
	    chdir("/") < 0 || no_files() < 0)
		return -1;
	return fresh_keyring();
}

static bool
took(struct report *report, enum step step, int code)
{
	if (code != PAM_SUCCESS && report->code == PAM_SUCCESS) {
		report->failed = step;
		report->code = code;
	}
	return code == PAM_SUCCESS;
}

static void
close_session(pam_handle_t *pamh, const struct record *r,
    struct report *report)
{
	report->step = STEP_ATTACH;
	if (!took(report, STEP_ATTACH, usher_attach(pamh, r->id)))
		return;
	report->step = STEP_CLOSE;
	took(report, STEP_CLOSE, pam_close_session(pamh, PAM_SILENT));
	if (!r->established)
		return;
	report->step = STEP_CRED;
	took(report, STEP_CRED,
	    pam_setcred(pamh, PAM_DELETE_CRED | PAM_SILENT));
}

static void
close_record(const struct record *r, struct report *report)
{
	pam_handle_t *pamh = NULL;
	int rc;

	report->step = STEP_START;
	rc = r->confdir ?
	    pam_start_confdir(r->service, r->user, &nobody, r->confdir,
	    &pamh) :
	    pam_start(r->service, r->user, &nobody, &pamh);
	if (rc == PAM_ABORT)
		rc = makeshift_start(r->service, r->user, &nobody, &pamh);
	if (took(report, STEP_START, rc)) {
		close_session(pamh, r, report);
		report->step = STEP_END;
		pam_end(pamh, report->code);
	}
	report->step = STEP_DONE;
}

/* Only who comes to the end has told everything. */
static void
work(void *ctx)
{
	const struct work *w = ctx;

	if (become_nobodys() == 0)
		close_record(w->record, w->report);
}

static bool
has_begun(const struct report *report)
{
	return report->step > STEP_ATTACH &&
	    (report->code == PAM_SUCCESS || report->failed > STEP_ATTACH);
}

static void
judge(const struct report *report, int status, struct closer *out)
{
	if (WIFSIGNALED(status))
		*out = (struct closer){ CLOSER_CRASHED, call_of(report->step),
			WTERMSIG(status) };
	else if (report->step != STEP_DONE)
		*out = (struct closer){ CLOSER_LEFT, call_of(report->step),
			WEXITSTATUS(status) };
	else if (report->code != PAM_SUCCESS)
		*out = (struct closer){ CLOSER_REFUSED, call_of(report->failed),
			report->code };
	else
		*out = (struct closer){ CLOSER_CLOSED, call_of(STEP_DONE), 0 };
}

void
closer_run(const struct record *r, unsigned deadline, struct closer *out)
{
	struct work w = { .record = r };
	int status, rc;

	w.report = mmap(NULL, sizeof *w.report, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (w.report == MAP_FAILED) {
		*out = (struct closer){ CLOSER_FAILED, "mmap", -errno };
		return;
	}
	rc = bounded_run(work, &w, deadline, &status);
	if (rc == 0)
		judge(w.report, status, out);
	else if (rc == -ETIME)
		*out = (struct closer){ CLOSER_LATE,
			call_of(w.report->step), 0 };
	else
		*out = (struct closer){ CLOSER_FAILED, "fork", rc };
	out->begun = has_begun(w.report);
	munmap(w.report, sizeof *w.report);
}

int
closer_code(const struct closer *c)
{
	switch (c->end) {
	case CLOSER_CLOSED:
		return PAM_SUCCESS;
	case CLOSER_REFUSED:
		return c->detail;
	case CLOSER_CRASHED:
	case CLOSER_LEFT:
	case CLOSER_LATE:
		return PAM_ABORT;
	case CLOSER_FAILED:
		return PAM_SYSTEM_ERR;
	}
	return PAM_SYSTEM_ERR;
}

const char *
closer_text(const struct closer *c, char text[CLOSER_TEXT])
{
	switch (c->end) {
	case CLOSER_CLOSED:
		snprintf(text, CLOSER_TEXT, "closed");
		break;
	case CLOSER_REFUSED:
		snprintf(text, CLOSER_TEXT, "%s: %s", c->call,
		    code_word(c->detail));
		break;
	case CLOSER_CRASHED:
		snprintf(text, CLOSER_TEXT, "killed by signal %d (%s) in %s",
		    c->detail, strsignal(c->detail), c->call);
		break;
	case CLOSER_LEFT:
		snprintf(text, CLOSER_TEXT, "its process ended in %s",
		    c->call);
		break;
	case CLOSER_LATE:
		snprintf(text, CLOSER_TEXT, "killed at the deadline in %s",
		    c->call);
		break;
	case CLOSER_FAILED:
		snprintf(text, CLOSER_TEXT, "%s: %s", c->call,
		    strerrordesc_np(-c->detail));
		break;
	}
	return text;
}
