/* SPDX-License-Identifier: BSD-2-Clause */
#include "needle.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/drop.h"

#define PIECE 12		/* so many bytes are no accident */
#define STEP 4			/* pieces begin at every so many */
#define PIECES ((NEEDLE_LENGTH - PIECE) / STEP + 1)
#define MIDDLE (PIECES / 2)
#define SHOWN 6			/* of what is found, in all */
#define REGION_MAX (64UL << 20)	/* what a sanitizer reserves is larger */

/* A region, copied into memory that is shared and therefore not looked at. */
struct region {
	const unsigned char *at;
	size_t size;
	unsigned long start;
	const char *line;	/* of the process's map */
};

static int printed;

struct search {
	unsigned number;
	const char *name;
	uint32_t first[256];	/* which pieces begin with a byte */
	struct needle_found found;
};

static char
letter(unsigned number, size_t i)
{
	const uint32_t mixed = ((uint32_t)i + 1) * 2654435761u ^
	    (number + 1) * 2246822519u;

	return (char)('a' + ((mixed ^ mixed >> 15) * 3266489917u >> 16) % 26);
}

void
needle_write(unsigned number, char *to)
{
	for (size_t i = 0; i < NEEDLE_LENGTH; i++)
		to[i] = letter(number, i);
	to[NEEDLE_LENGTH] = '\0';
}

static bool
is_piece(const struct search *s, const unsigned char *at, size_t piece)
{
	size_t i = 0;

	while (i < PIECE &&
	    (char)at[i] == letter(s->number, piece * STEP + i))
		i++;
	return i == PIECE;
}

static void
found(struct search *s, const struct region *r, size_t offset, size_t piece)
{
	s->found.pieces++;
	s->found.copies += piece == MIDDLE;
	if (s->name && s->found.pieces == 1 && printed++ < SHOWN)
		printf("%s: piece %zu of secret %u at %lx of %s", s->name,
		    piece, s->number, r->start + offset, r->line);
}

static void
look_in(struct search *s, const struct region *r)
{
	for (size_t i = 0; i + PIECE <= r->size; i++) {
		uint32_t pieces = s->first[r->at[i]];

		for (size_t k = 0; pieces; k++, pieces >>= 1) {
			if (pieces & 1 && is_piece(s, r->at + i, k))
				found(s, r, i, k);
		}
	}
}

/* False: not a private one that can be written. */
static bool
read_region(int mem, const char *line, char *copy, struct region *r)
{
	unsigned long end;
	char rights[8];
	ssize_t got;

	if (sscanf(line, "%lx-%lx %7s", &r->start, &end, rights) != 3 ||
	    rights[1] != 'w' || rights[3] != 'p' ||
	    end - r->start > REGION_MAX)
		return false;
	got = pread(mem, copy, end - r->start, (off_t)r->start);
	r->at = (const unsigned char *)copy;
	r->size = got > 0 ? (size_t)got : 0;
	r->line = line;
	return true;
}

struct needle_found
needle_look(unsigned number, const char *name)
{
	_drop_(closep) int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	_drop_(fclosep) FILE *maps = fopen("/proc/self/maps", "re");
	char *copy = mmap(NULL, REGION_MAX, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct search s = { .number = number, .name = name };
	struct region r;
	char line[512];

	_Static_assert(PIECES <= 32, "a bit for each piece");
	for (size_t k = 0; k < PIECES; k++)
		s.first[(unsigned char)letter(number, k * STEP)] |= 1u << k;
	while (maps && copy != MAP_FAILED && fgets(line, sizeof line, maps)) {
		if (read_region(mem, line, copy, &r))
			look_in(&s, &r);
	}
	/* Nobody would notice a search that found nothing to search. */
	if (mem < 0 || !maps || copy == MAP_FAILED)
		s.found.pieces = s.found.copies = -1;
	else
		munmap(copy, REGION_MAX);
	return s.found;
}
