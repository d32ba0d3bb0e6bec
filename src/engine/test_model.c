/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/test_model.h"

#include <security/_pam_types.h>

struct node nodes[NODES];

/* */
static bool
model_count(struct model *m, int ret, int key, bool ends)
{
	const bool open = m->mind.mood == MOOD_NONE ||
	    (m->mind.mood == MOOD_GOOD && m->mind.status == PAM_SUCCESS);

	if (open && (ret != PAM_IGNORE || key == PAM_IGNORE))
		m->mind = (struct mind){ MOOD_GOOD, ret };
	return ends && m->mind.mood == MOOD_GOOD;
}

/* */
static void
model_fail(struct model *m, int ret)
{
	if (m->mind.mood != MOOD_BAD)
		m->mind = (struct mind){ MOOD_BAD,
			ret == PAM_IGNORE ? PAM_PERM_DENIED : ret };
}

/* What an answer does: how many lines to go on, or -1 to leave the level. */
static long
model_judge(struct model *m, struct node *n, int ret, const struct mind *begin)
{
	const bool frozen = m->follow && n->kept != -1;
	const int key = frozen ? n->kept : ret;
	const bool known = key >= 0 && key <= 31;

	if (m->keep)
		n->kept = ret;
	/* what is no code counts as a refusal. */
	if (!known || ret < 0 || ret > 31)
		ret = PAM_PERM_DENIED;
	m->answers[m->count - 1] = ret;
	switch (known ? (enum action)n->control.action[key] : ACT_BAD) {
	case ACT_IGNORE:
		return 1;
	case ACT_OK:
		model_count(m, ret, key, false);
		return 1;
	case ACT_DONE:
		return model_count(m, ret, key, true) ? -1 : 1;
	case ACT_BAD:
		model_fail(m, ret);
		return 1;
	case ACT_DIE:
		model_fail(m, ret);
		return -1;
	case ACT_RESET:
		m->mind = *begin;
		return 1;
	case ACT_JUMP:
		if (frozen)
			model_count(m, ret, key, false);
		return 1 + (long)n->control.jump[key];
	}
	return -1;
}

static void
model_level(struct model *m, const size_t *lines, size_t count)
{
	const struct mind begin = m->mind;
	long at = 0;

	while (at < (long)count) {
		struct node *n = &nodes[lines[at]];
		long go;

		if (n->substack) {
			model_level(m, n->below, n->count);
			at++;
			continue;
		}
		m->asked[m->count++] = (int)lines[at];
		go = model_judge(m, n, n->refuses ? PAM_PERM_DENIED :
		    n->answer[m->walk], &begin);
		if (go < 0)
			return;
		at += go;
	}
	/* */
	if (at > (long)count)
		m->mind = (struct mind){ MOOD_BAD, PAM_PERM_DENIED };
}

void
model_walk(struct model *m)
{
	m->mind = (struct mind){ MOOD_NONE, PAM_PERM_DENIED };
	m->count = 0;
	model_level(m, nodes[0].below, nodes[0].count);
}

/* X-16, W-17 */
int
model_end(const struct model *m)
{
	const int s = m->mind.status;

	return (s == PAM_SUCCESS && m->mind.mood != MOOD_GOOD) ||
	    s == PAM_IGNORE ? PAM_PERM_DENIED : s;
}
