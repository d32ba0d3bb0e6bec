/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/dispatch.h"

#include "libpam/audit.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "libpam/probe.h"
#include "libpam/session.h"

/* One walk: what the engine hands back to us at each entry. */
struct errand {
	pam_handle_t *pamh;
	enum call call;
	const struct entry *first;	/* of the chain, */
	const struct bound *bound;	/* and what they are in this call */
	const struct instance *in;	/* whose they are */
	int flags;
	struct timespec clock;	/* when the last module returned */
};

bool
handle_is_busy(pam_handle_t *pamh)
{
	if (pamh->ending)
		return true;
	if (!handle_in_module(pamh))
		return false;
	if (live_waits(&pamh->running.walk))
		return true;
	pam_syslog(NULL, LOG_ERR,
	    "%s was left without a return: its result is lost",
	    call_kinds[pamh->running.call].name);
	audit_abandon(&pamh->running.audit);
	pamh->running.call = CALL_NONE;
	pamh->running.entry = NULL;
	return false;
}

/* The time since *from, which becomes now. */
static uint32_t
lap_ms(struct timespec *from)
{
	const struct timespec start = *from;

	clock_gettime(CLOCK_MONOTONIC_COARSE, from);
	if (from->tv_nsec == start.tv_nsec && from->tv_sec == start.tv_sec)
		return 0;
	return (uint32_t)((from->tv_sec - start.tv_sec) * 1000 +
	    (from->tv_nsec - start.tv_nsec) / 1000000);
}

/* the module's answer; one that is not there is unknown. */
static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	struct errand *errand = ctx;
	pam_handle_t *pamh = errand->pamh;
	const struct bound *b = &errand->bound[e - errand->first];
	int rc;

	if (!b->fn)
		return PAM_MODULE_UNKNOWN;
	pamh->running.entry = e;
	probe_module_entry(pamh, errand->call, e);
	rc = b->fn(pamh, errand->flags, e->argc, b->argv);
	pamh->running.entry = NULL;
	*ms = lap_ms(&errand->clock);
	probe_module_exit(pamh, errand->call, e, rc, *ms);
	return rc;
}

/* The same for an entry of a session, of which it is on record what it did. */
static int
ask_session(void *ctx, const struct entry *e, uint32_t *ms)
{
	struct errand *errand = ctx;
	const size_t at = (size_t)(e - errand->first);
	const bool has = errand->bound[at].fn ||
	    !instance_module(errand->in, FAC_SESSION, at);
	int rc;

	if (errand->call == CALL_CLOSE &&
	    session_spares(errand->pamh->session, at, &rc))
		return rc;
	if (errand->call == CALL_CLOSE)
		session_asks(errand->pamh->session, at);
	rc = ask(ctx, e, ms);
	if (errand->call == CALL_CLOSE)
		rc = session_excused(errand->pamh, e, rc);
	if (rc != PAM_INCOMPLETE)
		session_answered(errand->pamh, errand->call, at, rc, has);
	return rc;
}

/* W-12: what waits belongs to the policy that was. */
static int
give_up_pending(pam_handle_t *pamh)
{
	pam_syslog(pamh, LOG_ERR,
	    "service changed while %s waited to be made again",
	    call_kinds[pamh->pending.call].name);
	pamh->pending.call = CALL_NONE;
	return PAM_ABORT;
}

int
dispatch_refresh(pam_handle_t *pamh)
{
	struct instance *fresh;

	if (!pamh->stale)
		return PAM_SUCCESS;
	if (pamh->pending.call != CALL_NONE)
		return give_up_pending(pamh);
	if (instance_new(pamh, &fresh) != PAM_SUCCESS) {
		pam_syslog(pamh, LOG_ERR, "no policy for service %s",
		    pamh->item[PAM_SERVICE]);
		return PAM_ABORT;
	}
	/* W-5: the modules that were used, their data and their arguments are
	 * used until pam_end. */
	trail_clear(&pamh->trail);
	session_policy_changes(pamh);
	fresh->next = pamh->instance;
	pamh->instance = fresh;
	pamh->stale = false;
	return PAM_SUCCESS;
}

static int LIVE_FRAME
walk(const struct run *r, struct walk *w, pam_handle_t *pamh, enum call call)
{
	volatile uintptr_t mark = LIVE_MARK(&pamh->running.walk);
	int rc;

	live_begin(&pamh->running.walk, &mark);
	pamh->running.call = call;
	rc = run(r, w);
	pamh->running.call = CALL_NONE;
	mark = 0;
	return rc;
}

static void
report_jump(const pam_handle_t *pamh, const struct walk *w)
{
	if (w->bad_jump)
		pam_syslog(pamh, LOG_ERR, "bad jump in stack at %s:%u",
		    w->bad_jump->at.file, w->bad_jump->at.line);
}

/* What is to be asked in a call, once instance_prepare has been there. */
static struct errand
errand_for(pam_handle_t *pamh, const struct instance *in, enum call call,
    int flags)
{
	const struct policy *policy = in->plan->snapshot.policy;
	struct errand errand = {
		.pamh = pamh, .call = call, .flags = flags, .in = in,
		.first = policy->chain[call_kinds[call].facility].entry,
		.bound = in->bound[call],
	};

	clock_gettime(CLOCK_MONOTONIC_COARSE, &errand.clock);
	return errand;
}

void
dispatch_one(pam_handle_t *pamh, enum call call, size_t entry, int flags,
    struct step *step)
{
	const struct instance *in = session_instance(pamh, call);
	struct errand errand = errand_for(pamh, in, call, flags);
	const struct chain alone = {
		.entry = &in->plan->snapshot.policy->
		    chain[FAC_SESSION].entry[entry], .count = 1,
	};
	struct trail trail = { .step = step, .cap = 1 };
	const struct run r = {
		.chain = &alone, .ask = ask_session, .ctx = &errand,
		.trail = &trail,
	};
	struct walk w;

	*step = (struct step){
		.entry = alone.entry, .answer = PAM_INCOMPLETE
	};
	walk_begin(&w);
	walk(&r, &w, pamh, call);
}

int
dispatch(pam_handle_t *pamh, enum call call, int flags)
{
	const struct call_kind *kind = &call_kinds[call];
	struct instance *in = session_instance(pamh, call);
	struct errand errand;
	struct walk *w = &pamh->pending.walk;
	struct run r = {
		.chain = &in->plan->snapshot.policy->chain[kind->facility],
		.follow = kind->follow,
		.ask = kind->facility == FAC_SESSION ? ask_session : ask,
		.ctx = &errand, .trail = &pamh->trail,
	};
	int rc;

	if (kind->keep || kind->follow)
		r.kept = in->kept[kind->facility];
	if (r.chain->count == 0) {
		pam_syslog(pamh, LOG_ERR, "no modules loaded for `%s' service",
		    pamh->item[PAM_SERVICE]);
		return PAM_PERM_DENIED;
	}
	rc = instance_prepare(in, call);
	if (rc != PAM_SUCCESS)
		return rc;
	errand = errand_for(pamh, in, call, flags);
	if (pamh->pending.call == CALL_NONE)
		walk_begin(w);
	pamh->pending.call = CALL_NONE;
	probe_walk_begin(pamh, call, flags);
	rc = walk(&r, w, pamh, call);
	probe_walk_end(pamh, call, rc);
	if (rc == PAM_INCOMPLETE)
		pamh->pending.call = call;
	else
		report_jump(pamh, w);
	return rc;
}
