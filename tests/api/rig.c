/* SPDX-License-Identifier: BSD-2-Clause */
#include "rig.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "policy/code.h"

struct rig rig = { .module = NULL };

static char confdir[] = "/tmp/api-test-XXXXXX";
static char *modules;
static pid_t owner;

void
rig_reset(void)
{
	pam_handle_t *pamh = rig.pamh;

	memset(&rig, 0, sizeof rig);
	rig.pamh = pamh;
	rig_log_clear();
}

void
rig_must(bool ok, const char *what)
{
	if (ok)
		return;
	printf("no %s: %s\n", what, strerror(errno));
	fflush(stdout);
	exit(1);
}

static void
note(char *to, size_t room, const char *text)
{
	strncat(to, text, room - strlen(to) - 1);
}

/* ---- As module ---- */

static int
code_of(const char *word)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		if (strcmp(code_word(code), word) == 0)
			return code;
	}
	return (int)strtol(word, NULL, 10);
}

/* How often such a name was called before. */
static size_t
calls_of(const char *name)
{
	char word[32];
	size_t n = 0;

	snprintf(word, sizeof word, " %s.", name);
	for (const char *at = rig.called; (at = strstr(at, word)); at++)
		n++;
	return n;
}

int
rig_default(pam_handle_t *pamh, const struct rig_call *call)
{
	_drop_(freep) char *codes = NULL;
	char *save = NULL, *word, *last = NULL;
	size_t n;

	(void)pamh;
	if (call->argc < 2)
		return PAM_SUCCESS;
	n = calls_of(call->argv[0]);
	codes = strdup(call->argv[1]);
	for (word = strtok_r(codes, ",", &save); word && n--;
	    word = strtok_r(NULL, ",", &save))
		last = word;
	return last ? code_of(last) : PAM_SYSTEM_ERR;
}

/* Where the module comes back to: see probe.c. */
int rig_probe(pam_handle_t *pamh, const char *what, int flags, int argc,
    const char **argv);

__attribute__((visibility("default"))) int
rig_probe(pam_handle_t *pamh, const char *what, int flags, int argc,
    const char **argv)
{
	const struct rig_call call = { what, flags, argc, argv };
	char text[64];

	snprintf(text, sizeof text, " %s.%s", argc ? argv[0] : "", what);
	note(rig.called, sizeof rig.called, text);
	return rig.module ? rig.module(pamh, &call) : rig_default(pamh, &call);
}

/* ---- As program ---- */

static const struct rig_reply *
next_reply(void)
{
	static const struct rig_reply none = FAIL(PAM_CONV_ERR);

	if (rig.replies == COUNT(rig.reply) ||
	    rig.reply[rig.replies].kind == RIG_DONE)
		return &none;
	return &rig.reply[rig.replies++];
}

static int
converse(int n, const struct pam_message **msg, struct pam_response **out,
    void *ctx)
{
	const struct rig_reply *r = next_reply();
	_drop_(freep) char *text = NULL;

	(void)ctx;
	if (asprintf(&text, "[%d %s]", msg[0]->msg_style, msg[0]->msg) < 0)
		return PAM_BUF_ERR;
	note(rig.said, sizeof rig.said, text);
	rig_must(n == 1, "single message: P-9");
	if (rig.during)
		rig.during(rig.pamh);
	if (r->kind != RIG_NO_ARRAY) {
		*out = calloc(1, sizeof **out);
		(*out)->resp = r->kind == RIG_TEXT ? strdup(r->text) : NULL;
	}
	return r->code;
}

const struct pam_conv rig_conv = { converse, NULL };

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void
remove_confdir(void)
{
	if (owner == getpid())
		nftw(confdir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *
rig_confdir(void)
{
	if (owner)
		return confdir;
	rig_must(mkdtemp(confdir) && chmod(confdir, 0755) == 0, "folder");
	owner = getpid();
	atexit(remove_confdir);
	return confdir;
}

char *
rig_text(const char *text)
{
	char *policy = NULL;
	size_t size;
	FILE *f = open_memstream(&policy, &size);

	for (; *text; text++) {
		const char c = *text == '%' ? text[1] : '\0';

		if (c == 'M' || c == 'H')
			fprintf(f, "%s/usher_%s.so", modules,
			    c == 'M' ? "probe" : "half");
		else if (c == 'D' || c == 'C')
			fputs(c == 'D' ? modules : rig_confdir(), f);
		else
			fputc(*text, f);
		text += c && strchr("MHDC", c);
	}
	fclose(f);
	return policy;
}

static bool
is_there(const char *path, const char *text)
{
	_drop_(freep) char *old = NULL;

	return file_read(path, 1 << 20, &old) == 0 && strcmp(old, text) == 0;
}

void
rig_policy(const char *service, const char *text)
{
	_drop_(freep) char *policy = rig_text(text);
	_drop_(closep) int fd = -1;
	char path[300];

	snprintf(path, sizeof path, "%s/%s", rig_confdir(), service);
	/* Writing is slow on disks, and few tests change a policy. */
	if (is_there(path, policy))
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	rig_must(fd >= 0 && write_all(fd, policy, strlen(policy)) == 0, path);
}

pam_handle_t *
rig_start(const char *policy, const char *user)
{
	rig_policy("svc", policy);
	rig.called[0] = rig.said[0] = '\0';
	rig.pamh = NULL;
	rig_must(pam_start_confdir("svc", user, &rig_conv, rig_confdir(),
	    &rig.pamh) == PAM_SUCCESS, "transaction");
	return rig.pamh;
}

void
rig_end(pam_handle_t *pamh)
{
	rig_must(pam_end(pamh, PAM_SUCCESS) == PAM_SUCCESS, "end");
	rig.pamh = NULL;
}

int
rig_do(pam_handle_t *pamh, char letter, int flags)
{
	switch (letter) {
	case 'a':
		return pam_authenticate(pamh, flags);
	case 'c':
		return pam_setcred(pamh, flags);
	case 'm':
		return pam_acct_mgmt(pamh, flags);
	case 'o':
		return pam_open_session(pamh, flags);
	case 's':
		return pam_close_session(pamh, flags);
	case 'p':
		return pam_chauthtok(pamh, flags);
	case 'e':
		return pam_end(pamh, flags);
	}
	return -1;
}

const char *
rig_modules(void)
{
	return modules;
}

void
rig_main(int argc, char **argv)
{
	char *slash = argc == 2 ? strrchr(argv[1], '/') : NULL;

	if (!slash) {
		fprintf(stderr, "usage: %s MODULE\n", argv[0]);
		exit(2);
	}
	*slash = '\0';
	modules = argv[1];
	rig_policy("other", "");
}
