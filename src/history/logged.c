/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/logged.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/drop.h"
#include "base/moment.h"

static const char *const texts[] = {
	[LOGGED_EVENT] = "event",
	[LOGGED_ID] = "id",
	[LOGGED_BOOT] = "boot",
	[LOGGED_SERVICE] = "service",
	[LOGGED_USER] = "user",
	[LOGGED_TTY] = "tty",
	[LOGGED_RHOST] = "rhost",
	[LOGGED_RUSER] = "ruser",
	[LOGGED_CLASS] = "class",
	[LOGGED_RESULT] = "result",
};

static const char *const numbers[] = {
	[LOGGED_UID] = "uid",
	[LOGGED_PID] = "pid",
	[LOGGED_ATTEMPT] = "attempt",
};

static void
json_freep(json_t **object)
{
	json_decref(*object);
}

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int64_t
number_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : -1;
}

static struct logged_step
step_of(const json_t *object)
{
	return (struct logged_step){
		.file = text_of(object, "file"),
		.module = text_of(object, "module"),
		.answer = text_of(object, "answer"),
		.action = text_of(object, "action"),
		.line = number_of(object, "line"),
		.ms = number_of(object, "ms"),
	};
}

int
logged_read(const char *line, size_t len, struct logged *out)
{
	_drop_(json_freep) json_t *object = NULL;
	struct logged e = { 0 };
	json_error_t why;
	const char *time;

	if (len > LOGGED_MAX)
		return -EINVAL;
	object = json_loadb(line, len, 0, &why);
	if (!object)
		return json_error_code(&why) == json_error_out_of_memory ?
		    -ENOMEM : -EINVAL;
	time = text_of(object, "time");
	if (!time || moment_read(time, &e.time) < 0 || e.time < 0)
		return -EINVAL;
	for (size_t i = 0; i < LOGGED_TEXTS; i++)
		e.text[i] = text_of(object, texts[i]);
	for (size_t i = 0; i < LOGGED_NUMBERS; i++)
		e.number[i] = number_of(object, numbers[i]);
	if (!e.text[LOGGED_EVENT] || !e.text[LOGGED_ID])
		return -EINVAL;
	e.decided = step_of(json_object_get(object, "decided"));
	e.object = TAKE(object);
	*out = e;
	return 0;
}

int64_t
logged_time(const char *line, size_t len)
{
	static const char key[] = "{\"time\":\"";
	const size_t skip = sizeof key - 1;
	char text[MOMENT_TEXT];
	const char *end;
	int64_t us;

	if (len < skip || memcmp(line, key, skip) != 0)
		return -1;
	line += skip;
	end = memchr(line, '"', len - skip);
	if (!end || (size_t)(end - line) >= sizeof text)
		return -1;
	memcpy(text, line, (size_t)(end - line));
	text[end - line] = '\0';
	return moment_read(text, &us) < 0 ? -1 : us;
}

bool
logged_step(const struct logged *e, size_t i, struct logged_step *out)
{
	const json_t *step = json_array_get(json_object_get(e->object,
	    "trail"), i);

	if (!step)
		return false;
	*out = step_of(step);
	return true;
}

bool
logged_trail_cut(const struct logged *e)
{
	return json_is_true(json_object_get(e->object, "trail_cut"));
}

const char *
logged_reason(const struct logged *e)
{
	return text_of(e->object, "reason");
}

bool
logged_failed(const struct logged *e)
{
	static const char end[] = "-failed";
	const char *event = e->text[LOGGED_EVENT];
	const size_t len = strlen(event);

	return len >= sizeof end &&
	    strcmp(event + len - (sizeof end - 1), end) == 0;
}

void
logged_free(struct logged *e)
{
	json_decref(e->object);
	*e = (struct logged){ 0 };
}
