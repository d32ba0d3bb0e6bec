/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests of the client: a folder with one agent under several ids. */
#ifndef PAMC_STAGE_H
#define PAMC_STAGE_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_client.h>

#include "base/drop.h"
#include "check.h"

static char root[] = "/tmp/pamc-XXXXXX";
static const char *const names[] = { "one", "two", "three@example.org",
	"broken" };

static inline void
folder(const char *agent)
{
	_drop_(freep) char *program = realpath(agent, NULL);
	char path[128];

	CHECK("folder", program && mkdtemp(root));
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", root, names[i]);
		CHECK("agent", symlink(i == 3 ? "/etc/passwd" : program,
		    path) == 0);
	}
	setenv("PAMC_AGENT_PATH", root, 1);
}

static inline void
folder_gone(void)
{
	char path[128];

	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof path, "%s/%s", root, names[i]);
		unlink(path);
	}
	rmdir(root);
}

static inline pamc_bp_t
packet(int control, const char *data)
{
	pamc_bp_t p = NULL;

	PAM_BP_RENEW(&p, control, strlen(data));
	PAM_BP_FILL(p, 0, strlen(data), data);
	return p;
}

static char answer[256];

/* A packet there and one back: its control, 0 for none; answer is its data. */
static inline int
talk(pamc_handle_t c, int control, const char *data)
{
	pamc_bp_t p = packet(control, data);
	const int rc = pamc_converse(c, &p);
	const int got = p ? PAM_BP_RCONTROL(p) : 0;

	CHECK_INT("true is with an answer", rc, p ? PAM_BPC_TRUE :
	    PAM_BPC_FALSE);
	answer[0] = '\0';
	if (p && PAM_BP_LENGTH(p) < sizeof answer)
		strcpy(answer, (const char *)PAM_BP_RDATA(p));
	PAM_BP_RENEW(&p, 0, 0);
	return got;
}

#endif
