/* SPDX-License-Identifier: BSD-2-Clause */
/* misc_conv on pipes: styles, limits, refusals, binary prompts. */
#include "base/drop.h"
#include "libpam_misc/terminal.h"
#include "libpam_misc/test_stage.h"

/* V-2, V-3, V-4. */
static const struct {
	const char *label;
	const char *input;
	struct pam_message ask[4];
	const char *replies[4];
	int want;
	const char *out, *err;
} styles[] = {
	{ "each style has its place", "alice\nsecret\n",
	  { { 2, "login: " }, { 1, "Password: " }, { 4, "in" }, { 3, "er" } },
	  { "alice", "secret" }, PAM_SUCCESS, "in\n", "login: Password: er\n" },
	{ "an empty line is an answer", "\n", { { 2, "x" } }, { "" },
	  PAM_SUCCESS, "", "x" },
	{ "a last line needs no newline", "abc", { { 2, "x" } }, { "abc" },
	  PAM_SUCCESS, "", "x\n" },
	{ "the end of input is no answer", "one", { { 1, "x" }, { 2, "y" } },
	  { "one", NULL }, PAM_SUCCESS, "", "x\ny\n" },
	{ "answers can be piped", "a\nb\nc\n",
	  { { 2, "" }, { 1, "" }, { 2, "" } }, { "a", "b", "c" },
	  PAM_SUCCESS, "", "" },
	{ "no text is an empty text", "a\n",
	  { { 2, NULL }, { 3, NULL }, { 4, NULL } }, { "a" }, PAM_SUCCESS,
	  "\n", "\n" },
	{ "an unknown style fails all", "a\n", { { 2, "x" }, { 99, "y" } },
	  { NULL }, PAM_CONV_ERR, "",
	  "xThis program cannot show messages of style 99.\n" },
	{ "yes or no is unknown", "y\n", { { PAM_RADIO_TYPE, "x" } },
	  { NULL }, PAM_CONV_ERR, "",
	  "This program cannot show messages of style 5.\n" },
	{ "a binary prompt needs a handler", "", { { 7, "\0\0\0\5\1" } },
	  { NULL }, PAM_CONV_ERR, "", "" },
	{ "no message is an error", "x\n", { { 0, NULL } }, { NULL },
	  PAM_CONV_ERR, "", "" },
};

static int
count_messages(const struct pam_message *m)
{
	int n = 0;

	while (n < 4 && m[n].msg_style)
		n++;
	return n;
}

static void
check_styles(void)
{
	for (size_t i = 0; i < COUNT(styles); i++) {
		const int n = count_messages(styles[i].ask);
		const char *label = styles[i].label;

		memcpy(messages, styles[i].ask, sizeof messages);
		CHECK_INT(label, styles[i].want, talk(styles[i].input, n));
		for (int k = 0; replies && k < n; k++)
			CHECK_STR(label, styles[i].replies[k], replies[k].resp);
		CHECK(label, !replies == (styles[i].want != PAM_SUCCESS));
		CHECK_STR(label, styles[i].out, stage.text[1]);
		CHECK_STR(label, styles[i].err, stage.text[2]);
		replies_drop(n);
	}
}

/* A line of so many bytes, then a short one: what each of three questions
 * gets. -1 is the end of input. */
static const struct {
	size_t typed;
	int got[3];
} limits[] = {
	{ 0, { 0, 4, -1 } },	      { 1, { 1, 4, -1 } },
	{ 4093, { 4093, 4, -1 } },    { LINE_LIMIT - 1, { 4094, 4, -1 } },
	{ LINE_LIMIT, { 4095, 0, 4 } }, { LINE_LIMIT + 1, { 4095, 1, 4 } },
	{ 2 * LINE_LIMIT, { 4095, 4095, 0 } },
};

static void
check_limits(void)
{
	static char input[TEXT_MAX];

	for (size_t i = 0; i < COUNT(limits); i++) {
		memset(input, 'z', limits[i].typed);
		strcpy(input + limits[i].typed, "\ntail\n");
		for (int k = 0; k < 3; k++)
			messages[k] = (struct pam_message){ 1 + k % 2, "" };
		CHECK_INT("long line", PAM_SUCCESS, talk(input, 3));
		for (int k = 0; replies && k < 3; k++) {
			const char *got = replies[k].resp;

			CHECK_INT("long line", limits[i].got[k],
			    got ? (int)strlen(got) : -1);
		}
		replies_drop(3);
	}
}

/* A NUL ends the answer; nothing behind it moves to the next one. */
static void
check_nul(void)
{
	static const char input[] = "ab\0cd\n\0\nxy\n";
	static const char *const want[] = { "ab", "", "xy" };

	for (int k = 0; k < 3; k++)
		messages[k] = (struct pam_message){ PAM_PROMPT_ECHO_OFF, "" };
	stage_begin(input, sizeof input - 1, false);
	CHECK_INT("NUL", PAM_SUCCESS, misc_conv(3, ask_list, &replies, NULL));
	stage_end(false);
	for (int k = 0; replies && k < 3; k++)
		CHECK_STR("NUL in the input", want[k], replies[k].resp);
	replies_drop(3);
}

static void
check_refusals(void)
{
	const struct pam_message **volatile none = NULL;
	const struct pam_message *hole[] = { NULL };

	CHECK_INT("no messages", PAM_CONV_ERR,
	    misc_conv(0, ask_list, &replies, NULL));
	CHECK_INT("fewer than none", PAM_CONV_ERR,
	    misc_conv(-1, ask_list, &replies, NULL));
	CHECK_INT("no list", PAM_CONV_ERR, misc_conv(1, none, &replies, NULL));
	CHECK_INT("a hole in the list", PAM_CONV_ERR,
	    misc_conv(1, hole, &replies, NULL));
	CHECK("nothing was given", !replies);

	messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_ON, "x" };
	stage_begin("", 0, false);
	close(STDIN_FILENO);
	CHECK_INT("a read error", PAM_CONV_ERR,
	    misc_conv(1, ask_list, &replies, NULL));
	stage_end(false);
}

/* The binary handlers: shout, refuse, or swallow; and count what is freed. */
static int freed;

static int
shout(void *appdata, pamc_bp_t *p)
{
	(void)appdata;
	for (uint32_t i = 0; i < PAM_BP_LENGTH(*p); i++)
		PAM_BP_WDATA(*p)[i] &= 0xdf;
	return 0;
}

static int
refuse(void *appdata, pamc_bp_t *p)
{
	(void)appdata;
	(void)p;
	return 1;
}

static int
swallow(void *appdata, pamc_bp_t *p)
{
	pam_binary_handler_free(appdata, p);
	return 0;
}

static void
count_free(void *appdata, pamc_bp_t *p)
{
	(void)appdata;
	PAM_BP_RENEW(p, 0, 0);
	freed++;
}

static const struct {
	const char *label;
	const char *packet;
	int (*handler)(void *, pamc_bp_t *);
	int second_style, want, freed;
} packets[] = {
	{ "a handler answers", "\0\0\0\7\2ab", shout, PAM_TEXT_INFO,
	  PAM_SUCCESS, 0 },
	{ "a handler refuses", "\0\0\0\7\2ab", refuse, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 1 },
	{ "a handler leaves nothing", "\0\0\0\7\2ab", swallow, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 1 },
	{ "its answer goes when a later message fails", "\0\0\0\7\2ab", shout,
	  99, PAM_CONV_ERR, 1 },
	{ "shorter than its head", "\0\0\0\4\2ab", shout, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 0 },
	{ "empty length", "\0\0\0\0\2ab", shout, PAM_TEXT_INFO, PAM_CONV_ERR,
	  0 },
	{ "longer than any", "\377\377\377\377\2ab", shout, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 0 },
	{ "one more than allowed", "\0\2\0\1\2ab", shout, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 0 },
	{ "no packet", NULL, shout, PAM_TEXT_INFO, PAM_CONV_ERR, 0 },
};

static void
check_packets(void)
{
	pam_binary_handler_free = count_free;
	for (size_t i = 0; i < COUNT(packets); i++) {
		const char *label = packets[i].label;

		freed = 0;
		pam_binary_handler_fn = packets[i].handler;
		messages[0] = (struct pam_message){ 7, packets[i].packet };
		messages[1] = (struct pam_message){ packets[i].second_style,
			"x" };
		CHECK_INT(label, packets[i].want, talk("", 2));
		CHECK_INT(label, packets[i].freed, freed);
		if (replies)
			CHECK(label, memcmp(replies[0].resp, "\0\0\0\7\2AB\0",
			    8) == 0);
		replies_drop(2);
	}
}

int
main(void)
{
	const pamc_bp_t none = NULL;
	pamc_bp_t p = none;

	PAM_BP_RENEW(&p, PAM_BPC_OK, 3);
	pam_binary_handler_free(NULL, &p);
	CHECK("the built-in handler frees and forgets", !p);
	CHECK("no handler at first", !pam_binary_handler_fn);

	check_styles();
	check_limits();
	check_nul();
	check_refusals();
	check_packets();
	return TEST_RESULT();
}
