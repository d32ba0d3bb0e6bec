/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/mark.h"

#include <stddef.h>

#include "base/drop.h"
#include "policy/policy.h"

static uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

static uint64_t
mix_text(uint64_t h, const char *text)
{
	for (; text && *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3u;
	return mix(h, text != NULL);
}

static uint64_t
mix_entry(uint64_t h, const struct entry *e)
{
	h = mix(h, (uint64_t)e->kind << 8 | e->depth);
	h = mix_text(h, e->module);
	for (int i = 0; i < e->argc; i++)
		h = mix_text(h, e->argv[i]);
	for (size_t code = 0; code < CODE_COUNT; code++)
		h = mix(h, e->action[code] | (e->jump ?
		    (uint64_t)e->jump[code] << 8 : 0));
	return h;
}

uint64_t
policy_mark(const struct policy *policy)
{
	static const enum facility marked[] = { FAC_AUTH, FAC_SESSION };
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t f = 0; f < COUNT(marked); f++) {
		const struct chain *chain = &policy->chain[marked[f]];

		h = mix(h, chain->count);
		for (size_t i = 0; i < chain->count; i++)
			h = mix_entry(h, &chain->entry[i]);
	}
	return h;
}
