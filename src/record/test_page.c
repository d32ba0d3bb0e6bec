/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/test_page.h"

#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/row.h"
#include "check.h"
#include "record/record.h"
#include "record/test_place.h"

const struct store_name test_page = { "1000/" TEST_PAGE_ID };

int
test_page_create(struct page *p, size_t room)
{
	_drop_(rows_free) struct rows head = { 0 };
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct record r;

	place_record(&r, TEST_PAGE_ID);
	record_head(&r, &head);
	return page_create(p, dir, &store, &test_page, &head, room);
}

int
test_page_open(struct page *p)
{
	struct store store = { 0 };

	return page_open(p, &store, &test_page);
}

int
test_page_note(struct page *p, const char *key, const char *word)
{
	_drop_(rows_free) struct rows rows = { 0 };

	row_add(&rows, key, word);
	return page_note(p, &rows);
}

void
test_page_remove(void)
{
	CHECK_INT("removed", 0, unlink(TEST_PAGE));
}

const char *
test_page_env(void)
{
	static char text[4096];
	struct record_file f;
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);

	*text = '\0';
	CHECK_INT("readable", 0, record_read(dir, &test_page, &f));
	for (size_t i = 0; i < f.record.envs; i++) {
		if (strlen(text) + strlen(f.record.env[i]) > 4000)
			break;
		strcat(strcat(text, i ? " " : ""), f.record.env[i]);
	}
	record_file_free(&f);
	return text;
}
