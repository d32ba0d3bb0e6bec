/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/dispatch.h"

#include <string.h>

#include "libpam/log.h"
#include "libpam/plan.h"

/* One walk: what the engine hands back to us at each entry. */
struct errand {
	pam_handle_t *pamh;
	enum call call;
	int flags;
};

bool
handle_in_module(pam_handle_t *pamh)
{
	const struct running *r = &pamh->running;

	if (r->call == CALL_NONE)
		return false;
	/* The stack grows down: whoever is called by a module stands below the
	 * walk that called the module. Another thread's stack says nothing. */
	if (!pthread_equal(r->thread, pthread_self()) ||
	    (const char *)__builtin_frame_address(0) < (const char *)r->frame)
		return true;
	pamh->running.call = CALL_NONE;
	pamh->running.entry = NULL;
	pam_syslog(pamh, LOG_ERR, "%s was left without a return: its result "
	    "is lost", call_kinds[r->call].name);
	return false;
}

static uint32_t
elapsed_ms(const struct timespec *from)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (uint32_t)((now.tv_sec - from->tv_sec) * 1000 +
	    (now.tv_nsec - from->tv_nsec) / 1000000);
}

/* the module's answer; one that is not there is unknown. */
static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct errand *errand = ctx;
	pam_handle_t *pamh = errand->pamh;
	const struct target *t = plan_target(pamh->plan, errand->call, e);
	struct timespec start;
	int rc;

	if (!t)
		return PAM_MODULE_UNKNOWN;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &start);
	pamh->running.entry = e;
	rc = t->fn(pamh, errand->flags, e->argc, t->argv);
	pamh->running.entry = NULL;
	*ms = elapsed_ms(&start);
	return rc;
}

int
dispatch_refresh(pam_handle_t *pamh)
{
	struct plan *plan;
	const int rc = pamh->stale ? plan_load(pamh, &plan) : PAM_SUCCESS;

	if (!pamh->stale)
		return PAM_SUCCESS;
	/* W-12: what waits belongs to the policy that was. */
	if (pamh->pending.call != CALL_NONE) {
		pam_syslog(pamh, LOG_ERR,
		    "service changed while %s waited to be made again",
		    call_kinds[pamh->pending.call].name);
		pamh->pending.call = CALL_NONE;
		return PAM_ABORT;
	}
	if (rc != PAM_SUCCESS) {
		pam_syslog(pamh, LOG_ERR, "no policy for service %s",
		    pamh->item[PAM_SERVICE]);
		return PAM_ABORT;
	}
	/* W-5: modules that were used stay mapped: their data and arguments
	 * are used until pam_end. */
	trail_clear(&pamh->trail);
	plan->next = pamh->plan;
	pamh->plan = plan;
	pamh->stale = false;
	return PAM_SUCCESS;
}

static int __attribute__((noinline))
walk(const struct run *r, struct walk *w, pam_handle_t *pamh, enum call call)
{
	int rc;

	pamh->running.frame = __builtin_frame_address(0);
	pamh->running.thread = pthread_self();
	pamh->running.call = call;
	rc = run(r, w);
	pamh->running.call = CALL_NONE;
	return rc;
}

static void
report_jump(const pam_handle_t *pamh, const struct walk *w)
{
	if (w->bad_jump)
		pam_syslog(pamh, LOG_ERR, "bad jump in stack at %s:%u",
		    w->bad_jump->at.file, w->bad_jump->at.line);
}

int
dispatch(pam_handle_t *pamh, enum call call, int flags)
{
	const struct call_kind *kind = &call_kinds[call];
	struct errand errand = { pamh, call, flags };
	struct walk *w = &pamh->pending.walk;
	struct run r = {
		.chain = &pamh->plan->policy->chain[kind->facility],
		.follow = kind->follow, .ask = ask, .ctx = &errand,
		.trail = &pamh->trail,
	};
	int rc;

	if (kind->keep || kind->follow)
		r.kept = pamh->plan->kept[kind->facility];
	if (r.chain->count == 0) {
		pam_syslog(pamh, LOG_ERR, "no modules loaded for `%s' service",
		    pamh->item[PAM_SERVICE]);
		return PAM_PERM_DENIED;
	}
	if (pamh->pending.call == CALL_NONE)
		walk_begin(w);
	pamh->pending.call = CALL_NONE;
	rc = walk(&r, w, pamh, call);
	if (rc == PAM_INCOMPLETE)
		pamh->pending.call = call;
	else
		report_jump(pamh, w);
	return rc;
}
