/* SPDX-License-Identifier: BSD-2-Clause */
/* Values in files of modules, by the words of settings.facts. */
#ifndef PAMCTL_CHECK_CONF_VALUE_H
#define PAMCTL_CHECK_CONF_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a value is one of those wanted; "" is none. */
bool conf_value_fits(const char *const *want, const char *value);

/* What is wanted, for people, cut to size bytes. */
void conf_value_text(const char *const *want, char *text, size_t size);

#endif
