/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_set_data(3), pam_get_data(3): core rules D. */
#include "libpam/data.h"

#include <security/pam_modules.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/handle.h"

typedef void cleanup_fn(pam_handle_t *pamh, void *data, int status);

struct datum {
	void *data;
	cleanup_fn *cleanup;
	char name[];
};

static int
add(pam_handle_t *pamh, const char *name, void *data, cleanup_fn *cleanup)
{
	const size_t len = strlen(name);
	_drop_(freep) struct datum *d = malloc(sizeof *d + len + 1);

	if (!d)
		return PAM_BUF_ERR;
	memcpy(d->name, name, len + 1);
	d->data = data;
	d->cleanup = cleanup;
	if (table_add(&pamh->data, d->name, len, d) < 0)
		return PAM_BUF_ERR;
	(void)TAKE(d);
	return PAM_SUCCESS;
}

int
pam_set_data(pam_handle_t *pamh, const char *module_data_name, void *data,
    cleanup_fn *cleanup)
{
	struct table_slot *slot;
	cleanup_fn *old_cleanup;
	struct datum *d;
	void *old_data;

	if (!pamh || !handle_in_module(pamh) || !module_data_name)
		return PAM_SYSTEM_ERR;
	slot = table_find(&pamh->data, module_data_name,
	    strlen(module_data_name));
	if (!slot)
		return add(pamh, module_data_name, data, cleanup);
	/* The new value first: the cleanup of the old may set this name too. */
	d = slot->value;
	old_data = d->data;
	old_cleanup = d->cleanup;
	d->data = data;
	d->cleanup = cleanup;
	if (old_cleanup)
		old_cleanup(pamh, old_data, PAM_DATA_REPLACE | PAM_SUCCESS);
	return PAM_SUCCESS;
}

int
pam_get_data(const pam_handle_t *pamh, const char *module_data_name,
    const void **data)
{
	const struct table_slot *slot;

	if (!pamh || !handle_in_module(pamh) || !module_data_name || !data)
		return PAM_SYSTEM_ERR;
	slot = table_find(&pamh->data, module_data_name,
	    strlen(module_data_name));
	if (!slot)
		return PAM_NO_MODULE_DATA;
	*data = ((const struct datum *)slot->value)->data;
	return PAM_SUCCESS;
}

void
data_end(pam_handle_t *pamh, int status)
{
	for (size_t i = pamh->data.count; i > 0; i--) {
		struct datum *d = pamh->data.slot[i - 1].value;

		if (d->cleanup)
			d->cleanup(pamh, d->data, status);
		free(d);
	}
	table_free(&pamh->data);
}
