/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/test_history.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/drop.h"
#include "history/logged.h"

static void
history_freep(struct history **h)
{
	history_free(*h);
}

struct history_conf
test_conf(const struct test_log *t)
{
	return (struct history_conf){
		.log = t->log, .database = t->database, .boot = "b1",
		.now = (TEST_START + 86400) * TEST_SECOND,
	};
}

/* "id:user:opened-closed=end/result", times in seconds after START. */
static void
write_session(void *ctx, const struct session *s)
{
	FILE *to = ctx;

	fprintf(to, "%s:%s:%lld-", s->id + 34, s->user,
	    (long long)(s->opened / TEST_SECOND - TEST_START));
	if (s->closed >= 0)
		fprintf(to, "%lld",
		    (long long)(s->closed / TEST_SECOND - TEST_START));
	fprintf(to, "=%s/%s ", session_end_word(s->end), s->result);
}

/* "at:event:id:user:result@line" */
static void
write_event(void *ctx, const struct logged *e)
{
	FILE *to = ctx;

	fprintf(to, "%lld:%s:%s:%s:%s",
	    (long long)(e->time / TEST_SECOND - TEST_START),
	    e->text[LOGGED_EVENT], e->text[LOGGED_ID] + 34,
	    e->text[LOGGED_USER], e->text[LOGGED_RESULT]);
	if (e->decided.file)
		fprintf(to, "@%s:%lld", e->decided.module,
		    (long long)e->decided.line);
	fputc(' ', to);
}

char *
test_said(const struct history_conf *conf, const struct history_query *q,
    bool sessions, bool events)
{
	_drop_(history_freep) struct history *h = NULL;
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	int rc = history_open(conf, &h);

	if (rc == 0 && sessions)
		rc = history_sessions(h, q, write_session, to);
	if (rc == 0 && events)
		rc = history_events(h, q, write_event, to);
	if (rc < 0)
		fprintf(to, "error %d", -rc);
	fclose(to);
	return text;
}
