/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls of pam_client.h: a client is its agents, which one is spoken to,
 * and which may not be started. */
#include <errno.h>
#include <string.h>

#include "base/drop.h"
#include "libpamc/agent.h"
#include "libpamc/catalog.h"
#include "libpamc/packet.h"

#define AGENT_PATH "/lib/pamc:/usr/lib/pamc"

struct blocked {
	struct blocked *next;
	char id[];
};

struct pamc_handle_s {
	char *path;
	struct agent *agents, *current;
	struct blocked *blocked;
};

pamc_handle_t
pamc_start(void)
{
	_drop_(freep) struct pamc_handle_s *c = calloc(1, sizeof *c);
	/* Whoever runs a setuid program may not choose its agents. */
	const char *path = secure_getenv("PAMC_AGENT_PATH");

	if (!c)
		return NULL;
	c->path = strdup(path ? path : AGENT_PATH);
	if (!c->path)
		return NULL;
	return TAKE(c);
}

int
pamc_end(pamc_handle_t *pch)
{
	struct pamc_handle_s *c = pch ? *pch : NULL;
	int result = PAM_BPC_TRUE;

	if (!c)
		return PAM_BPC_FALSE;
	while (c->agents) {
		struct agent *a = c->agents;

		c->agents = a->next;
		if (!agent_end(a))
			result = PAM_BPC_FALSE;
	}
	while (c->blocked) {
		struct blocked *b = c->blocked;

		c->blocked = b->next;
		free(b);
	}
	free(c->path);
	free(c);
	*pch = NULL;
	return result;
}

static struct agent *
find_agent(pamc_handle_t c, const char *id)
{
	struct agent *a = c->agents;

	while (a && strcmp(a->id, id) != 0)
		a = a->next;
	return a;
}

static bool
is_blocked(pamc_handle_t c, const char *id)
{
	const struct blocked *b = c->blocked;

	while (b && strcmp(b->id, id) != 0)
		b = b->next;
	return b;
}

/* The agent of this id into *out, started if need be; it is the client's. 0 or
 * -errno. */
static int
load(pamc_handle_t c, const char *id, struct agent **out)
{
	_drop_(freep) char *file = NULL;
	struct agent *a = find_agent(c, id);
	int rc;

	if (!a) {
		if (!agent_id_valid(id, strlen(id)) || is_blocked(c, id))
			return -EPERM;
		rc = catalog_find(c->path, id, &file);
		if (rc < 0)
			return rc;
		rc = agent_start(id, file, &a);
		if (rc < 0)
			return rc;
		a->next = c->agents;
		c->agents = a;
	}
	*out = a;
	return 0;
}

int
pamc_load(pamc_handle_t pch, const char *agent_id)
{
	struct agent *a;

	if (!pch || !agent_id || load(pch, agent_id, &a) < 0)
		return PAM_BPC_FALSE;
	return PAM_BPC_TRUE;
}

int
pamc_disable(pamc_handle_t pch, const char *agent_id)
{
	struct blocked *b;
	size_t n;

	if (!pch || !agent_id || find_agent(pch, agent_id))
		return PAM_BPC_FALSE;
	if (is_blocked(pch, agent_id))
		return PAM_BPC_TRUE;

	n = strlen(agent_id) + 1;
	b = malloc(sizeof *b + n);
	if (!b)
		return PAM_BPC_FALSE;
	memcpy(b->id, agent_id, n);
	b->next = pch->blocked;
	pch->blocked = b;
	return PAM_BPC_TRUE;
}

/* B-5: the id is what stands before the first slash; make that agent the one
 * who is spoken to. 0 or -errno, and then it is who it was. */
static int
select_agent(pamc_handle_t c, pamc_bp_t p)
{
	const char *data = (const char *)PAM_BP_RDATA(p);
	const size_t length = PAM_BP_LENGTH(p);
	const char *slash = memchr(data, '/', length);
	_drop_(freep) char *id = NULL;

	if (!slash || !agent_id_valid(data, (size_t)(slash - data)))
		return -EINVAL;
	id = strndup(data, (size_t)(slash - data));
	if (!id)
		return -ENOMEM;
	return load(c, id, &c->current);
}

/* Who answers this packet; NULL for none that could. */
static struct agent *
addressee(pamc_handle_t c, pamc_bp_t p)
{
	if (!packet_sound(p))
		return NULL;
	switch (PAM_BP_RCONTROL(p)) {
	case PAM_BPC_SELECT:
		return select_agent(c, p) == 0 ? c->current : NULL;
	case PAM_BPC_OK:
	case PAM_BPC_DONE:
	case PAM_BPC_FAIL:
		return c->current;
	}
	return NULL;
}

int
pamc_converse(pamc_handle_t pch, pamc_bp_t *prompt_p)
{
	struct agent *a;

	if (!prompt_p)
		return PAM_BPC_FALSE;
	if (!pch || !*prompt_p) {
		packet_drop(prompt_p);
		return PAM_BPC_FALSE;
	}

	a = addressee(pch, *prompt_p);
	if (!a)
		packet_replace(prompt_p, PAM_BPC_FAIL);
	else if (agent_ask(a, prompt_p) < 0)
		packet_drop(prompt_p);
	return *prompt_p ? PAM_BPC_TRUE : PAM_BPC_FALSE;
}

char **
pamc_list_agents(pamc_handle_t pch)
{
	char **list = NULL;

	if (!pch || catalog_list(pch->path, &list) < 0)
		return NULL;
	return list;
}
