/* SPDX-License-Identifier: BSD-2-Clause */
/* The event log: the bytes are an event's strings, one behind the other, each
 * up to its NUL; what is left over is a trail. */
#include <stdbool.h>

#include "base/drop.h"
#include "record/event.h"
#include "target.h"
#include "valid_json.h"

#define STEPS 600

/* The bytes as strings. */
struct strings {
	const char *at, *end;
};

/* The next one; NULL when there is none, or only its NUL. */
static const char *
take(struct strings *s)
{
	const char *text = s->at;

	if (s->at >= s->end)
		return NULL;
	s->at += strlen(s->at) + 1;
	return *text ? text : NULL;
}

static const char *
must(struct strings *s)
{
	const char *text = take(s);

	return text ? text : "";
}

static void
take_step(struct strings *s, struct event_step *step)
{
	*step = (struct event_step){
		.file = must(s), .module = take(s), .answer = must(s),
		.action = take(s),
	};
	step->line = (unsigned)strlen(step->file);
	step->ms = ~step->line;
	step->jump = step->line & 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_drop_(freep) char *text = text_of(data, size);
	struct strings s = { text, text + size };
	struct event_step decided, trail[STEPS];
	struct event e = {
		.event = must(&s), .id = must(&s), .boot = must(&s),
		.service = must(&s), .result = must(&s), .user = take(&s),
		.tty = take(&s), .rhost = take(&s), .ruser = take(&s),
		.class = take(&s), .known = size & 1, .uid = (uid_t)size,
		.attempt = (unsigned)size & 2, .decided = &decided,
		.trail = trail,
	};
	char line[EVENT_LINE];
	size_t len;

	take_step(&s, &decided);
	while (e.steps < STEPS && s.at < s.end)
		take_step(&s, &trail[e.steps++]);
	len = event_line(&e, line);
	PROMISE("a line fits", len > 1 && len <= EVENT_LINE);
	PROMISE("it ends in its only newline",
	    memchr(line, '\n', len) == line + len - 1);
	PROMISE("it is JSON", valid_json(line, len - 1));
	return 0;
}
