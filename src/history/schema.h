/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of the index. */
#ifndef HISTORY_SCHEMA_H
#define HISTORY_SCHEMA_H

#define SCHEMA_VERSION 1

/* A new index, with its version. */
extern const char schema_new[];

/* For who cannot write the index: tables of the same names in memory, which
 * take what is new. */
extern const char schema_beside[];

/* What questions are put to, whether or not there are tables beside. */
extern const char schema_views[], schema_views_beside[];

#endif
