/* SPDX-License-Identifier: BSD-2-Clause */
/* What a module can be told: one row an option. The parser, the note in the
 * shared object, the manual's check and the checker of policies read it. */
#ifndef MODKIT_OPT_H
#define MODKIT_OPT_H

#include <stdbool.h>
#include <stddef.h>

enum opt_kind {
	OPT_KIND_END,
	OPT_KIND_FLAG,	/* "name" alone sets a bool */
	OPT_KIND_OFF,	/* "name" alone clears the bool of another option */
	OPT_KIND_STR,	/* name=text of at least min bytes */
	OPT_KIND_INT,	/* name=decimal number from min to max */
	OPT_KIND_OCTAL, /* name=octal number from min to max */
	OPT_KIND_ENUM,	/* name=one of the words */
};

/* The words of an OPT_ENUM; a NULL name ends the list. */
struct opt_word {
	const char *name;
	int value;
};

struct opt {
	const char *name, *help;
	enum opt_kind kind;
	size_t offset, size;	/* of the field in struct conf */
	const char *text;	/* default of a text, NULL for none */
	long long number;	/* any other default; outside min and max
				 * it means "not given" */
	long long min, max;
	const struct opt_word *words;
};

/* A table is a "static const struct opt options[]" below the module's own
 * "struct conf". The second form is for names that are no C identifiers. */
#define OPT_FLAG(field, help) OPT_FLAG_AS(#field, field, help)
#define OPT_OFF(name, field, help) OPT_OFF_AS(#name, field, help)
#define OPT_STR(field, def, help) OPT_STR_AS(#field, field, def, help)
#define OPT_TEXT(field, def, help) OPT_TEXT_AS(#field, field, def, help)
#define OPT_INT(field, def, min, max, help)                                    \
	OPT_INT_AS(#field, field, def, min, max, help)
#define OPT_OCTAL(field, def, max, help)                                       \
	OPT_OCTAL_AS(#field, field, def, max, help)
#define OPT_ENUM(field, def, words, help)                                      \
	OPT_ENUM_AS(#field, field, def, words, help)

#define OPT_FLAG_AS(name, field, help)                                         \
	{ name, help, OPT_KIND_FLAG, OPT_BOOL_(field), NULL, 0, 0, 1, NULL }
#define OPT_OFF_AS(name, field, help)                                          \
	{ name, help, OPT_KIND_OFF, OPT_BOOL_(field), NULL, 0, 0, 1, NULL }
/* A text must not be empty, or may be. */
#define OPT_STR_AS(name, field, def, help)                                     \
	{ name, help, OPT_KIND_STR, OPT_STR_(field), def, 0, 1, 0, NULL }
#define OPT_TEXT_AS(name, field, def, help)                                    \
	{ name, help, OPT_KIND_STR, OPT_STR_(field), def, 0, 0, 0, NULL }
#define OPT_INT_AS(name, field, def, min, max, help)                           \
	{ name, help, OPT_KIND_INT, OPT_INT_(field), NULL, def, min, max, NULL }
#define OPT_OCTAL_AS(name, field, def, max, help)                              \
	{ name, help, OPT_KIND_OCTAL, OPT_INT_(field), NULL, def, 0, max, NULL }
#define OPT_ENUM_AS(name, field, def, words, help)                             \
	{ name, help, OPT_KIND_ENUM, OPT_INT_(field), NULL, def, 0, 0, words }
#define OPT_END { NULL, NULL, OPT_KIND_END, 0, 0, NULL, 0, 0, 0, NULL }

/* Offset and size of a field, if it is of a type that the kind can fill. */
#define OPT_FIELD_(field)                                                      \
	offsetof(struct conf, field), sizeof(((struct conf *)0)->field)
#define OPT_IS_(field, ...)                                                    \
	_Generic(((struct conf *)0)->field, __VA_ARGS__) + OPT_FIELD_(field)
#define OPT_BOOL_(field) OPT_IS_(field, bool: 0)
#define OPT_STR_(field) OPT_IS_(field, const char *: 0)
#define OPT_INT_(field)                                                        \
	OPT_IS_(field, int: 0, unsigned: 0, long: 0, unsigned long: 0)

/* Put every default in its place. conf is all zero before. */
void opt_defaults(const struct opt *table, void *conf);

/* The option that word, as "name" or "name=value", means, or NULL. A NULL table
 * has none. */
const struct opt *opt_find(const struct opt *table, bool anycase,
    const char *word);

/* Take the value of a word that opt_find gave opt for, into conf; a NULL conf
 * only asks. 0, or -EINVAL: no such value, conf is as before. A text is
 * borrowed from word. */
int opt_take(const struct opt *opt, const char *word, void *conf);

/* What the option wants to hear, in words, as "a number from 0 to 3". */
void opt_wants(const struct opt *opt, char *text, size_t size);

#endif
