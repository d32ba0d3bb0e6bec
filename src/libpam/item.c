/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_set_item(3), pam_get_item(3). */
#include "libpam/item.h"

#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/secret.h"
#include "base/text.h"
#include "libpam/handle.h"
#include "libpam/log.h"

enum kind {
	KIND_UNKNOWN,
	KIND_STRING,
	KIND_TOKEN,		/* modules only: I-4 */
	KIND_CONV,
	KIND_DELAY,
	KIND_XAUTH,
};

static const enum kind kinds[ITEM_COUNT] = {
	[PAM_SERVICE] = KIND_STRING,
	[PAM_USER] = KIND_STRING,
	[PAM_TTY] = KIND_STRING,
	[PAM_RHOST] = KIND_STRING,
	[PAM_CONV] = KIND_CONV,
	[PAM_AUTHTOK] = KIND_TOKEN,
	[PAM_OLDAUTHTOK] = KIND_TOKEN,
	[PAM_RUSER] = KIND_STRING,
	[PAM_USER_PROMPT] = KIND_STRING,
	[PAM_FAIL_DELAY] = KIND_DELAY,
	[PAM_XDISPLAY] = KIND_STRING,
	[PAM_XAUTHDATA] = KIND_XAUTH,
	[PAM_AUTHTOK_TYPE] = KIND_STRING,
};

static enum kind
kind_of(int item)
{
	return item >= 0 && item < ITEM_COUNT ? kinds[item] : KIND_UNKNOWN;
}

/* Into the place of the old value, if there is room. False: there is none. */
static bool
write_over(char *old, const char *value)
{
	const size_t room = strlen(old), n = strlen(value);

	if (n > room)
		return false;
	/* value may be a part of old (I-6). */
	memmove(old, value, n);
	wipe(old + n, room - n);
	return true;
}

int
item_set(pam_handle_t *pamh, int item, const char *value)
{
	char **place = &pamh->item[item], *copy = NULL;

	if (value == *place)
		return PAM_SUCCESS;
	if (value && *place && write_over(*place, value))
		return PAM_SUCCESS;
	if (value) {
		copy = strdup(value);
		if (!copy)
			return PAM_BUF_ERR;
	}
	/* The copy first: value may point into what is wiped now (I-6). */
	secret_free(*place);
	*place = copy;
	return PAM_SUCCESS;
}

char *
item_service(const char *name)
{
	char *service = strdup(text_base(name));

	if (service)
		text_lower(service);
	return service;
}

void
item_forget_tokens(pam_handle_t *pamh)
{
	item_set(pamh, PAM_AUTHTOK, NULL);
	item_set(pamh, PAM_OLDAUTHTOK, NULL);
}

static void
xauth_clear(struct pam_xauth_data *x)
{
	if (x->data)
		wipe(x->data, (size_t)x->datalen);
	free(x->data);
	secret_free(x->name);
	memset(x, 0, sizeof *x);
}

/* I-12; NULL clears (W-19). */
static int
set_xauth(pam_handle_t *pamh, const struct pam_xauth_data *from)
{
	struct pam_xauth_data copy = { 0 };

	if (from && from->name && from->data && from->datalen >= 0) {
		copy.name = strdup(from->name);
		copy.data = malloc((size_t)from->datalen + 1);
		copy.namelen = from->namelen;
		copy.datalen = from->datalen;
		if (copy.data)
			memcpy(copy.data, from->data, (size_t)from->datalen);
	}
	xauth_clear(&pamh->xauth);
	if (!from)
		return PAM_SUCCESS;
	if (!copy.name || !copy.data) {
		xauth_clear(&copy);
		return PAM_BUF_ERR;
	}
	pamh->xauth = copy;
	return PAM_SUCCESS;
}

/* I-8, I-9: the next call goes by the new service's policy. */
static int
set_service(pam_handle_t *pamh, const char *value)
{
	_drop_(freep) char *service = NULL;

	if (!value) {
		pam_syslog(pamh, LOG_ERR, "PAM_SERVICE cannot be unset");
		return PAM_BAD_ITEM;
	}
	if (value == pamh->item[PAM_SERVICE])
		return PAM_SUCCESS;
	service = item_service(value);
	if (!service || item_set(pamh, PAM_SERVICE, service) != PAM_SUCCESS)
		return PAM_BUF_ERR;
	pamh->stale = true;
	return PAM_SUCCESS;
}

static int
set_conv(pam_handle_t *pamh, const struct pam_conv *conv)
{
	if (!conv)
		return PAM_PERM_DENIED;
	pamh->conv = *conv;
	return PAM_SUCCESS;
}

static int
set_string(pam_handle_t *pamh, int item, const char *value)
{
	if (item == PAM_SERVICE)
		return set_service(pamh, value);
	return item_set(pamh, item, value);
}

static int
set_token(pam_handle_t *pamh, int item, const char *value)
{
	if (!handle_in_module(pamh))
		return PAM_BAD_ITEM;
	/* W-9: what was typed twice is not what is there now. */
	if (item == PAM_AUTHTOK && value != pamh->item[item])
		pamh->verified = false;
	return item_set(pamh, item, value);
}

/* I-11: whoever was not to be asked before may be asked now. */
static void
forget_user_failure(pam_handle_t *pamh, int item)
{
	if (item == PAM_USER || item == PAM_USER_PROMPT || item == PAM_CONV)
		pamh->user_failure = PAM_SUCCESS;
}

static int
set(pam_handle_t *pamh, int item, const void *value)
{
	switch (kind_of(item)) {
	case KIND_UNKNOWN:
		return PAM_BAD_ITEM;
	case KIND_STRING:
		return set_string(pamh, item, value);
	case KIND_TOKEN:
		return set_token(pamh, item, value);
	case KIND_CONV:
		return set_conv(pamh, value);
	case KIND_DELAY:
		pamh->fail_delay = value;
		return PAM_SUCCESS;
	case KIND_XAUTH:
		return set_xauth(pamh, value);
	}
	return PAM_BAD_ITEM;
}

int
pam_set_item(pam_handle_t *pamh, int item_type, const void *item)
{
	int rc;

	if (!pamh)
		return PAM_SYSTEM_ERR;
	rc = set(pamh, item_type, item);
	if (rc == PAM_SUCCESS)
		forget_user_failure(pamh, item_type);
	return rc;
}

int
pam_get_item(const pam_handle_t *pamh, int item_type, const void **item)
{
	if (!pamh)
		return PAM_SYSTEM_ERR;
	if (!item)
		return PAM_PERM_DENIED;
	*item = NULL;
	switch (kind_of(item_type)) {
	case KIND_UNKNOWN:
		return PAM_BAD_ITEM;
	case KIND_TOKEN:
		if (!handle_in_module(pamh))
			return PAM_BAD_ITEM;
		*item = pamh->item[item_type];
		return PAM_SUCCESS;
	case KIND_STRING:
		*item = pamh->item[item_type];
		return PAM_SUCCESS;
	case KIND_CONV:
		*item = &pamh->conv;
		return PAM_SUCCESS;
	case KIND_DELAY:
		*item = pamh->fail_delay;
		return PAM_SUCCESS;
	case KIND_XAUTH:
		*item = &pamh->xauth;
		return PAM_SUCCESS;
	}
	return PAM_BAD_ITEM;
}

void
item_free_all(pam_handle_t *pamh)
{
	for (size_t i = 0; i < ITEM_COUNT; i++) {
		secret_free(pamh->item[i]);
		pamh->item[i] = NULL;
	}
	xauth_clear(&pamh->xauth);
}
