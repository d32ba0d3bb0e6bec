/* SPDX-License-Identifier: BSD-2-Clause */
/* Built with a module's own objects, prints the source of its note: what the
 * note says is what the module's parser reads. */
#include <stdarg.h>
#include <stdio.h>

#include "modkit/modkit.h"
#include "modkit/note.h"

/* One string of the descriptor: the text for the assembler, in C's quotes. */
static void
put(const char *text)
{
	printf("\t\".asciz \\\"");
	for (const char *p = text ? text : ""; *p; p++) {
		if (*p == '"' || *p == '\\' || *p < ' ' || *p == 0x7f)
			printf("\\\\%03o", (unsigned char)*p);
		else
			putchar(*p);
	}
	printf("\\\"\\n\"\n");
}

static void
put_number(long long number)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", number);
	put(text);
}

static void
put_octal(long long number)
{
	char text[32];

	snprintf(text, sizeof text, "%llo", (unsigned long long)number);
	put(text);
}

static void
put_word(const struct opt_word *w, int value)
{
	while (w->name && w->value != value)
		w++;
	put(w->name);
}

static void
put_default(const struct opt *o)
{
	const bool given = o->number >= o->min && o->number <= o->max;

	if (o->kind == OPT_KIND_STR)
		put(o->text);
	else if (o->kind == OPT_KIND_ENUM)
		put_word(o->words, (int)o->number);
	else if (o->kind == OPT_KIND_INT && given)
		put_number(o->number);
	else if (o->kind == OPT_KIND_OCTAL && given)
		put_octal(o->number);
	else
		put("");
}

static void
put_option(const struct opt *o)
{
	put(o->name);
	put(note_kind(o->kind));
	put_default(o);
	put_number(o->min);
	put_number(o->max);
	for (const struct opt_word *w = o->words; w && w->name; w++)
		put(w->name);
	put("");
	put(o->help);
}

static unsigned
entries(const struct module *m)
{
	call_fn *const fn[] = { m->auth, m->cred, m->account, m->open, m->close,
		m->password };
	unsigned bits = 0;

	for (unsigned i = 0; i < COUNT(fn); i++)
		bits |= fn[i] ? 1U << i : 0;
	return bits;
}

static void
put_descriptor(const struct module *m)
{
	const int traits = (m->words ? NOTE_WORDS : 0) |
	    (m->anycase ? NOTE_ANYCASE : 0);
	size_t count = 0;

	while (m->options && m->options[count].name)
		count++;
	put_number(NOTE_VERSION);
	put(m->name);
	put(m->what);
	put_number(entries(m));
	put_number(traits);
	put_number(m->changes);
	put_number((long long)count);
	for (size_t i = 0; i < count; i++)
		put_option(&m->options[i]);
}

int
main(void)
{
	/* By hand, because a C object cannot be made a SHT_NOTE section with
	 * every compiler. */
	printf("__asm__(\n"
	    "\t\".pushsection .note.usher,\\\"a\\\",%%note\\n\"\n"
	    "\t\".balign 4\\n\"\n"
	    "\t\".4byte 2f-1f, 4f-3f, %d\\n\"\n"
	    "\t\"1:.asciz \\\"%s\\\"\\n\"\n"
	    "\t\"2:.balign 4\\n\"\n"
	    "\t\"3:\\n\"\n", NOTE_TYPE, NOTE_OWNER);
	put_descriptor(&usher_module);
	printf("\t\"4:.balign 4\\n\"\n"
	    "\t\".popsection\\n\");\n");
	return fflush(stdout) || ferror(stdout);
}
