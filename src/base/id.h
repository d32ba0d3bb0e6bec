/* SPDX-License-Identifier: BSD-2-Clause */
/* Transaction ids: UUID version 7 (RFC 9562), so that they sort by time. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdint.h>

#define ID_TEXT 37		/* 36 characters and the NUL */

struct id {
	uint8_t byte[16];
};

/* A fresh id. */
void id_new(struct id *id);

/* Its usual text, lower case with hyphens. */
void id_text(const struct id *id, char text[ID_TEXT]);

/* When the id of this text was made, in milliseconds since 1970. 0, or -EINVAL
 * when it is no id of version 7. */
int id_time(const char *text, int64_t *ms);

#endif
