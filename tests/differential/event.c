/* SPDX-License-Identifier: BSD-2-Clause */
#include "event.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy/code.h"

/* Opened for each line: programs and helpers close what they do not know. */
static void
append(const char *text, size_t len)
{
	const char *path = getenv("ORACLE_LOG");
	const int fd = path ? open(path,
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		abort();
	close(fd);
}

void
event_begin(struct event *e, const char *kind)
{
	e->stream = open_memstream(&e->text, &e->len);
	if (!e->stream)
		abort();
	fputs(kind, e->stream);
}

void
event_text(struct event *e, const char *text)
{
	fprintf(e->stream, " %s", text);
}

void
event_word(struct event *e, const char *word)
{
	if (!word || !*word) {
		event_text(e, word ? "''" : "-");
		return;
	}
	fputc(' ', e->stream);
	if (strcmp(word, "-") == 0) {
		fputs("%2d", e->stream);
		return;
	}
	for (; *word; word++) {
		const unsigned char c = (unsigned char)*word;

		if (c <= ' ' || c > '~' || c == '%')
			fprintf(e->stream, "%%%02x", c);
		else
			fputc(c, e->stream);
	}
}

void
event_int(struct event *e, long long n)
{
	fprintf(e->stream, " %lld", n);
}

void
event_code(struct event *e, int code)
{
	if (code < 0 || code >= CODE_COUNT)
		event_int(e, code);
	else
		event_text(e, code_word(code));
}

void
event_end(struct event *e)
{
	fputc('\n', e->stream);
	fclose(e->stream);
	append(e->text, e->len);
	free(e->text);
}

char *
event_decode(char *word)
{
	char *to = word;
	unsigned byte;

	if (strcmp(word, "-") == 0)
		return NULL;
	if (strcmp(word, "''") == 0)
		*word = '\0';
	for (const char *from = word; *from; from++) {
		if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return word;
}
