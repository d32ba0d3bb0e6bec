/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "policy/reader.h"

/* Read the file of a service into chains. 0, -errno; a file that is there and
 * not to be read refuses: CVE-2014-3879. */
static int
read_service(struct reader *r, const char *name, struct chain *chain)
{
	const struct policy_file *file;
	int rc = reader_file(r, name, &file);

	if (rc == -ENOMEM || rc == -ENOENT)
		return rc;
	if (rc < 0) {
		r->policy->refused = true;
		return reader_fault(r, FAULT_UNREADABLE,
		    (struct place){ file->path, 0 }, r->service, -rc);
	}
	return reader_run(r, file, chain);
}

/* C-8: the names of directories that always exist are those of policies that
 * say nothing. */
static bool
names_a_file(const char *service)
{
	return *service && strcmp(service, ".") != 0 &&
	    strcmp(service, "..") != 0;
}

static bool
lacks_facility(const struct chain *chain)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		if (!chain[f].count)
			return true;
	}
	return false;
}

/* C-5: the service's own file, then "other" if a facility is missing. 0 or
 * -errno; -ENOENT when there is neither. */
static int
read_directory(struct reader *r)
{
	/* W-13: "other" for itself would only be all of it once more. */
	const bool is_other = strcmp(r->service, "other") == 0;
	int own = 0, other;

	if (names_a_file(r->service))
		own = read_service(r, r->service, r->own);
	if ((own < 0 && own != -ENOENT) || r->policy->refused || is_other ||
	    !lacks_facility(r->own))
		return own;
	other = read_service(r, "other", r->other);
	if (other != -ENOENT || own == -ENOENT)
		return other;
	return reader_fault(r, FAULT_NO_OTHER, (struct place){ 0 }, "other", 0);
}

/* C-9: own lines and those of "other" stand in one file. */
static int
read_single(struct reader *r)
{
	return read_service(r, r->source->single, r->own);
}

/* C-6: a facility is the service's own, or else what "other" says of it. */
static void
settle(struct reader *r)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		const bool own = r->own[f].count > 0;

		r->policy->chain[f] = own ? r->own[f] : r->other[f];
		free(own ? r->other[f].entry : r->own[f].entry);
	}
}

static int
refuse_all(struct reader *r, enum fault_kind kind, int err)
{
	const struct place nowhere = { 0 };

	r->policy->refused = true;
	return reader_fault(r, kind, nowhere, r->service, err);
}

static int
parse(struct reader *r)
{
	int rc = r->source->single ? read_single(r) : read_directory(r);

	reader_end(r);
	settle(r);
	if (rc == -ENOENT)
		return refuse_all(r, FAULT_NO_POLICY, 0);
	if (rc == -E2BIG)
		return refuse_all(r, FAULT_TOO_LARGE, 0);
	return rc;
}

int
policy_parse(const struct policy_source *source, const char *service,
    unsigned flags, struct policy **out)
{
	struct policy *policy = calloc(1, sizeof *policy);
	struct reader *r = calloc(1, sizeof *r);
	int rc = -ENOMEM;

	if (policy && r) {
		r->policy = policy;
		r->source = source;
		r->flags = flags;
		r->service = arena_copy(&policy->arena, service,
		    strlen(service));
		rc = r->service ? parse(r) : -ENOMEM;
	}
	free(r);
	if (rc < 0) {
		policy_free(policy);
		return rc;
	}
	*out = policy;
	return 0;
}
