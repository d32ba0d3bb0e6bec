/* SPDX-License-Identifier: BSD-2-Clause */
/* Tell the user a text from the policy or from a file. */
#include <stdio.h>
#include <unistd.h>

#include "modkit/modkit.h"

#define TEXT_MAX 65536

struct conf {
	const char *file;
};

static const struct opt options[] = {
	OPT_STR(file, NULL, "file with the text"),
	OPT_END,
};

/* The letters behind a percent sign that stand for an item. */
static const struct {
	char letter;
	int item;
} letters[] = {
	{ 'H', PAM_RHOST },
	{ 's', PAM_SERVICE },
	{ 't', PAM_TTY },
	{ 'U', PAM_RUSER },
	{ 'u', PAM_USER },
};

/* What the other side says of itself must not speak to the terminal. */
static void
put_clean(FILE *out, const char *value)
{
	_drop_(freep) char *copy = strdup(value ? value : "(unknown)");

	if (!copy)
		return;
	text_defuse(copy);
	fputs(copy, out);
}

static void
put_local_host(FILE *out)
{
	char name[256];

	put_clean(out, gethostname(name, sizeof name) == 0 ? name : NULL);
}

/* Any other letter stands for itself. */
static void
put_letter(struct call *c, FILE *out, char letter)
{
	if (letter == 'h') {
		put_local_host(out);
		return;
	}
	for (size_t i = 0; i < COUNT(letters); i++) {
		if (letters[i].letter != letter)
			continue;
		put_clean(out, call_item(c, letters[i].item));
		return;
	}
	fputc(letter, out);
}

/* One pass: what an item holds is not looked at again. */
static void
put_expanded(struct call *c, FILE *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '%' && p[1])
			put_letter(c, out, *++p);
		else
			fputc(*p, out);
	}
}

/* The words of the policy, with one blank between them. */
static void
put_words(struct call *c, FILE *out)
{
	for (size_t i = 0; i < c->nwords; i++) {
		if (i)
			fputc(' ', out);
		put_expanded(c, out, c->words[i]);
	}
}

/* EC-1: without the newline at the end; an empty file says nothing at all. */
static bool
put_file(struct call *c, FILE *out, const char *path)
{
	_drop_(freep) char *text = NULL;
	const int rc = file_read(path, TEXT_MAX, &text);
	size_t n;

	if (rc < 0) {
		call_log(c, LOG_ERR, "%s: %s", path, strerror(-rc));
		return false;
	}
	n = strlen(text);
	if (n && text[n - 1] == '\n')
		text[n - 1] = '\0';
	put_expanded(c, out, text);
	return n > 0;
}

static int
tell(struct call *c)
{
	const struct conf *conf = c->conf;
	_drop_(freep) char *text = NULL;
	size_t size;
	FILE *out;
	bool some = true;

	if (c->flags & PAM_SILENT)
		return PAM_IGNORE;
	out = open_memstream(&text, &size);
	if (!out)
		return PAM_BUF_ERR;
	if (conf->file)
		some = put_file(c, out, conf->file);
	else
		put_words(c, out);
	if (fclose(out) != 0)
		return PAM_BUF_ERR;
	if (!some)
		return PAM_IGNORE;
	call_tell(c, PAM_TEXT_INFO, "%s", text);
	return PAM_SUCCESS;
}

/* Before the change, not once more while it is made. */
static int
tell_once(struct call *c)
{
	return c->flags & PAM_PRELIM_CHECK ? tell(c) : PAM_IGNORE;
}

MODULE(echo, "tell the user a text",
    .options = options, .conf_size = sizeof(struct conf), .words = true,
    .auth = tell, .cred = answer_ignore, .account = tell, .open = tell,
    .close = answer_ignore, .password = tell_once);
