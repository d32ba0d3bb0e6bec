/* SPDX-License-Identifier: BSD-2-Clause */
/* What was typed is nowhere in our memory but in the answer. */
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/drop.h"
#include "base/secret.h"
#include "libpam_misc/test_stage.h"

/* Long enough that its end outlives what free(3) writes into a block. */
#define SECRET_LENGTH 200
#define PART 64
#define REGION_MAX (64UL << 20)

/* Not kept in memory as such, lest we find this. */
static char
secret_byte(size_t i)
{
	return (char)('!' + ((uint32_t)i * 2654435761U >> 16) % 90);
}

static bool
is_part(const char *at)
{
	size_t i = 0;

	while (i < PART && at[i] == secret_byte(SECRET_LENGTH - PART + i))
		i++;
	return i == PART;
}

static int
count_in(const char *copy, ssize_t n)
{
	int found = 0;

	for (ssize_t i = 0; i + PART <= n; i++)
		found += is_part(copy + i);
	return found;
}

/* How often the secret is in private memory that can be written. Copies are
 * made into shared memory, so as not to be counted. What a sanitizer reserves
 * is too large to look at. */
static int
count_secrets(void)
{
	_drop_(closep) int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	_drop_(fclosep) FILE *maps = fopen("/proc/self/maps", "re");
	char *copy = mmap(NULL, REGION_MAX, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long start, end;
	char line[512], rights[8];
	int found = 0;

	while (maps && copy != MAP_FAILED && fgets(line, sizeof line, maps))
		if (sscanf(line, "%lx-%lx %7s", &start, &end, rights) == 3 &&
		    rights[1] == 'w' && rights[3] == 'p' &&
		    end - start <= REGION_MAX)
			found += count_in(copy,
			    pread(mem, copy, end - start,
			    (off_t)start));
	munmap(copy, REGION_MAX);
	return found;
}

static int
talk_secret(int second_style)
{
	char input[SECRET_LENGTH + 1];
	int rc;

	for (size_t i = 0; i < SECRET_LENGTH; i++)
		input[i] = secret_byte(i);
	input[SECRET_LENGTH] = '\n';
	messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_OFF, "x" };
	messages[1] = (struct pam_message){ second_style, "y" };
	stage_begin(input, sizeof input, false);
	wipe(input, sizeof input);
	rc = misc_conv(2, ask_list, &replies, NULL);
	stage_end(false);
	return rc;
}

int
main(void)
{
	CHECK_INT("answer", PAM_SUCCESS, talk_secret(PAM_TEXT_INFO));
	CHECK_INT("the answer is the only one", 1, count_secrets());
	if (replies)
		wipe(replies[0].resp, SECRET_LENGTH);
	replies_drop(2);
	CHECK_INT("none is left behind", 0, count_secrets());

	CHECK_INT("a later failure", PAM_CONV_ERR, talk_secret(99));
	CHECK_INT("wipes earlier answers", 0, count_secrets());
	return TEST_RESULT();
}
