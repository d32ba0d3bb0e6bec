/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/sessions/show.h"

#include <errno.h>
#include <stdio.h>
#include <stddef.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/json.h"
#include "pamctl/pamctl.h"
#include "pamctl/sessions/family.h"
#include "pamctl/sessions/list.h"
#include "pamctl/sessions/roster.h"
#include "policy/code.h"

/* What is printed: "key value" lines, indented below what they belong to, or
 * members of objects. */
struct sheet {
	bool json;
	bool begun;		/* a comma is due */
	int depth;
};

static void
key(struct sheet *s, const char *name)
{
	if (!s->json) {
		printf("%*s%-*s ", 2 * s->depth, "", 14 - 2 * s->depth, name);
		return;
	}
	if (s->begun)
		putchar(',');
	s->begun = true;
	if (name) {
		json_string(stdout, name);
		putchar(':');
	}
}

static void
text(struct sheet *s, const char *name, const char *value)
{
	if (!value)
		return;
	key(s, name);
	if (s->json) {
		json_string(stdout, value);
		return;
	}
	put(stdout, value);
	putchar('\n');
}

static void
number(struct sheet *s, const char *name, unsigned long long value)
{
	key(s, name);
	printf(s->json ? "%llu" : "%llu\n", value);
}

static void
yes(struct sheet *s, const char *name, bool value)
{
	if (!value)
		return;
	key(s, name);
	fputs(s->json ? "true" : "yes\n", stdout);
}

/* A time of which 0 is none. */
static void
when(struct sheet *s, const char *name, unsigned long long microseconds)
{
	char buffer[LIST_TIME];

	if (microseconds)
		text(s, name, list_time(buffer, microseconds, s->json));
}

static void
answer(struct sheet *s, const char *name, int code)
{
	if (code != NO_ANSWER)
		text(s, name, code_word(code));
}

/* An object or an array; for people, what is in it stands further right. */
static void
begin(struct sheet *s, const char *name, char bracket)
{
	if (s->json) {
		key(s, name);
		putchar(bracket);
	} else if (name) {
		key(s, name);
		putchar('\n');
	}
	s->begun = false;
	s->depth += name != NULL;
}

static void
end(struct sheet *s, const char *name, char bracket)
{
	if (s->json)
		putchar(bracket);
	s->begun = true;
	s->depth -= name != NULL;
}

static void
show_words(struct sheet *s, const char *name, const char *const *word,
    size_t count)
{
	if (count == 0)
		return;
	if (s->json)
		begin(s, name, '[');
	for (size_t i = 0; i < count; i++)
		text(s, s->json ? NULL : name, word[i]);
	if (s->json)
		end(s, name, ']');
}

static void
show_put(struct sheet *s, const struct record_put *put)
{
	if (!put->value)
		return;
	begin(s, s->json ? NULL : "put", '{');
	text(s, "key", put->key);
	text(s, "value", put->value);
	yes(s, "lasts", put->lasts);
	end(s, s->json ? NULL : "put", '}');
}

static void
show_puts(struct sheet *s, const struct record *r, size_t entry)
{
	if (!record_has_put(r, entry))
		return;
	if (s->json)
		begin(s, "put", '[');
	for (size_t i = 0; i < r->puts; i++) {
		if (r->put[i].entry == entry)
			show_put(s, &r->put[i]);
	}
	if (s->json)
		end(s, "put", ']');
}

static void
show_entry(struct sheet *s, const struct record *r, size_t at)
{
	const struct record_entry *e = &r->entry[at];

	begin(s, s->json ? NULL : "entry", '{');
	text(s, "module", e->module ? e->module : "(broken line)");
	show_words(s, "argument", e->argv, e->argc);
	answer(s, "open", e->answer);
	answer(s, "closed", e->closed);
	show_puts(s, r, at);
	end(s, s->json ? NULL : "entry", '}');
}

static void
show_entries(struct sheet *s, const struct record *r)
{
	if (s->json)
		begin(s, "entries", '[');
	for (size_t i = 0; i < r->entries; i++)
		show_entry(s, r, i);
	if (s->json)
		end(s, "entries", ']');
}

/* An entry that was not reached is "none". */
static void
show_auth(struct sheet *s, const struct record *r)
{
	if (r->auths == 0)
		return;
	if (s->json)
		begin(s, "auth", '[');
	for (size_t i = 0; i < r->auths; i++)
		text(s, s->json ? NULL : "auth", r->auth[i] == NO_ANSWER ?
		    "none" : code_word(r->auth[i]));
	if (s->json)
		end(s, "auth", ']');
}

static void
show_texts(struct sheet *s, const struct record *r)
{
#define TEXT(name) { #name, offsetof(struct record, name) }
	static const struct {
		const char *name;
		size_t at;
	} texts[] = {
		TEXT(service), TEXT(user), TEXT(tty), TEXT(rhost), TEXT(ruser),
		TEXT(class), TEXT(confdir), TEXT(boot),
	};
#undef TEXT

	for (size_t i = 0; i < COUNT(texts); i++)
		text(s, texts[i].name, *(const char *const *)(const void *)
		    ((const char *)r + texts[i].at));
}

static void
show_place(struct sheet *s, const struct record *r)
{
	begin(s, "space", '{');
	number(s, "mount", r->space.mount);
	number(s, "pid", r->space.pids);
	number(s, "root-device", r->space.root_dev);
	number(s, "root-inode", r->space.root_ino);
	end(s, "space", '}');
	begin(s, "opener", '{');
	number(s, "pid", (unsigned long long)r->opener.pid);
	number(s, "seen", r->opener.seen);
	end(s, "opener", '}');
}

static void
show_course(struct sheet *s, const struct record *r)
{
	when(s, "opened", r->opened);
	when(s, "detached", r->detached * 1000000);
	when(s, "left", r->left * 1000000);
	when(s, "gone", r->gone * 1000000);
	yes(s, "credentials", r->established);
	if (r->attempts)
		number(s, "attempts", r->attempts);
	if (r->outer != NO_AUDIT_SESSION)
		number(s, "outer-session", r->outer);
	if (r->inner != NO_AUDIT_SESSION)
		number(s, "audit-session", r->inner);
	number(s, "policy", r->policy);
}

static void
show_life(struct sheet *s, struct roster *r, const struct known *k)
{
	const struct record *record = &k->file.record;
	const struct known *parent = family_parent(r, k);
	const pid_t keeper =
	    k->life == LIFE_HERE ? life_keeper(&r->look, record) : 0;

	text(s, "record", record_state_word(record->state));
	text(s, "life", life_word(k->life));
	if (keeper)
		number(s, "keeper", (unsigned long long)keeper);
	text(s, "parent", parent ? parent->id : NULL);
}

/* Of a later version what is known is shown as well: an id at least. */
static void
show_record(struct sheet *s, const struct record *r)
{
	number(s, "version", r->version);
	show_texts(s, r);
	if (r->uid != (uid_t)-1)
		number(s, "uid", r->uid);
	show_course(s, r);
	show_place(s, r);
	show_auth(s, r);
	show_entries(s, r);
	show_words(s, "env", r->env, r->envs);
	show_words(s, "admitted", r->admitted, r->admissions);
}

void
show_print(struct roster *r, const struct known *k, bool json)
{
	struct sheet s = { .json = json };

	begin(&s, NULL, '{');
	text(&s, "id", k->id);
	text(&s, "state", known_word(k));
	if (k->rc == 0)
		show_life(&s, r, k);
	if (k->rc == 0 || k->rc == -EPROTO)
		show_record(&s, &k->file.record);
	end(&s, NULL, '}');
	if (json)
		putchar('\n');
}
