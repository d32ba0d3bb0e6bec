/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include "base/drop.h"

#define BIT(code) (1u << (code))
#define ALL_CALLS                                                              \
	{ step_call_auth }, { step_call_account }, { step_call_cred },         \
	    { step_call_open }, { step_call_close }, { step_call_change }
#define HUNDRED                                                                \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"                   \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"
#define THOUSAND                                                               \
	HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED        \
	    HUNDRED HUNDRED
#define ALL_LINES(control, args)                                               \
	"auth " control " %M " args "\naccount " control " %M " args "\n"      \
	"session " control " %M " args "\npassword " control " %M " args "\n"

const struct scenario scenarios[] = {
	{ "every call of a program",
	  .files = { { "svc", ALL_LINES("required", "") } },
	  .steps = { { step_start, "svc", 1 }, { step_nothing }, ALL_CALLS,
	    { step_end } } },
	{ "items",
	  .files = { { "svc", "" }, { "other", "" } },
	  .steps = { { step_start, "A/Svc" }, { step_get, "", PAM_SERVICE },
	    { step_set, "alice", PAM_USER }, { step_get, "", PAM_USER },
	    { step_set, "tty1", PAM_TTY }, { step_set, "tty2", PAM_TTY },
	    { step_get, "", PAM_TTY }, { step_set, "host", PAM_RHOST },
	    { step_set, "bob", PAM_RUSER }, { step_set, ":0", PAM_XDISPLAY },
	    { step_set, "who? ", PAM_USER_PROMPT },
	    { step_set, "UNIX", PAM_AUTHTOK_TYPE },
	    { step_set, "x", PAM_AUTHTOK }, { step_unset, "", PAM_TTY },
	    { step_xauth, "cookie", 6 }, { step_xauth, "biscuit", 7 },
	    { step_xauth, "none", -1 }, { step_conv },
	    { step_set, "next", PAM_SERVICE }, { step_end } } },
	{ "environment",
	  .files = { { "svc", "" }, { "other", "" } },
	  .steps = { { step_start, "svc", 1 }, { step_putenv, "A=1" },
	    { step_putenv, "A=2" }, { step_getenv, "A" },
	    { step_setenv, "B", 0 }, { step_setenv, "B", 1 },
	    { step_paste, "A" }, { step_paste, "=" }, { step_list },
	    { step_putenv, "A" }, { step_putenv, "B" }, { step_list },
	    { step_putenv, "" }, { step_end } } },
	{ "a thousand variables",
	  .files = { { "svc", "" }, { "other", "" } },
	  .steps = { { step_start, "svc", 1 }, { step_envs, "", 1000 },
	    { step_list }, { step_getenv, "N999" }, { step_end } } },
	{ "the name is asked for",
	  .files = { { "svc", ALL_LINES("required", "user") } },
	  .replies = { { PAM_SUCCESS, "root" } },
	  .steps = { { step_start, "svc" }, ALL_CALLS,
	    { step_get, "", PAM_USER }, { step_end } } },
	{ "a program asks for it",
	  .files = { { "svc", "" }, { "other", "" } },
	  .replies = { { PAM_SUCCESS, "root" }, { PAM_SUCCESS, "blue" } },
	  .steps = { { step_start, "svc" }, { step_user, "who? " },
	    { step_prompt, "Your favourite colour, no, yellow: ",
	      PAM_PROMPT_ECHO_ON }, { step_prompt, "hello", PAM_TEXT_INFO },
	    { step_pw, "root" }, { step_end } } },
	{ "whoever does not answer is nobody",
	  .files = { { "svc", ALL_LINES("required", "user") } },
	  .replies = { { PAM_CONV_ERR }, { PAM_CONV_ERR, "late" },
	    { PAM_ABORT, "odd" } },
	  .steps = { { step_start, "svc" }, { step_call_auth },
	    { step_call_auth }, { step_call_auth }, { step_call_cred },
	    { step_end } } },
	{ "put off and resumed",
	  .files = { { "svc", "auth required %M user\n" } },
	  .replies = { { PAM_CONV_AGAIN }, { PAM_SUCCESS, "root" } },
	  .steps = { { step_start, "svc" }, { step_call_auth },
	    { step_call_open }, { step_call_auth }, { step_call_cred },
	    { step_end } } },
	{ "resumed in the middle",
	  .files = { { "svc", "auth required %M data=x\n"
	    "auth substack sub\nauth required %M env=A=1\n"
	    "password required %M @update later=p\n" },
	    { "sub", "auth required %M later=a\n"
	      "auth required %M later=b\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_auth }, { step_call_change }, { step_call_auth },
	    { step_call_cred }, { step_call_change }, { step_call_change },
	    { step_end } } },
	{ "ended while something waits",
	  .files = { { "svc", "auth required %M token later=a\n" } },
	  .replies = { { PAM_SUCCESS, "secret" } },
	  .errors = BIT(PAM_AUTHTOK_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "a password", .stops = true,
	  .files = { { "svc", "auth required %M token\n"
	    "auth required %M use_first_pass token\n" } },
	  .replies = { { PAM_SUCCESS, "secret" } },
	  .errors = BIT(PAM_AUTHTOK_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_cred }, { step_end } } },
	{ "a new password",
	  .files = { { "svc", "password required %M @prelim old @update "
	    "authtok_type=UNIX token\npassword required %M @update "
	    "use_authtok token\n" } },
	  .replies = { { PAM_SUCCESS, "old" }, { PAM_SUCCESS, "new" },
	    { PAM_SUCCESS, "new" } },
	  .errors = BIT(PAM_AUTHTOK_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_change },
	    { step_end } } },
	{ "another one the second time",
	  .files = { { "svc", "password required %M @update token\n" } },
	  .replies = { { PAM_SUCCESS, "new" }, { PAM_SUCCESS, "nwe" } },
	  .errors = BIT(PAM_AUTHTOK_ERR) | BIT(PAM_TRY_AGAIN),
	  .steps = { { step_start, "svc", 1 }, { step_call_change },
	    { step_end } } },
	{ "verified apart",
	  .files = { { "svc",
	    "password required %M @update [verify=A word: ]\n"
	    "password required %M @update verify\n" } },
	  .replies = { { PAM_SUCCESS, "new" }, { PAM_SUCCESS, "new" } },
	  .errors = BIT(PAM_AUTHTOK_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_change },
	    { step_end } } },
	{ "no password where one is due",
	  .files = { { "svc", "auth required %M use_first_pass token\n"
	    "password required %M use_authtok token\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_change }, { step_end } } },
	{ "a conversation that fails with an answer",
	  .files = { { "svc", "auth required %M token\n" } },
	  .replies = { { PAM_CONV_ERR, "secret" }, { PAM_ABORT } },
	  .errors = BIT(PAM_AUTHTOK_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_auth }, { step_call_auth }, { step_end } } },
	{ "data, and its replacement",
	  .files = { { "svc", ALL_LINES("required",
	    "data=a data=b data=a datas=40") } },
	  .steps = { { step_start, "svc", 1 }, ALL_CALLS, { step_end } } },
	{ "accounts",
	  .files = { { "svc", "auth required %M pw=root uid=0 "
	    "group=root gid=0 shadow=root member=root passwd=root login "
	    "key=UMASK drop=nobody\n" } },
	  .errors = BIT(PAM_USER_UNKNOWN) | BIT(PAM_PERM_DENIED) |
	    BIT(PAM_SERVICE_ERR) | BIT(PAM_SYSTEM_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "talk and log",
	  .files = { { "svc", "auth required %M [say=Good morning, and "
	    "mind the step that is behind the door] [ask=What is your name? "
	    "What is your quest? What is the speed of a swallow?] log=x "
	    "audit=x delay=1 answer=auth_err\n" } },
	  .replies = { { PAM_SUCCESS, "Arthur" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "includes and substacks",
	  .files = { { "svc", "auth include one\nauth substack two\n"
	    "@include three\naccount required %M\n" },
	    { "one", "auth required %M\naccount required %M\n" },
	    { "two", "auth include one\nauth [success=done] %M\n" },
	    { "three", "session substack four\npassword include four\n" },
	    { "four", "session required %M\npassword required %M\n" } },
	  .steps = { { step_start, "svc", 1 }, ALL_CALLS, { step_end } } },
	{ "a file that includes itself",
	  .files = { { "svc", "auth required %M\nauth include svc\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "long lines",
	  .files = { { "svc", "auth \\\n required \\\n %M \\\n\\\n[tty=a b] "
	    "[tty=c\\]] tty=1 tty=2 tty=3 tty=4 tty=5 tty=6 tty=7 tty=8 \\\n"
	    "tty=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # x"
	    "\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "broken lines",
	  .files = { { "svc", "auth required %M\nbogus required %M\n"
	    "auth\nauth required\nauth include\nauth include gone\n"
	    "auth [success=bogus] %M\nauth [success=0] %M\nsession required "
	    "%M\nsession [success] %M\npassword substack gone\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_open }, { step_call_change }, { step_end } } },
	{ "a text that breaks off",
	  .files = { { "svc", "auth required %M\nauth required \\" } },
	  .steps = { { step_start, "svc", 1 } } },
	{ "a module without a name",
	  .files = { { "svc", "auth required %M\nauth required .so\n" } },
	  .steps = { { step_start, "svc", 1 } } },
	{ "no policy at all",
	  .steps = { { step_start, "svc", 1 } } },
	{ "modules that are not there",
	  .files = { { "svc", "auth required %M\n-auth required gone.so\n"
	    "account required /no$ISA/gone.so\n"
	    "session optional gone.so\nsession required %M\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_account }, { step_call_open }, { step_end } } },
	{ "what other says",
	  .files = { { "svc", "auth required %M\n" },
	    { "other", ALL_LINES("required", "answer=perm_denied") } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_account }, { step_call_open }, { step_end } } },
	{ "another service in the middle", .stops = true,
	  .files = { { "svc", ALL_LINES("required", "env=A=1 data=x") },
	    { "no", ALL_LINES("requisite", "data=x answer=perm_denied") } },
	  .errors = BIT(PAM_ABORT),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_set, "NO", PAM_SERVICE }, { step_call_auth },
	    { step_set, "svc", PAM_SERVICE }, { step_call_open },
	    { step_set, "gone", PAM_SERVICE }, { step_call_open },
	    { step_end } } },
	{ "a module changes it", .stops = true,
	  .files = { { "svc", "auth required %M service=no\n" },
	    { "no", "auth required %M answer=auth_err\n" } },
	  .errors = BIT(PAM_ABORT),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_auth }, { step_end } } },
	{ "modules that are closed again",
	  .conf = "unload usher_actor\n",
	  .files = { { "svc", ALL_LINES("required", "data=x") } },
	  .steps = { { step_start, "svc", 1 }, ALL_CALLS, { step_end } } },
	{ "every key of usher.conf",
	  .conf = "keep-tokens svc\nmodule-path %B /x/$LIB\ntrace svc a\n"
	    "trusted-files warn\nunload a b\nbogus x\ntrace",
	  .files = { { "svc", "auth required usher_actor.so token\n"
	    "account required %M answer=acct_expired\n" } },
	  .replies = { { PAM_SUCCESS, "secret" } },
	  .errors = BIT(PAM_AUTHTOK_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_account }, { step_end } } },
	{ "another module path: not the built-in one",
	  .conf = "module-path %B/gone/" THOUSAND THOUSAND THOUSAND "\n",
	  .files = { { "svc", "auth required pam_permit.so\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "the system's own policies", .system = true,
	  .files = { { "svc", "auth required %M token pw=root\n"
	    "@include common\n" }, { "common", "account required %M\n" },
	    { "/etc/security/usher.conf", "trusted-files strict\n" } },
	  .replies = { { PAM_SUCCESS, "secret" } },
	  .errors = BIT(PAM_AUTHTOK_ERR) | BIT(PAM_USER_UNKNOWN),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_account }, { step_end } } },

	/* Those who come in when a refusal is passed over. */
	{ "unknown may be ignored, a no may not",
	  .files = { { "svc", "auth [success=ok module_unknown=ignore "
	    "default=die] %M x=1 answer=auth_err\nauth required %M\n" } },
	  .errors = BIT(PAM_SYMBOL_ERR),
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_call_cred }, { step_end } } },
	{ "the second factor may be missing, not wrong",
	  .files = { { "svc", "auth required %M\nauth [success=ok "
	    "ignore=ignore module_unknown=ignore default=bad] %M "
	    "answer=maxtries\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "skipped unless it says yes",
	  .files = { { "svc", "account [success=ignore default=1] %M "
	    "answer=success\naccount requisite %M answer=acct_expired\n"
	    "account required %M\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_account },
	    { step_end } } },
	{ "only a locked account ends it",
	  .files = { { "svc", "auth [maxtries=die default=ignore] %M "
	    "answer=maxtries\nauth required %M\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "nobody says yes",
	  .files = { { "svc", "auth sufficient %M answer=auth_err\n"
	    "auth optional %M answer=ignore\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_auth },
	    { step_end } } },
	{ "judged by the first answer", .stops = true,
	  .files = { { "svc", "session sufficient %M @open "
	    "answer=session_err\nsession required %M @close "
	    "answer=session_err\n" } },
	  .steps = { { step_start, "svc", 1 }, { step_call_open },
	    { step_call_close }, { step_end } } },
};

const size_t scenario_count = COUNT(scenarios);
