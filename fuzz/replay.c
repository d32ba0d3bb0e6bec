/* SPDX-License-Identifier: BSD-2-Clause */
/* A target without a fuzzer, for any compiler: give it the files in the folders
 * named, and each of them cut short and with a bit turned over. */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>

#include "base/drop.h"
#include "base/file.h"
#include "target.h"

#define FILE_MAX (1 << 20)
#define CUTS 24			/* of each kind */

static size_t played;

static void
play(const uint8_t *data, size_t size)
{
	char *copy = exactly(data, size);

	LLVMFuzzerTestOneInput((const uint8_t *)copy, size);
	free(copy);
	played++;
}

static void
play_file(const char *path)
{
	_drop_(freep) char *text = NULL;
	_drop_(closep) int fd = file_open(AT_FDCWD, path, NULL);
	uint8_t *data;
	size_t size;

	if (fd < 0 || file_slurp(fd, FILE_MAX, &text, &size) < 0) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	data = (uint8_t *)text;
	play(data, size);
	for (size_t i = 0; i < CUTS && size; i++) {
		const size_t at = i * size / CUTS;

		play(data, at);
		data[at] ^= (uint8_t)(1u << i % 8);
		play(data, size);
		data[at] ^= (uint8_t)(1u << i % 8);
	}
}

static void
play_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	char path[512];

	for (const struct dirent *e; dir && (e = readdir(dir));) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		play_file(path);
	}
	if (dir)
		closedir(dir);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		play_folder(argv[i]);
	printf("%zu inputs\n", played);
	return played == 0;
}
