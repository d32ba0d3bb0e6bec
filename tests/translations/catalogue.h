/* SPDX-License-Identifier: BSD-2-Clause */
/* The catalogue that with-catalogue has made, for tests. */
#ifndef TRANSLATIONS_CATALOGUE_H
#define TRANSLATIONS_CATALOGUE_H

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/drop.h"

#define CANNOT_RUN 77

/* Make it the one that is spoken; false: not possible here. Languages exist in
 * locales that have one: which of them this machine has is not known, nor
 * whether its libc counts C.UTF-8 among them. */
static inline bool
catalogue_speak(const char *folder)
{
	static const char *const locales[] = { "C.UTF-8", "en_US.UTF-8", "" };

	bindtextdomain("Linux-PAM", folder);
	for (size_t i = 0; i < COUNT(locales); i++) {
		if (setlocale(LC_ALL, locales[i]) &&
		    strcmp(dgettext("Linux-PAM", "canary"), "canary") != 0)
			return true;
	}
	return false;
}

#endif
