/* SPDX-License-Identifier: BSD-2-Clause */
/* A module's file is replaced while a handle that uses it lives: that handle
 * keeps the code that it has, new ones get the new, and nobody is refused
 * because of an upgrade. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"

#define OLD 11
#define NEW 22

#define GOES_ON "goes on with the copy that it has"
#define MISSING "unable to dlopen("

/* The confdir of the row: its module is "m.so" in it, its service "svc". */
static char row[16];

struct name {
	char text[64];
};

static struct name
in_row(const char *file)
{
	struct name name;

	snprintf(name.text, sizeof name.text, "%s/%s", row, file);
	return name;
}

static bool
login(struct login *l)
{
	return lab_login(lab_path(row).text, "svc", l);
}

static bool
move(const char *from, const char *to)
{
	return rename(lab_path(in_row(from).text).text,
	    lab_path(in_row(to).text).text) == 0;
}

/* ---- Changes ---- */

static bool
by_rename(void)
{
	return lab_put_module(in_row("m.so").text, NEW);
}

static bool
by_link(void)
{
	return lab_put_module(in_row("other").text, NEW) &&
	    lab_link(in_row("m.so").text, "other");
}

static bool
by_link_and_back(void)
{
	struct login l;

	return lab_put_module(in_row("old").text, OLD) && by_link() &&
	    login(&l) && l.module == NEW &&
	    lab_link(in_row("m.so").text, "old");
}

static bool
by_many_renames(void)
{
	struct login l;

	for (unsigned n = 100; n < 140; n++) {
		if (!lab_put_module(in_row("m.so").text, n) || !login(&l) ||
		    l.module != n)
			return false;
	}
	return by_rename();
}

static bool
away_and_back(void)
{
	struct login l;

	return move("m.so", "away") && !login(&l) && move("away", "m.so");
}

static bool
by_nothing(void)
{
	return unlink(lab_path(in_row("m.so").text).text) == 0;
}

static bool
by_an_empty_file(void)
{
	return lab_put(in_row("m.so").text, "%s", "");
}

static bool
by_a_text(void)
{
	return lab_put(in_row("m.so").text, "this is no module\n");
}

/* As a copy looks that is not finished. */
static bool
by_a_part(off_t size)
{
	return lab_put_module(in_row("part").text, NEW) &&
	    truncate(lab_path(in_row("part").text).text, size) == 0 &&
	    move("part", "m.so");
}

static bool
by_its_beginning(void)
{
	return by_a_part(40);
}

/* All headers are there: the loader itself would be killed by it. */
static bool
by_half_of_it(void)
{
	return by_a_part(2000);
}

static bool
by_a_folder(void)
{
	return by_nothing() &&
	    mkdir(lab_path(in_row("m.so").text).text, 0755) == 0;
}

static bool
by_a_fifo(void)
{
	return by_nothing() &&
	    mkfifo(lab_path(in_row("m.so").text).text, 0644) == 0;
}

/* The same bytes: what else was written would show in the old copy, too. */
static bool
in_place(void)
{
	return lab_overwrite_module(in_row("m.so").text, OLD);
}

static bool
in_place_by_a_second_name(void)
{
	return link(lab_path(in_row("m.so").text).text,
	    lab_path(in_row("second").text).text) == 0 &&
	    in_place() && lab_put(in_row("svc").text,
		LAB_ALL("%1$s/%2$s/second", ""), lab(), row);
}

static const struct {
	const char *label;
	bool (*change)(void);
	unsigned version;	/* for new handles; 0: refused */
	const char *line;	/* each start logs it once; NULL: nothing */
	bool unload;		/* the module stands there in usher.conf */
} cases[] = {
	{ "replaced by rename", by_rename, NEW, NULL, false },
	{ "a link is switched", by_link, NEW, NULL, false },
	{ "a link is switched there and back", by_link_and_back, OLD, NULL,
	  false },
	{ "replaced again and again", by_many_renames, NEW, NULL, false },
	{ "moved away and back", away_and_back, OLD, NULL, false },
	{ "written over in place", in_place, OLD, NULL, false },
	{ "written over in place, found by another name",
	  in_place_by_a_second_name, OLD, GOES_ON, false },
	{ "replaced by an empty file", by_an_empty_file, OLD, GOES_ON, false },
	{ "replaced by a text", by_a_text, OLD, GOES_ON, false },
	{ "replaced by the beginning of a module", by_its_beginning, OLD,
	  GOES_ON, false },
	{ "replaced by half a module", by_half_of_it, OLD, GOES_ON, false },
	{ "removed", by_nothing, 0, MISSING, false },
	{ "a folder in its place", by_a_folder, 0, MISSING, false },
	{ "a fifo in its place", by_a_fifo, 0, MISSING, false },
	{ "unload: replaced by rename", by_rename, NEW, NULL, true },
	{ "unload: a link is switched", by_link, NEW, NULL, true },
	{ "unload: replaced again and again", by_many_renames, NEW, NULL,
	  true },
	{ "unload: moved away and back", away_and_back, OLD, NULL, true },
	{ "unload: removed", by_nothing, 0, MISSING, true },
	{ "unload: replaced by a text", by_a_text, 0, MISSING, true },
};

static bool
prepare(size_t i)
{
	snprintf(row, sizeof row, "row%zu", i);
	return mkdir(lab_path(row).text, 0755) == 0 &&
	    lab_put_module(in_row("m.so").text, OLD) &&
	    lab_put(in_row("svc").text, LAB_ALL("%1$s/%2$s/m.so", ""), lab(),
		row) &&
	    lab_put(in_row("usher.conf").text, "unload %s\n",
		cases[i].unload ? "m" : "");
}

static void
check_new(size_t i)
{
	const char *label = cases[i].label;
	struct login l;

	for (int n = 0; n < 2; n++) {
		lab_log_clear();
		CHECK_INT(label, cases[i].version != 0, login(&l));
		CHECK_INT(label, cases[i].version, l.module);
		CHECK_INT(label, cases[i].line != NULL,
		    lab_logged(GOES_ON) + lab_logged(MISSING));
		if (cases[i].line)
			CHECK_INT(label, 1, lab_logged(cases[i].line));
	}
}

static void
check_row(size_t i)
{
	const char *label = cases[i].label;
	pam_handle_t *pamh = NULL;

	CHECK(label, prepare(i));
	lab_age();
	CHECK_INT(label, PAM_SUCCESS, pam_start_confdir("svc", "alice",
	    &lab_conv, lab_path(row).text, &pamh));
	CHECK(label, cases[i].change());
	lab_age();
	check_new(i);
	CHECK_INT(label, PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT(label, OLD, lab_told(pamh, "module"));
	pam_end(pamh, PAM_SUCCESS);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_row(i);
	return TEST_RESULT();
}
