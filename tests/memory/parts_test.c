/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts that no call of libpam reaches, or not in all their ways, without
 * memory: whole results or none, nothing left behind. argv: pamc's agent. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "heap.h"
#include "libpam_misc/test_stage.h"
#include "modkit/note.h"
#include "pamtest.h"
#include "policy/test_show.h"
#include "policy/tree.h"

/* What each part made, in words, or NULL: it could not. Only what is between
 * heap_fail and heap_heal may fail. */
typedef char *part_fn(size_t n, bool for_good);

static const struct text texts[TEXTS] = {
	{ "pam.conf",
	  "# nobody knows\nsvc auth required a.so \\\n [b c] # why\n"
	  "other auth required o.so\nSVC auth include inc\nother session "
	  "[success=1 default=die] x\nsvc account [user_unknown=ignore "
	  "success=2 default=bad] y.so\nsvc bogus\nx auth required\n"
	  "@include inc\nsvc password substack inc\n", 0, 0 },
	{ "inc",
	  "auth sufficient i.so\npassword required p.so\n"
	  "session include gone\n", 0, 0 },
	{ "svc", "auth include inc\n@include inc\n", 0, 0 },
	{ "other", "account required a.so\nsession required \\\n\\\nb.so",
	  0, 0 },
};

/* show_read, from a program that may be told that there is no memory. */
static int
read_text(void *ctx, const char *name, struct policy_file *file)
{
	const struct text *t = ctx;

	file->path = strdup(name);
	if (!file->path)
		return -ENOMEM;
	while (t->name && strcmp(t->name, name) != 0)
		t++;
	if (!t->name)
		return -ENOENT;
	file->len = strlen(t->text);
	file->text = strdup(t->text);
	return file->text ? 0 : -ENOMEM;
}

static char *
parse(const char *single, size_t n, bool for_good)
{
	const struct policy_source source = {
		.read = read_text, .ctx = (void *)(uintptr_t)texts,
		.single = single,
	};
	struct policy *policy = NULL;
	char *shown;
	int rc;

	heap_fail(n, for_good);
	rc = policy_parse(&source, "svc", POLICY_COMMENTS, &policy);
	heap_heal();
	CHECK("a policy comes with success alone", !policy == (rc != 0));
	if (rc < 0) {
		CHECK_INT("the error", -ENOMEM, rc);
		return NULL;
	}
	shown = show_policy(policy);
	policy_free(policy);
	return shown;
}

static char *
part_directory(size_t n, bool for_good)
{
	return parse(NULL, n, for_good);
}

static char *
part_single(size_t n, bool for_good)
{
	return parse("pam.conf", n, for_good);
}

static char *
part_tree(size_t n, bool for_good)
{
	struct policy_tree tree;
	struct policy *policy = NULL;
	char *shown;
	int rc;

	tree_confdir(&tree, pamtest_confdir());
	heap_fail(n, for_good);
	rc = tree_load(&tree, "svc", 0, &policy);
	heap_heal();
	if (rc < 0) {
		CHECK_INT("the error", -ENOMEM, rc);
		return NULL;
	}
	shown = show_policy(policy);
	policy_free(policy);
	return shown;
}

static char *
part_file(size_t n, bool for_good)
{
	char *text = NULL;
	int rc;

	heap_fail(n, for_good);
	rc = file_read("/proc/self/limits", 65536, &text);
	heap_heal();
	CHECK("text comes with success alone", !text == (rc != 0));
	return text;
}

static char *
part_note(size_t n, bool for_good)
{
	static const char desc[] = "1\0pam_x\0does x\0" "5\0" "1\0" "0\0" "1\0"
	    "kind\0enum\0two\0" "0\0" "0\0" "one\0two\0" "\0which\0";
	_drop_(note_free) struct note note = { 0 };
	int rc;

	heap_fail(n, for_good);
	rc = note_read(desc, sizeof desc - 1, &note);
	heap_heal();
	return rc < 0 ? NULL : strdup(note.options[0].words[1].name);
}

/* The answers of misc_conv; two questions and one answer to them. */
static char *
part_misc(size_t n, bool for_good)
{
	char *both = NULL;
	int rc;

	messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_OFF, "" };
	messages[1] = (struct pam_message){ PAM_TEXT_INFO, "" };
	messages[2] = (struct pam_message){ PAM_PROMPT_ECHO_ON, "" };
	stage_begin("one\ntwo\n", 8, false);
	heap_fail(n, for_good);
	rc = misc_conv(3, ask_list, &replies, NULL);
	heap_heal();
	stage_end(false);
	CHECK("answers come with success alone",
	    !replies == (rc != PAM_SUCCESS));
	if (replies)
		CHECK("show", asprintf(&both, "%s %s", replies[0].resp,
		    replies[2].resp) > 0);
	replies_drop(3);
	return both;
}

/* The agents of a client, one of them started and asked. */
static char *
talk_to_agent(pamc_handle_t c)
{
	pamc_bp_t p = NULL;
	char *said = NULL;

	PAM_BP_RENEW(&p, PAM_BPC_SELECT, 6);
	if (!p)
		return NULL;
	PAM_BP_FILL(p, 0, 6, "one/hi");
	if (pamc_converse(c, &p) == PAM_BPC_TRUE &&
	    PAM_BP_RCONTROL(p) == PAM_BPC_OK)
		said = strndup((const char *)PAM_BP_RDATA(p),
		    PAM_BP_LENGTH(p));
	PAM_BP_RENEW(&p, 0, 0);
	return said;
}

static char *
part_agent(size_t n, bool for_good)
{
	char **list = NULL, *said = NULL;
	pamc_handle_t c;

	heap_fail(n, for_good);
	c = pamc_start();
	if (c && pamc_disable(c, "two") == PAM_BPC_TRUE)
		list = pamc_list_agents(c);
	for (char **id = list; id && *id; id++)
		free(*id);
	if (list)
		said = talk_to_agent(c);
	free(list);
	CHECK("none is started that was forbidden", !list ||
	    pamc_load(c, "two") == PAM_BPC_FALSE);
	heap_heal();
	pamc_end(&c);
	return said;
}

static const struct {
	const char *label;
	part_fn *make;
} parts[] = {
	{ "a policy of a directory", part_directory },
	{ "a policy of pam.conf", part_single },
	{ "a policy on disk", part_tree },
	{ "a file", part_file },
	{ "a module's note", part_note },
	{ "answers from a pipe", part_misc },
	{ "an agent", part_agent },
};

static void
check_part(size_t i, bool for_good)
{
	_drop_(freep) char *good = parts[i].make(0, false);
	size_t n;

	CHECK(parts[i].label, good);
	for (n = 1;; n++) {
		const struct heap_live before = heap_live();
		_drop_(freep) char *made = parts[i].make(n, for_good);

		if (made)
			CHECK_STR(parts[i].label, good, made);
		CHECK_INT(parts[i].label, before.blocks + !!made,
		    heap_live().blocks);
		if (!heap_failed())
			break;
	}
	CHECK(parts[i].label, n > 1);
}

static void
link_agent(const char *program, const char *id)
{
	_drop_(freep) char *path = NULL, *real = realpath(program, NULL);

	CHECK("agent", real && asprintf(&path, "%s/%s", pamtest_confdir(),
	    id) > 0 && symlink(real, path) == 0);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	for (size_t i = 0; texts[i].name; i++)
		CHECK("file", pamtest_policy(texts[i].name, texts[i].text,
		    "/x"));
	link_agent(argv[1], "one");
	link_agent(argv[1], "two");
	setenv("PAMC_AGENT_PATH", pamtest_confdir(), 1);
	for (size_t i = 0; i < 2 * COUNT(parts); i++)
		check_part(i / 2, i % 2);
	return TEST_RESULT();
}
