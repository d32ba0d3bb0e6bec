/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/event.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/json.h"
#include "base/number.h"
#include "record/limits.h"

#define TAIL 64			/* kept free for what ends the line */

/* A line on its way. */
struct out {
	char *text;
	size_t len, max;
	bool full;		/* something did not fit */
};

static void
put(struct out *o, const char *text, size_t n)
{
	if (o->full || n > o->max - o->len) {
		o->full = true;
		return;
	}
	memcpy(o->text + o->len, text, n);
	o->len += n;
}

static void
put_text(struct out *o, const char *text)
{
	put(o, text, strlen(text));
}

static void
put_digits(struct out *o, unsigned long long number, size_t digits)
{
	char text[NUMBER_TEXT];

	put(o, text, number_write(number, digits, text));
}

/* A string of at most EVENT_STRING bytes as they are written, so that no string
 * of control characters crowds out the others; true when it was cut. */
static bool
put_quoted(struct out *o, const char *text)
{
	char piece[JSON_PIECE];
	size_t used = json_plain(text, EVENT_STRING), n;

	put(o, "\"", 1);
	put(o, text, used);
	text += used;
	while ((n = json_piece(&text, piece)) && used + n <= EVENT_STRING) {
		put(o, piece, n);
		used += n;
	}
	put(o, "\"", 1);
	return n > 0;
}

/* A key, and in front of it the comma if it is not the first. */
static void
put_key(struct out *o, const char *key, const char *more)
{
	put_text(o, o->text[o->len - 1] == '{' ? "\"" : ",\"");
	put_text(o, key);
	put_text(o, more);
	put_text(o, "\":");
}

static void
put_number(struct out *o, const char *key, unsigned long long number)
{
	put_key(o, key, "");
	put_digits(o, number, 1);
}

static void
put_string(struct out *o, const char *key, const char *value)
{
	if (!value)
		return;
	put_key(o, key, "");
	if (put_quoted(o, value)) {
		put_key(o, key, "_length");
		put_digits(o, strlen(value), 1);
	}
}

/* Days since 1970 as a date (proleptic Gregorian; years begin in March so that
 * the leap day is the last). gmtime_r would look at TZ and its file first. */
static void
put_date(struct out *o, long long days)
{
	const long long z = days + 719468, era = z / 146097, doe = z % 146097;
	const long long yoe =
	    (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const long long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const long long mp = (5 * doy + 2) / 153;
	const long long month = mp < 10 ? mp + 3 : mp - 9;

	put_digits(o, (unsigned long long)
	    (yoe + era * 400 + (month <= 2)), 4);
	put(o, "-", 1);
	put_digits(o, (unsigned long long)month, 2);
	put(o, "-", 1);
	put_digits(o, (unsigned long long)(doy - (153 * mp + 2) / 5 + 1), 2);
}

static void
put_time(struct out *o)
{
	struct timespec now;
	unsigned long long second;

	clock_gettime(CLOCK_REALTIME, &now);
	second = (unsigned long long)now.tv_sec % 86400;
	put_text(o, "\"time\":\"");
	put_date(o, now.tv_sec / 86400);
	put(o, "T", 1);
	put_digits(o, second / 3600, 2);
	put(o, ":", 1);
	put_digits(o, second / 60 % 60, 2);
	put(o, ":", 1);
	put_digits(o, second % 60, 2);
	put(o, ".", 1);
	put_digits(o, (unsigned long long)now.tv_nsec / 1000, 6);
	put_text(o, "Z\"");
}

static void
put_step(struct out *o, const struct event_step *s)
{
	put(o, "{", 1);
	put_string(o, "file", s->file);
	put_number(o, "line", s->line);
	put_string(o, "module", s->module);
	put_string(o, "answer", s->answer);
	if (s->jump) {
		put_text(o, ",\"action\":\"jump ");
		put_digits(o, s->jump, 1);
		put(o, "\"", 1);
	} else {
		put_string(o, "action", s->action);
	}
	if (s->action)
		put_number(o, "ms", s->ms);
	put(o, "}", 1);
}

/* As many whole steps as there is room for. */
static void
put_trail(struct out *o, const struct event *e)
{
	size_t i;

	put_text(o, ",\"trail\":[");
	for (i = 0; i < e->steps; i++) {
		const size_t whole = o->len;

		if (i)
			put(o, ",", 1);
		put_step(o, &e->trail[i]);
		if (o->full) {
			o->len = whole;
			break;
		}
	}
	o->full = false;
	o->max += TAIL;
	put_text(o, i < e->steps ? "],\"trail_cut\":true" : "]");
}

static void
put_who(struct out *o, const struct event *e)
{
	put_string(o, "user", e->user);
	if (e->known)
		put_number(o, "uid", e->uid);
	put_string(o, "tty", e->tty);
	put_string(o, "rhost", e->rhost);
	put_string(o, "ruser", e->ruser);
	put_string(o, "class", e->class);
}

size_t
event_line(const struct event *e, char line[EVENT_LINE])
{
	struct out o = { .text = line, .max = EVENT_LINE - TAIL };

	put(&o, "{", 1);
	put_time(&o);
	put_string(&o, "event", e->event);
	put_string(&o, "id", e->id);
	put_string(&o, "boot", e->boot);
	put_string(&o, "service", e->service);
	put_who(&o, e);
	put_number(&o, "pid", (unsigned long long)(e->pid ? e->pid : getpid()));
	put_string(&o, "result", e->result);
	put_string(&o, "reason", e->reason);
	if (e->attempt)
		put_number(&o, "attempt", e->attempt);
	put_string(&o, "no_record", e->no_record);
	if (e->decided) {
		put_text(&o, ",\"decided\":");
		put_step(&o, e->decided);
	}
	if (e->trail)
		put_trail(&o, e);
	o.max = EVENT_LINE;
	put(&o, "}\n", 2);
	return o.len;
}

/* A kill may stop a write where a page ends, and what is written next would be
 * lost with what was begun. */
static bool
is_torn(int fd, off_t size)
{
	char last;

	return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

/* Whether it is the log, and has room. 0 or -errno. */
static int
look_at(int fd, off_t *size)
{
	struct statx st;

	/* Not for its times: once somebody has seen them, the next write has to
	 * give it new ones, which costs more than the write. */
	if (statx(fd, "", AT_EMPTY_PATH, STATX_TYPE | STATX_UID | STATX_SIZE,
	    &st) < 0)
		return -errno;
	if (!S_ISREG(st.stx_mode) || st.stx_uid != 0)
		return -EPERM;
	/* Whoever may fail to log in may do so all day long. */
	if (st.stx_size >= EVENT_LOG_MAX)
		return -EFBIG;
	*size = (off_t)st.stx_size;
	return 0;
}

static int
open_log(void)
{
	const int fd = open(EVENT_LOG, O_RDWR | O_APPEND | O_CREAT |
	    O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600);

	return fd < 0 ? -errno : fd;
}

int
event_write(const struct event *e)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	_drop_(closep) int fd = -1;
	char text[1 + EVENT_LINE];
	off_t size = 0;
	ssize_t put;
	size_t len;
	bool torn;
	int rc;

	limits_lift_files(&limits);
	fd = open_log();
	rc = fd < 0 ? fd : look_at(fd, &size);
	if (rc < 0)
		return rc;
	limits_lift_size(&limits);
	torn = is_torn(fd, size);
	text[0] = '\n';
	len = event_line(e, text + 1) + torn;
	/* Half a line is worse than none, but others may write at once: no
	 * second try. Readers skip what is no JSON. */
	put = write(fd, text + !torn, len);
	if (put < 0)
		return -errno;
	return put == (ssize_t)len ? 0 : -ENOSPC;
}
