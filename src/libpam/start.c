/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_start(3), pam_start_confdir(3), pam_end(3): core rules S. */
#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/audit.h"
#include "libpam/data.h"
#include "libpam/env.h"
#include "libpam/handle.h"
#include "libpam/instance.h"
#include "libpam/item.h"
#include "libpam/log.h"
#include "libpam/modutil/lookup.h"
#include "libpam/probe.h"
#include "libpam/session.h"

static void
handle_free(pam_handle_t *pamh)
{
	session_free(pamh);
	instance_free(pamh->instance);
	trail_free(&pamh->trail);
	lookup_free_all(pamh);
	env_free(pamh);
	item_free_all(pamh);
	free(pamh->user_prompt);
	free(pamh->login);
	free(pamh->confdir);
	free(pamh);
}

static void
handle_freep(pam_handle_t **pamh)
{
	if (*pamh)
		handle_free(*pamh);
}

static int
copy_arguments(pam_handle_t *pamh, const char *service, const char *user,
    const char *confdir)
{
	pamh->item[PAM_SERVICE] = item_service(service);
	if (!pamh->item[PAM_SERVICE])
		return PAM_BUF_ERR;
	if (confdir) {
		pamh->confdir = strdup(confdir);
		if (!pamh->confdir)
			return PAM_BUF_ERR;
	}
	return item_set(pamh, PAM_USER, user);
}

static int
prepare(pam_handle_t *pamh)
{
	id_new(&pamh->id);
	return instance_new(pamh, &pamh->instance);
}

static int
start(const char *service, const char *user, const struct pam_conv *conv,
    const char *confdir, pam_handle_t **out)
{
	_drop_(handle_freep) pam_handle_t *pamh = NULL;
	int rc;

	if (!out || !service || !conv) {
		pam_syslog(NULL, LOG_CRIT, "pam_start: %s is missing",
		    !out ? "the place of the handle" :
		    !service ? "the service" : "the conversation");
		return PAM_SYSTEM_ERR;
	}
	*out = NULL;
	pamh = calloc(1, sizeof *pamh);
	if (!pamh)
		return PAM_BUF_ERR;
	pamh->conv = *conv;
	rc = copy_arguments(pamh, service, user, confdir);
	if (rc == PAM_SUCCESS)
		rc = prepare(pamh);
	if (rc == PAM_ABORT)
		pam_syslog(pamh, LOG_ERR,
		    "pam_start: failed to initialize handlers");
	if (rc == PAM_BUF_ERR)
		pam_syslog(pamh, LOG_ERR, "pam_start: out of memory");
	probe_start(pamh, rc);
	if (rc == PAM_SUCCESS)
		*out = TAKE(pamh);
	return rc;
}

int
pam_start(const char *service_name, const char *user,
    const struct pam_conv *pam_conversation, pam_handle_t **pamh)
{
	return start(service_name, user, pam_conversation, NULL, pamh);
}

int
pam_start_confdir(const char *service_name, const char *user,
    const struct pam_conv *pam_conversation, const char *confdir,
    pam_handle_t **pamh)
{
	return start(service_name, user, pam_conversation, confdir, pamh);
}

int
pam_end(pam_handle_t *pamh, int pam_status)
{
	if (!pamh || handle_is_busy(pamh) || live_waits(&pamh->talk))
		return PAM_SYSTEM_ERR;
	session_end(pamh, pam_status);
	pamh->ending = true;
	probe_end(pamh, pam_status);
	audit_end(pamh);
	data_end(pamh, pam_status);
	handle_free(pamh);
	return PAM_SUCCESS;
}
