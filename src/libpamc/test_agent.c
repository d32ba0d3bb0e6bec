/* SPDX-License-Identifier: BSD-2-Clause */
/* An agent for the tests: does what the data of each packet says, after the
 * slash of a SELECT packet. It exits with 0 at the end of its input. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_client.h>

static char **arguments, **environment;

static void
say(const void *bytes, size_t n)
{
	fwrite(bytes, 1, n, stdout);
	fflush(stdout);
}

/* A head that claims this size, with data in any case. */
static void
claim(uint32_t size, int control)
{
	const uint8_t head[] = { (uint8_t)(size >> 24), (uint8_t)(size >> 16),
		(uint8_t)(size >> 8), (uint8_t)size, (uint8_t)control,
		'd', 'a', 't', 'a' };

	say(head, sizeof head);
}

static void
reply(const void *data, size_t n)
{
	pamc_bp_t p = NULL;

	PAM_BP_RENEW(&p, PAM_BPC_OK, n);
	if (!p)
		exit(9);
	PAM_BP_FILL(p, 0, n, data);
	say(p, PAM_BP_SIZE(p));
	PAM_BP_RENEW(&p, 0, 0);
}

static void
echo(const char *text)
{
	reply(text, strlen(text));
}

/* Name, number of variables, highest descriptor, pid. */
static void
who(const char *text)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *e;
	int variables = 0, highest = 0;
	char line[128];

	while (environment[variables])
		variables++;
	while (dir && (e = readdir(dir)))
		if (atoi(e->d_name) > highest && atoi(e->d_name) != dirfd(dir))
			highest = atoi(e->d_name);
	if (dir)
		closedir(dir);
	snprintf(line, sizeof line, "%s %d %d%s%d", arguments[0], variables,
	    highest, text + 3, (int)getpid());
	echo(line);
}

static void
leave(const char *text)
{
	exit(atoi(text + 5));
}

static void
cut(const char *text)
{
	(void)text;
	claim(100, PAM_BPC_OK);
	exit(0);
}

static void
head_cut(const char *text)
{
	(void)text;
	say("\0\0\0", 3);
	exit(0);
}

static void
size(const char *text)
{
	claim((uint32_t)strtoul(text + 5, NULL, 0), PAM_BPC_OK);
}

static void
no_control(const char *text)
{
	(void)text;
	claim(9, 0);
}

static void
big(const char *text)
{
	static char data[PAM_BP_MAX_LENGTH - PAM_BP_MIN_SIZE];

	memset(data, text[0], sizeof data);
	reply(data, sizeof data);
}

static const struct {
	const char *name;
	void (*act)(const char *text);
} acts[] = {
	{ "who", who }, { "leave", leave }, { "cut", cut },
	{ "head", head_cut }, { "size", size }, { "no control", no_control },
	{ "big", big }, { "", echo },
};

static void
act(const char *text)
{
	size_t i = 0;

	while (strncmp(text, acts[i].name, strlen(acts[i].name)) != 0)
		i++;
	acts[i].act(text);
}

int
main(int argc, char **argv, char **envp)
{
	unsigned char head[PAM_BP_MIN_SIZE];

	(void)argc;
	arguments = argv;
	environment = envp;
	while (fread(head, 1, sizeof head, stdin) == sizeof head) {
		const size_t n = PAM_BP_LENGTH(head);
		char *data = calloc(1, n + 1), *text;

		if (!data || fread(data, 1, n, stdin) != n)
			return 9;
		text = head[4] == PAM_BPC_SELECT ? strchr(data, '/') : NULL;
		act(text ? text + 1 : data);
		free(data);
	}
	return 0;
}
