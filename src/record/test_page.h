/* SPDX-License-Identifier: BSD-2-Clause */
/* The page that tests of pages work on: one record of a user's. Its place is
 * that of test_place.h. */
#ifndef RECORD_TEST_PAGE_H
#define RECORD_TEST_PAGE_H

#include <stddef.h>

#include "record/page.h"

#define TEST_PAGE_ID "019abc00-0000-7000-8000-000000000001"
#define TEST_PAGE STORE_SESSIONS "/1000/" TEST_PAGE_ID

extern const struct store_name test_page;

/* As page_create, page_open and page_note. */
int test_page_create(struct page *p, size_t room);
int test_page_open(struct page *p);
int test_page_note(struct page *p, const char *key, const char *word);

/* It is there, and then it is not. */
void test_page_remove(void);

/* What a reader finds, as "NAME=value NAME=value"; valid until the next. */
const char *test_page_env(void);

#endif
