/* SPDX-License-Identifier: BSD-2-Clause */
/* A library that has nothing to do with libpam, and whose destructor calls
 * back. */
static void (*at_end)(void);

void late_set(void (*fn)(void));

__attribute__((visibility("default"))) void
late_set(void (*fn)(void))
{
	at_end = fn;
}

static void __attribute__((destructor))
end(void)
{
	if (at_end)
		at_end();
}
