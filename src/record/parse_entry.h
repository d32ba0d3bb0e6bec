/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of a record that begin with the number of an entry. Private to
 * record/. */
#ifndef RECORD_PARSE_ENTRY_H
#define RECORD_PARSE_ENTRY_H

#include "record/record.h"

/* Each takes in what is left of its row. What a row lacks makes it nothing; only
 * memory can fail. 0 or -ENOMEM. */
int parse_entry(struct record *r, struct row *row);
int parse_auth(struct record *r, struct row *row);
int parse_open(struct record *r, struct row *row);
int parse_asked(struct record *r, struct row *row);
int parse_answered(struct record *r, struct row *row);
int parse_closed(struct record *r, struct row *row);
int parse_put(struct record *r, struct row *row);
int parse_put_lasting(struct record *r, struct row *row);

#endif
