/* SPDX-License-Identifier: BSD-2-Clause */
/* No module of ours keeps a token that passes by, or tells it to the log, nor
 * what the user answers to its own questions. argv: the actor, the folder with
 * the modules. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "check.h"
#include "memory/stage.h"
#include "steps.h"

#define POLICY                                                                 \
	"auth required %%M token\nauth optional %1$s\n"                        \
	"account required %%M item=6\naccount optional %1$s\n"                 \
	"session required %%M item=6\nsession optional %1$s\n"                 \
	"password required %%M @prelim old @update token\n"                    \
	"password optional %1$s\n"
#define GONE { step_gone, "1" }

static int
look(const struct scenario *s)
{
	struct run run;

	check_run = check_bad = 0;
	stage_reply = secret_reply;
	secret_loud = true;
	stage_play(s, NULL, NULL, &run);
	for (size_t i = 0; i < run.count; i++) {
		if (s->steps[i].act == step_gone)
			CHECK_INT(s->steps[i - 1].text ? s->steps[i - 1].text :
			    s->label, 0, run.outcome[i].code);
	}
	CHECK(s->label, run.count > 10);
	return TEST_RESULT();
}

static const struct scenario blank = {
	.steps = { { step_start, "svc", 1 }, { step_chatty },
	    { step_call_auth, "auth" }, GONE, { step_call_account, "account" },
	    GONE, { step_call_cred, "setcred" }, GONE,
	    { step_call_open, "open" }, GONE, { step_call_close, "close" },
	    GONE, { step_call_change, "change" }, GONE, { step_end, "end" },
	    GONE },
};

int
main(int argc, char **argv)
{
	glob_t found = { 0 };
	char pattern[512];

	if (argc < 3)
		return 2;
	snprintf(pattern, sizeof pattern, "%s/pam_*.so", argv[2]);
	CHECK_INT("modules", 0, glob(pattern, 0, NULL, &found));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		_drop_(freep) char *policy = NULL;
		struct scenario s = blank;

		if (asprintf(&policy, POLICY, found.gl_pathv[i]) < 0)
			return 1;
		s.label = text_base(found.gl_pathv[i]);
		s.files[0].name = "svc";
		s.files[0].text = policy;
		CHECK_INT(s.label, 0, stage_apart(&s, argv[1], look));
	}
	globfree(&found);
	return TEST_RESULT();
}
