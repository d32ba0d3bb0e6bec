/* SPDX-License-Identifier: BSD-2-Clause */
/* Is it JSON (RFC 8259) to the letter? As strict as any reader may be. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>

/* Whether these bytes are one object, in valid UTF-8. */
bool json_is_object(const char *text, size_t len);

#endif
