/* SPDX-License-Identifier: BSD-2-Clause */
/* The command for libpamc: load, list, select and talk once. */
#include <stdlib.h>
#include <string.h>

#include <security/pam_client.h>

#include "base/drop.h"
#include "player.h"

static void
report_list(struct event *e, pamc_handle_t client)
{
	char **list = pamc_list_agents(client);

	event_text(e, "list");
	for (size_t i = 0; list && list[i]; i++) {
		event_word(e, list[i]);
		free(list[i]);
	}
	free(list);
}

static void
report_loading(struct event *e, pamc_handle_t client, const char *agent)
{
	event_text(e, "load");
	event_int(e, pamc_disable(client, "blocked"));
	event_int(e, pamc_load(client, "blocked"));
	event_int(e, pamc_load(client, "none"));
	event_int(e, pamc_load(client, agent));
	event_int(e, pamc_load(client, agent));
	event_int(e, pamc_disable(client, agent));
}

/* Sends a packet, tells what came back and leaves it in *packet. */
static void
converse(struct event *e, pamc_handle_t client, pamc_bp_t *packet)
{
	event_int(e, pamc_converse(client, packet));
	event_int(e, *packet ? PAM_BP_RCONTROL(*packet) : -1);
	event_int(e, *packet ? (int)PAM_BP_LENGTH(*packet) : -1);
}

static void
run_pamc(struct player *p, char **w, struct event *e)
{
	_drop_(freep) char *text = NULL;
	pamc_bp_t packet = NULL;
	pamc_handle_t client;
	int len;

	(void)p;
	setenv("PAMC_AGENT_PATH", w[1], 1);
	client = pamc_start();
	report_list(e, client);
	report_loading(e, client, w[2]);
	event_text(e, "converse");
	len = asprintf(&text, "%s/hello", w[2]);
	if (len < 0)
		abort();
	PAM_BP_RENEW(&packet, PAM_BPC_SELECT, len);
	PAM_BP_FILL(packet, 0, len, text);
	converse(e, client, &packet);
	PAM_BP_RENEW(&packet, 0x45, 0);
	converse(e, client, &packet);
	PAM_BP_RENEW(&packet, 0, 0);
	converse(e, client, &packet);
	event_text(e, "end");
	event_int(e, pamc_end(&client));
	event_int(e, pamc_end(&client));
}

const struct command client_commands[] = {
	{ "pamc", run_pamc, NEEDS_NOTHING },
	{ 0 },
};
