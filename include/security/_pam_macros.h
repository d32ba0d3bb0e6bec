/* SPDX-License-Identifier: BSD-2-Clause */
/* Small helpers that are compiled into the caller and use the caller's malloc
 * and free: forget strings, drop answers of a conversation. */
#ifndef _SECURITY__PAM_MACROS_H
#define _SECURITY__PAM_MACROS_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* A copy from malloc; NULL of NULL. */
#define x_strdup(s) ((s) ? strdup(s) : NULL)

/* Zero a string up to its end, or n bytes; NULL is fine. The volatile keeps a
 * compiler from dropping writes that nobody reads. */
#define _pam_overwrite(x)                                                      \
	do {                                                                   \
		volatile char *pam_x_ = (volatile char *)(x);                  \
                                                                               \
		while (pam_x_ && *pam_x_)                                      \
			*pam_x_++ = '\0';                                      \
	} while (0)

#define _pam_overwrite_n(x, n)                                                 \
	do {                                                                   \
		volatile char *pam_x_ = (volatile char *)(x);                  \
		size_t pam_n_ = pam_x_ ? (size_t)(n) : 0;                      \
                                                                               \
		while (pam_n_--)                                               \
			*pam_x_++ = '\0';                                      \
	} while (0)

/* Free and forget. */
#define _pam_drop(x)                                                           \
	do {                                                                   \
		free(x);                                                       \
		(x) = NULL;                                                    \
	} while (0)

/* Wipe and free the texts of n responses and their array, which becomes NULL.
 * Wants struct pam_response, from any other header here. */
#define _pam_drop_reply(reply, replies)                                        \
	do {                                                                   \
		int pam_i_;                                                    \
                                                                               \
		for (pam_i_ = 0; (reply) && pam_i_ < (replies); pam_i_++) {    \
			_pam_overwrite((reply)[pam_i_].resp);                  \
			free((reply)[pam_i_].resp);                            \
		}                                                              \
		_pam_drop(reply);                                              \
	} while (0)

/* D(("text %d", n)) tells where it is and the text, on standard error, in
 * sources compiled with PAM_DEBUG, and is nothing in others. */
#ifdef PAM_DEBUG
#include <stdarg.h>
#include <stdio.h>

#ifdef __GNUC__
__attribute__((__format__(printf, 1, 2), __unused__))
#endif
static void
_pam_debug_text(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
}

#define D(x)                                                                   \
	do {                                                                   \
		fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                \
		_pam_debug_text x;                                             \
	} while (0)
#else
#define D(x)                                                                   \
	do {                                                                   \
	} while (0)
#endif

#endif
