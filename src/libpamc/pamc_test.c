/* SPDX-License-Identifier: BSD-2-Clause */
/* The client with real agents: what it is told, and what it is told wrongly. */
#include "libpamc/test_stage.h"

enum { LOAD, DISABLE, TALK };

/* B-3 to B-6, one client for all rows. */
static const struct {
	const char *label;
	int what;
	int control;
	const char *text;
	int want;
	const char *answer;
} steps[] = {
	{ "nobody is selected yet", TALK, PAM_BPC_OK, "x", PAM_BPC_FAIL, "" },
	{ "disable", DISABLE, 0, "two", PAM_BPC_TRUE, NULL },
	{ "disable again", DISABLE, 0, "two", PAM_BPC_TRUE, NULL },
	{ "disable what is not there", DISABLE, 0, "four", PAM_BPC_TRUE, NULL },
	{ "a disabled agent", LOAD, 0, "two", PAM_BPC_FALSE, NULL },
	{ "an unknown agent", LOAD, 0, "five", PAM_BPC_FALSE, NULL },
	{ "an id that is a path", LOAD, 0, "./one", PAM_BPC_FALSE, NULL },
	{ "an id of a path's second byte", LOAD, 0, "a/", PAM_BPC_FALSE, NULL },
	{ "no program", LOAD, 0, "broken", PAM_BPC_FALSE, NULL },
	{ "load", LOAD, 0, "one", PAM_BPC_TRUE, NULL },
	{ "load again", LOAD, 0, "one", PAM_BPC_TRUE, NULL },
	{ "too late to disable", DISABLE, 0, "one", PAM_BPC_FALSE, NULL },
	{ "loaded is not selected", TALK, PAM_BPC_OK, "x", PAM_BPC_FAIL, "" },
	{ "select", TALK, PAM_BPC_SELECT, "one/hello", PAM_BPC_OK, "hello" },
	{ "it is spoken to", TALK, PAM_BPC_OK, "more", PAM_BPC_OK, "more" },
	{ "done goes to it too", TALK, PAM_BPC_DONE, "d", PAM_BPC_OK, "d" },
	{ "fail goes to it too", TALK, PAM_BPC_FAIL, "f", PAM_BPC_OK, "f" },
	{ "controls of agents do not", TALK, PAM_BPC_PROMPT, "x", PAM_BPC_FAIL,
	  "" },
	{ "nor unknown ones", TALK, 5, "x", PAM_BPC_FAIL, "" },
	{ "select loads", TALK, PAM_BPC_SELECT, "three@example.org/3",
	  PAM_BPC_OK, "3" },
	{ "select a disabled one", TALK, PAM_BPC_SELECT, "two/x", PAM_BPC_FAIL,
	  "" },
	{ "then the one before still is", TALK, PAM_BPC_OK, "x", PAM_BPC_OK,
	  "x" },
	{ "select without a slash", TALK, PAM_BPC_SELECT, "one", PAM_BPC_FAIL,
	  "" },
	{ "select without an id", TALK, PAM_BPC_SELECT, "/one", PAM_BPC_FAIL,
	  "" },
	{ "select nothing", TALK, PAM_BPC_SELECT, "", PAM_BPC_FAIL, "" },
	{ "select by a path", TALK, PAM_BPC_SELECT, "../one/x", PAM_BPC_FAIL,
	  "" },
	{ "back to the first", TALK, PAM_BPC_SELECT, "one/again", PAM_BPC_OK,
	  "again" },
	{ "name, environment, descriptors", TALK, PAM_BPC_OK, "who",
	  PAM_BPC_OK, "pam-agent 0 2" },
};

static void
check_steps(void)
{
	pamc_handle_t c = pamc_start();

	CHECK("start", c);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *label = steps[i].label, *want = steps[i].answer;

		if (steps[i].what == LOAD)
			CHECK_INT(label, steps[i].want,
			    pamc_load(c, steps[i].text));
		else if (steps[i].what == DISABLE)
			CHECK_INT(label, steps[i].want,
			    pamc_disable(c, steps[i].text));
		else
			CHECK_INT(label, steps[i].want,
			    talk(c, steps[i].control, steps[i].text));
		if (want)
			CHECK(label, strncmp(want, answer, strlen(want)) == 0);
	}
	CHECK_INT("all left well", PAM_BPC_TRUE, pamc_end(&c));
	CHECK("and the client is gone", !c);
	CHECK_INT("end without a client", PAM_BPC_FALSE, pamc_end(&c));
}

/* What an agent can do wrong; the next packet for it, and how it ends. */
static const struct {
	const char *label;
	const char *data;
	int want, next, end;
} wrongs[] = {
	{ "it leaves", "one/leave0", 0, 0, PAM_BPC_TRUE },
	{ "it leaves badly", "one/leave7", 0, 0, PAM_BPC_FALSE },
	{ "half a head", "one/head", 0, 0, PAM_BPC_TRUE },
	{ "half the data", "one/cut", 0, 0, PAM_BPC_TRUE },
	{ "below the head", "one/size 4", 0, 0, PAM_BPC_TRUE },
	{ "no size", "one/size 0", 0, 0, PAM_BPC_TRUE },
	{ "too long by one", "one/size 0x20001", 0, 0, PAM_BPC_TRUE },
	{ "huge", "one/size 0xffffffff", 0, 0, PAM_BPC_TRUE },
	{ "no control", "one/no control", 0, 0, PAM_BPC_TRUE },
	{ "the longest is fine", "one/big", PAM_BPC_OK, PAM_BPC_OK,
	  PAM_BPC_TRUE },
};

static void
check_wrongs(void)
{
	for (size_t i = 0; i < COUNT(wrongs); i++) {
		const char *label = wrongs[i].label;
		pamc_handle_t c = pamc_start();

		CHECK_INT(label, wrongs[i].want,
		    talk(c, PAM_BPC_SELECT, wrongs[i].data));
		CHECK_INT(label, wrongs[i].next, talk(c, PAM_BPC_OK, "next"));
		CHECK_INT(label, wrongs[i].end, pamc_end(&c));
	}
}

/* What a caller can do wrong. The sizes are not those of the memory. */
static void
check_packets(void)
{
	static const char *const heads[] = { "\0\0\0\0\1", "\0\0\0\4\1",
		"\0\2\0\1\1", "\377\377\377\377\1" };
	pamc_handle_t c = pamc_start();
	pamc_bp_t p;

	CHECK_INT("select", PAM_BPC_OK, talk(c, PAM_BPC_SELECT, "one/x"));
	for (size_t i = 0; i < COUNT(heads); i++) {
		p = packet(PAM_BPC_OK, "");
		memcpy(p, heads[i], 5);
		CHECK_INT("size", PAM_BPC_TRUE, pamc_converse(c, &p));
		CHECK_INT("size", PAM_BPC_FAIL, PAM_BP_RCONTROL(p));
		PAM_BP_RENEW(&p, 0, 0);
	}
	p = packet(PAM_BPC_SELECT, "one?two/x");
	PAM_BP_WDATA(p)[3] = '\0';
	CHECK_INT("a NUL in the id", PAM_BPC_TRUE, pamc_converse(c, &p));
	CHECK_INT("a NUL in the id", PAM_BPC_FAIL, PAM_BP_RCONTROL(p));
	CHECK_INT("no client", PAM_BPC_FALSE, pamc_converse(NULL, &p));
	CHECK("the packet is released", !p);
	CHECK_INT("no packet", PAM_BPC_FALSE, pamc_converse(c, &p));
	CHECK_INT("nowhere", PAM_BPC_FALSE, pamc_converse(c, NULL));
	CHECK_INT("no id", PAM_BPC_FALSE, pamc_load(c, NULL));
	CHECK_INT("no id", PAM_BPC_FALSE, pamc_disable(c, NULL));
	CHECK_INT("no client", PAM_BPC_FALSE, pamc_load(NULL, "one"));
	CHECK_INT("no client", PAM_BPC_FALSE, pamc_disable(NULL, "one"));
	CHECK("no client", !pamc_list_agents(NULL));
	CHECK_INT("end nothing", PAM_BPC_FALSE, pamc_end(NULL));
	CHECK_INT("end", PAM_BPC_TRUE, pamc_end(&c));
}

static void
check_list(void)
{
	static const char *const want[] = { "one", "three@example.org",
		"two", NULL };
	pamc_handle_t c = pamc_start();
	char **list = pamc_list_agents(c);

	CHECK("a list", list);
	for (size_t i = 0; list && i < COUNT(want); i++) {
		CHECK_STR("sorted", want[i], list[i]);
		free(list[i]);
		if (!want[i] || !list[i])
			break;
	}
	free(list);
	pamc_end(&c);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	folder(argv[1]);
	check_list();
	check_steps();
	check_wrongs();
	check_packets();
	folder_gone();
	return TEST_RESULT();
}
