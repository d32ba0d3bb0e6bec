/* SPDX-License-Identifier: BSD-2-Clause */
/* What a handle keeps: environment, data of modules, items. */
#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

#define MOST 1000
#define STRIDE 7		/* next to next would be kind to caches */

static char names[MOST][24], settings[MOST][48];
static char long_text[1001];

static size_t
next(struct bench *b)
{
	b->at += STRIDE;
	if (b->at >= b->scene->entries)
		b->at -= b->scene->entries;
	return b->at;
}

static void
name_all(const struct bench *b)
{
	for (size_t i = 0; i < b->scene->entries; i++) {
		snprintf(names[i], sizeof names[i], "VARIABLE_%04zu", i);
		snprintf(settings[i], sizeof settings[i], "%s=value of %04zu",
		    names[i], i);
	}
}

static void
fill_env(struct bench *b)
{
	name_all(b);
	for (size_t i = 0; i < b->scene->entries; i++)
		expect("pam_putenv", pam_putenv(b->pamh, settings[i]));
}

static void
fill_data(struct bench *b)
{
	name_all(b);
	for (size_t i = 0; i < b->scene->entries; i++)
		expect("pam_set_data",
		    pam_set_data(b->pamh, names[i], settings[i], NULL));
}

static void
put_env(struct bench *b)
{
	expect("pam_putenv", pam_putenv(b->pamh, settings[next(b)]));
}

static void
get_env(struct bench *b)
{
	const char *value = pam_getenv(b->pamh, names[next(b)]);

	expect("pam_getenv", value ? PAM_SUCCESS : PAM_BAD_ITEM);
}

static void
list_env(struct bench *b)
{
	char **list = pam_getenvlist(b->pamh);

	expect("pam_getenvlist", list ? PAM_SUCCESS : PAM_BUF_ERR);
	for (char **p = list; *p; p++)
		free(*p);
	free(list);
}

static void
set_data(struct bench *b)
{
	const size_t i = next(b);

	expect("pam_set_data",
	    pam_set_data(b->pamh, names[i], settings[i], NULL));
}

static void
get_data(struct bench *b)
{
	const void *data;

	expect("pam_get_data",
	    pam_get_data(b->pamh, names[next(b)], &data));
}

static void
make_text(struct bench *b)
{
	memset(long_text, 'x', b->scene->entries);
}

static void
set_item(struct bench *b)
{
	expect("pam_set_item", pam_set_item(b->pamh, PAM_RHOST, long_text));
}

static void
get_item(struct bench *b)
{
	const void *item;

	expect("pam_get_item", pam_get_item(b->pamh, PAM_USER, &item));
}

#define STORE(name, n, fill, op)                                               \
	{ name "-" #n, "errand", AROUND_MODULE, fill, op, .entries = (n) }

const struct scene store_scenes[] = {
	STORE("putenv", 10, fill_env, put_env),
	STORE("putenv", 100, fill_env, put_env),
	STORE("putenv", 1000, fill_env, put_env),
	STORE("getenv", 10, fill_env, get_env),
	STORE("getenv", 100, fill_env, get_env),
	STORE("getenv", 1000, fill_env, get_env),
	STORE("getenvlist", 10, fill_env, list_env),
	STORE("getenvlist", 100, fill_env, list_env),
	STORE("getenvlist", 1000, fill_env, list_env),
	STORE("set_data", 10, fill_data, set_data),
	STORE("set_data", 100, fill_data, set_data),
	STORE("set_data", 1000, fill_data, set_data),
	STORE("get_data", 10, fill_data, get_data),
	STORE("get_data", 100, fill_data, get_data),
	STORE("get_data", 1000, fill_data, get_data),
	STORE("set_item", 8, make_text, set_item),
	STORE("set_item", 64, make_text, set_item),
	STORE("set_item", 1000, make_text, set_item),
	{ "get_item", "errand", AROUND_MODULE, .op = get_item },
	{ 0 }
};
