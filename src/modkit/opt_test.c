/* SPDX-License-Identifier: BSD-2-Clause */
#include "modkit/opt.h"

#include <errno.h>
#include <limits.h>

#include "base/drop.h"
#include "check.h"

struct conf {
	const char *file, *text, *odd;
	bool debug, group;
	int count, kind;
	unsigned wide;
	long delay;
	unsigned mask;
};

static const struct opt_word kinds[] = { { "one", 1 }, { "two", 2 }, { 0 } };

static const struct opt options[] = {
	OPT_STR(file, "/etc/file", "a file"),
	OPT_TEXT(text, NULL, "may be empty"),
	OPT_FLAG(debug, "say more"),
	OPT_FLAG(group, "a flag"),
	OPT_OFF(nogroup, group, "and its opposite"),
	OPT_INT(count, 3, -1, 9, "a number"),
	OPT_INT(wide, 0, 0, UINT_MAX, "all bits"),
	OPT_INT(delay, -1, 0, UINT_MAX, "not given unless given"),
	OPT_OCTAL(mask, 022, 0777, "a mask"),
	OPT_ENUM(kind, 2, kinds, "a kind"),
	OPT_STR_AS("odd-name", odd, NULL, "not a C name"),
	OPT_END,
};

#define UNKNOWN 1

/* What a word does to a conf that has its defaults. */
static int
take(const char *word, bool anycase, struct conf *conf)
{
	const struct opt *opt = opt_find(options, anycase, word);

	*conf = (struct conf){ 0 };
	opt_defaults(options, conf);
	return opt ? opt_take(opt, word, conf) : UNKNOWN;
}

static const struct {
	const char *word;
	int want;
	size_t offset;
	long long value;
} numbers[] = {
	{ "count=9", 0, offsetof(struct conf, count), 9 },
	{ "count=-1", 0, offsetof(struct conf, count), -1 },
	{ "count=10", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=-2", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=-", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count= 5", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=+5", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=5x", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=0x5", -EINVAL, offsetof(struct conf, count), 3 },
	{ "count=99999999999999999999", -EINVAL,
	  offsetof(struct conf, count), 3 },
	{ "mask=077", 0, offsetof(struct conf, mask), 077 },
	{ "mask=7", 0, offsetof(struct conf, mask), 07 },
	{ "mask=1000", -EINVAL, offsetof(struct conf, mask), 022 },
	{ "mask=-1", -EINVAL, offsetof(struct conf, mask), 022 },
	{ "mask=8", -EINVAL, offsetof(struct conf, mask), 022 },
	{ "kind=one", 0, offsetof(struct conf, kind), 1 },
	{ "kind=One", -EINVAL, offsetof(struct conf, kind), 2 },
	{ "kind=", -EINVAL, offsetof(struct conf, kind), 2 },
	{ "wide=4294967295", 0, offsetof(struct conf, wide), -1 },
	{ "wide=4294967296", -EINVAL, offsetof(struct conf, wide), 0 },
	{ "count", UNKNOWN, offsetof(struct conf, count), 3 },
	{ "counter=1", UNKNOWN, offsetof(struct conf, count), 3 },
	{ "coun=1", UNKNOWN, offsetof(struct conf, count), 3 },
	{ "Count=1", UNKNOWN, offsetof(struct conf, count), 3 },
	{ "", UNKNOWN, offsetof(struct conf, count), 3 },
	{ "=", UNKNOWN, offsetof(struct conf, count), 3 },
};

static void
test_numbers(void)
{
	struct conf conf;
	int value;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		CHECK_INT(numbers[i].word, numbers[i].want,
		    take(numbers[i].word, false, &conf));
		memcpy(&value, (char *)&conf + numbers[i].offset, sizeof value);
		CHECK_INT(numbers[i].word, numbers[i].value, value);
	}
	take("delay=4294967295", false, &conf);
	CHECK_INT("a long takes what no int can", 4294967295, conf.delay);
	take("x", false, &conf);
	CHECK_INT("a default may lie outside the range", -1, conf.delay);
}

static void
test_texts(void)
{
	struct conf conf;

	CHECK_INT("text", 0, take("file=/a=b", false, &conf));
	CHECK_STR("all behind the first equals sign", "/a=b", conf.file);
	CHECK_INT("no empty text", -EINVAL, take("file=", false, &conf));
	CHECK_STR("but the default", "/etc/file", conf.file);
	CHECK_INT("or an empty one", 0, take("text=", false, &conf));
	CHECK_STR("where it may be", "", conf.text);
	CHECK_INT("odd name", 0, take("odd-name=x", false, &conf));
	CHECK_STR("odd name", "x", conf.odd);
}

static void
test_flags(void)
{
	struct conf conf;

	CHECK_INT("flag", 0, take("debug", false, &conf));
	CHECK("a flag is set, its neighbour not", conf.debug && !conf.group);
	CHECK_INT("a flag has no value", UNKNOWN,
	    take("debug=1", false, &conf));
	CHECK_INT("case counts", UNKNOWN, take("DEBUG", false, &conf));
	CHECK_INT("unless it does not", 0, take("DEBUG", true, &conf));
	CHECK("flag in capitals", conf.debug);

	take("group", false, &conf);
	opt_take(opt_find(options, false, "nogroup"), "nogroup", &conf);
	CHECK("a flag is taken back", !conf.group);
}

static void
test_questions(void)
{
	const char *word = "count=10";
	const struct opt *opt = opt_find(options, false, word);
	char text[128], tiny[6];

	CHECK_INT("a question alone needs no conf", -EINVAL,
	    opt_take(opt, word, NULL));
	CHECK_INT("a question alone needs no conf", 0,
	    opt_take(opt, "count=9", NULL));
	opt_wants(opt, text, sizeof text);
	CHECK_STR("range", "a number from -1 to 9", text);
	opt_wants(opt_find(options, false, "mask=0"), text, sizeof text);
	CHECK_STR("octal", "an octal number up to 777", text);
	opt_wants(opt_find(options, false, "kind=x"), text, sizeof text);
	CHECK_STR("words", "one of one, two", text);
	opt_wants(opt_find(options, false, "kind=x"), tiny, sizeof tiny);
	CHECK_STR("cut, not overrun", "one o", tiny);
	CHECK("no table, no option", !opt_find(NULL, false, "debug"));
}

int
main(void)
{
	test_numbers();
	test_texts();
	test_flags();
	test_questions();
	return TEST_RESULT();
}
