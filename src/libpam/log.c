/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_syslog(3), and the faults of policies. */
#include "libpam/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/drop.h"
#include "base/text.h"
#include "libpam/handle.h"

static const int priorities[] = {
	[SEVERITY_NOTE] = LOG_NOTICE,
	[SEVERITY_ERROR] = LOG_ERR,
	[SEVERITY_FATAL] = LOG_ERR,
};

/* L-2, L-3: who speaks. */
static char *
make_prefix(const pam_handle_t *pamh)
{
	const enum call call = pamh ? pamh->running.call : CALL_NONE;
	const struct entry *e = pamh ? pamh->running.entry : NULL;
	const char *service;

	if (call == CALL_NONE || !e)
		return text_format("PAM ");
	service = pamh->item[PAM_SERVICE];
	return text_format("%s(%s:%s): ", e->name,
	    service ? service : "<unknown>", call_kinds[call].word);
}

void
pam_vsyslog(const pam_handle_t *pamh, int priority, const char *fmt,
    va_list args)
{
	const int err = errno;
	_drop_(freep) char *prefix = make_prefix(pamh);
	_drop_(freep) char *text = NULL;

	errno = err;		/* L-4: %m means the caller's errno */
	text = text_vformat(fmt, args);
	if (!text) {
		syslog(LOG_AUTHPRIV | LOG_ERR,
		    "%sout of memory for a log line", prefix ? prefix : "");
		return;
	}
	/* Names come from whoever knocks: nothing of theirs may look like a
	 * line of its own, or speak to the reader's terminal. */
	text_defuse(text);
	if (prefix)
		text_defuse(prefix);
	syslog(LOG_AUTHPRIV | priority, "%s%s", prefix ? prefix : "", text);
}

void
pam_syslog(const pam_handle_t *pamh, int priority, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	pam_vsyslog(pamh, priority, fmt, args);
	va_end(args);
}

void
log_faults(const char *service, const struct policy *policy)
{
	char text[1024];

	for (size_t i = 0; i < policy->faults; i++) {
		const struct fault *f = &policy->fault[i];

		fault_text(f, text, sizeof text);
		pam_syslog(NULL, priorities[fault_severity(f->kind)],
		    "(%s) %s", service, text);
	}
}
