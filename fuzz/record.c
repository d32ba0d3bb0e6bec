/* SPDX-License-Identifier: BSD-2-Clause */
/* Session records and their rows: the bytes are a file that anybody wrote. */
#include <errno.h>
#include <stdbool.h>

#include "base/drop.h"
#include "record/record.h"
#include "record/store.h"
#include "target.h"

/* What is taken apart lies where it was, and ends there. */
static void
check_inside(const char *word, const char *text, size_t len)
{
	PROMISE("a word is in the text, and ends in it",
	    !word || (word >= text && word <= text + len));
}

static void
check_rows(const uint8_t *data, size_t size)
{
	_drop_(freep) char *text = text_of(data, size);
	_drop_(rows_free) struct rows again = { 0 };
	struct row_reader reader = { text, text + size }, second;
	struct row row, copy;

	while (row_next(&reader, &row)) {
		const char *key = row_take(&row), *word, *back;

		if (!key)
			continue;
		again.len = 0;
		row_begin(&again, "key");
		row_word(&again, key);
		row_end(&again);
		second = (struct row_reader){ again.text,
			again.text + again.len };
		PROMISE("what was read can be written",
		    row_next(&second, &copy) && row_take(&copy));
		back = row_take(&copy);
		PROMISE("and read again", back && strcmp(back, key) == 0);
		while ((word = row_take(&row)))
			check_inside(word, text, size);
	}
}

static void
check_head(const struct record *r, const char *text, size_t len)
{
	PROMISE("it has what must be there",
	    r->id && store_is_id(r->id) && r->service && r->version);
	check_inside(r->id, text, len);
	check_inside(r->service, text, len);
	check_inside(r->user, text, len);
	check_inside(r->rhost, text, len);
	PROMISE("its state is one", r->state < RECORD_STATES &&
	    record_state_word(r->state));
}

static void
check_entries(const struct record *r, const char *text, size_t len)
{
	for (size_t i = 0; i < r->entries; i++) {
		const struct record_entry *e = &r->entry[i];

		check_inside(e->module, text, len);
		PROMISE("arguments have an end", !e->argv || !e->argv[e->argc]);
		for (size_t k = 0; k < e->argc; k++)
			check_inside(e->argv[k], text, len);
	}
	for (size_t i = 0; i < r->puts; i++) {
		check_inside(r->put[i].key, text, len);
		check_inside(r->put[i].value, text, len);
		PROMISE("what is put is there, unless taken back",
		    record_has_put(r, r->put[i].entry) || !r->put[i].value);
	}
	for (size_t i = 0; i < r->envs; i++)
		check_inside(r->env[i], text, len);
}

/* The head that this one would have been written with is read as the same. */
static void
check_again(const struct record *r)
{
	_drop_(rows_free) struct rows rows = { 0 };
	_drop_(record_free) struct record again = { 0 };

	record_head(r, &rows);
	PROMISE("a head can be written and read",
	    record_parse(rows.text, rows.len, &again) == 0);
	PROMISE("and is the same", strcmp(r->id, again.id) == 0 &&
	    strcmp(r->service, again.service) == 0 && r->uid == again.uid &&
	    r->entries == again.entries && r->policy == again.policy &&
	    r->opener.pid == again.opener.pid &&
	    r->opener.seen == again.opener.seen);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_drop_(freep) char *text = exactly(data, size);
	_drop_(record_free) struct record r = { 0 };
	const int rc = record_parse(text, size, &r);

	PROMISE("a record, a later one, or none",
	    rc == 0 || rc == -EPROTO || rc == -EINVAL || rc == -ENODATA);
	if (rc != -EINVAL && rc != -ENODATA) {
		check_head(&r, text, size);
		check_entries(&r, text, size);
	}
	PROMISE("a later one is of a later version",
	    rc != -EPROTO || r.version > RECORD_VERSION);
	if (rc == 0)
		check_again(&r);
	check_rows(data, size);
	return 0;
}
