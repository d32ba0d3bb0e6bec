/* SPDX-License-Identifier: BSD-2-Clause */
/* What programs and modules share: codes, items, flags, the conversation, and
 * the calls that both sides may make. Numbers are ABI and never change. */
#ifndef _SECURITY__PAM_TYPES_H
#define _SECURITY__PAM_TYPES_H

#ifndef __LINUX_PAM__
#define __LINUX_PAM__ 1
#endif
#define __LINUX_PAM_MINOR__ 7

/* PAM_NONNULL is advice to callers. The library, compiled with USHER_BUILD,
 * looks at these pointers all the same and must keep its checks. */
#if defined(__GNUC__) && !defined(USHER_BUILD)
#define PAM_NONNULL(params) __attribute__((__nonnull__ params))
#else
#define PAM_NONNULL(params)
#endif

/* PAM_FORMAT((printf, position of the text, position of its arguments)). */
#ifdef __GNUC__
#define PAM_FORMAT(params) __attribute__((__format__ params))
#else
#define PAM_FORMAT(params)
#endif

#define PAM_EXTERN extern

/* One transaction. Opaque; used by one thread at a time. */
typedef struct pam_handle pam_handle_t;

/* Results. */
#define PAM_SUCCESS 0		     /* it is done, or allowed */
#define PAM_OPEN_ERR 1		     /* a module could not be loaded */
#define PAM_SYMBOL_ERR 2	     /* a module lacks a function */
#define PAM_SERVICE_ERR 3	     /* a module failed in itself */
#define PAM_SYSTEM_ERR 4	     /* the system failed, or wrong use */
#define PAM_BUF_ERR 5		     /* no memory */
#define PAM_PERM_DENIED 6	     /* refused */
#define PAM_AUTH_ERR 7		     /* not who he says he is */
#define PAM_CRED_INSUFFICIENT 8	     /* the caller may not ask this */
#define PAM_AUTHINFO_UNAVAIL 9	     /* where the secrets are is out of reach */
#define PAM_USER_UNKNOWN 10	     /* no such account */
#define PAM_MAXTRIES 11		     /* tried too often: do not retry */
#define PAM_NEW_AUTHTOK_REQD 12	     /* the secret must be changed first */
#define PAM_ACCT_EXPIRED 13	     /* the account is over */
#define PAM_SESSION_ERR 14	     /* no session, or no end of it */
#define PAM_CRED_UNAVAIL 15	     /* the credentials are out of reach */
#define PAM_CRED_EXPIRED 16	     /* the credentials are over */
#define PAM_CRED_ERR 17		     /* credentials could not be set */
#define PAM_NO_MODULE_DATA 18	     /* nothing is kept under this name */
#define PAM_CONV_ERR 19		     /* the conversation failed */
#define PAM_AUTHTOK_ERR 20	     /* the secret could not be had or set */
#define PAM_AUTHTOK_RECOVERY_ERR 21  /* the old secret could not be had */
#define PAM_AUTHTOK_LOCK_BUSY 22     /* the secret's store is locked */
#define PAM_AUTHTOK_DISABLE_AGING 23 /* ageing of secrets is off */
#define PAM_TRY_AGAIN 24	     /* nothing was changed; ask again */
#define PAM_IGNORE 25		     /* the module has no opinion */
#define PAM_ABORT 26		     /* stop at once */
#define PAM_AUTHTOK_EXPIRED 27	     /* the secret is too old */
#define PAM_MODULE_UNKNOWN 28	     /* no such module */
#define PAM_BAD_ITEM 29		     /* no such item, or not for you */
#define PAM_CONV_AGAIN 30	     /* the answer is not there yet */
#define PAM_INCOMPLETE 31	     /* call again when it may be there */

#define _PAM_RETURN_VALUES 32

/* Flags of the six services; the four of pam_setcred exclude each other. */
#define PAM_SILENT 0x8000		 /* show nothing */
#define PAM_DISALLOW_NULL_AUTHTOK 0x0001 /* an empty secret is a refusal */
#define PAM_ESTABLISH_CRED 0x0002
#define PAM_DELETE_CRED 0x0004
#define PAM_REINITIALIZE_CRED 0x0008
#define PAM_REFRESH_CRED 0x0010
#define PAM_CHANGE_EXPIRED_AUTHTOK 0x0020 /* change only what is too old */

/* In the status of pam_end: release memory, leave what others share alone. */
#define PAM_DATA_SILENT 0x40000000

/* Items. Strings unless another type is named. */
#define PAM_SERVICE 1	   /* the program's name for its policy */
#define PAM_USER 2	   /* who is to be served */
#define PAM_TTY 3	   /* terminal, /dev/ or not, or X display */
#define PAM_RHOST 4	   /* from which host */
#define PAM_CONV 5	   /* struct pam_conv */
#define PAM_AUTHTOK 6	   /* the secret; modules only */
#define PAM_OLDAUTHTOK 7   /* the secret before the change; modules only */
#define PAM_RUSER 8	   /* who asks */
#define PAM_USER_PROMPT 9  /* how to ask for the user's name */
#define PAM_FAIL_DELAY 10  /* void (*)(int result, unsigned usec, void *) */
#define PAM_XDISPLAY 11	   /* X display */
#define PAM_XAUTHDATA 12   /* struct pam_xauth_data */
#define PAM_AUTHTOK_TYPE 13 /* a word in prompts for a new secret */

/* Programs ask for this name before they use pam_fail_delay. */
#ifndef HAVE_PAM_FAIL_DELAY
#define HAVE_PAM_FAIL_DELAY 1
#endif

/* Styles of a message. */
#define PAM_PROMPT_ECHO_OFF 1 /* ask, without showing the answer */
#define PAM_PROMPT_ECHO_ON 2  /* ask */
#define PAM_ERROR_MSG 3	      /* show a complaint */
#define PAM_TEXT_INFO 4	      /* show a text */
#define PAM_RADIO_TYPE 5      /* ask for yes or no */
#define PAM_BINARY_PROMPT 7   /* msg is a packet of pam_client.h */

/* Advice to conversations; the library cuts nothing at these. */
#define PAM_MAX_NUM_MSG 32
#define PAM_MAX_MSG_SIZE 512
#define PAM_MAX_RESP_SIZE 512

struct pam_message {
	int msg_style;
	const char *msg;
};

/* resp is from malloc and is the receiver's to wipe and free. */
struct pam_response {
	char *resp;
	int resp_retcode; /* always 0 */
};

/* conv gets num_msg pointers to messages that live until it returns. It answers
 * PAM_SUCCESS and one array of num_msg responses from malloc in *resp (one with
 * a NULL text where nothing is answered), PAM_CONV_AGAIN when the answer comes
 * later, PAM_BUF_ERR, or PAM_CONV_ERR. On failure *resp stays as it was. */
struct pam_conv {
	int (*conv)(int num_msg, const struct pam_message **msg,
	    struct pam_response **resp, void *appdata_ptr);
	void *appdata_ptr;
};

/* The name is a C string of namelen bytes, data has datalen bytes. */
struct pam_xauth_data {
	int namelen;
	char *name;
	int datalen;
	char *data;
};

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* Set an item. The library copies strings, struct pam_conv and struct
 * pam_xauth_data; the caller keeps his own. NULL clears a string.
 * PAM_SYSTEM_ERR without a handle; PAM_BAD_ITEM for a number that is no item,
 * for the two secrets when a program asks, and for a NULL service;
 * PAM_PERM_DENIED for a NULL conversation; PAM_BUF_ERR without memory or when
 * X data lack name or data. A new PAM_SERVICE makes the next service call read
 * the policy of that name. */
extern int pam_set_item(pam_handle_t *pamh, int item_type, const void *item)
    PAM_NONNULL((1));

/* Look at an item: *item is the library's own copy, good until the item is set
 * again or pam_end, and NULL when it was never set or on failure.
 * PAM_SYSTEM_ERR without a handle, PAM_PERM_DENIED without item, PAM_BAD_ITEM
 * for a number that is no item and for the secrets when a program asks. */
extern int pam_get_item(const pam_handle_t *pamh, int item_type,
    const void **item) PAM_NONNULL((1));

/* A code in words, perhaps translated. Never NULL, for any number; not to be
 * freed. The handle is not looked at and may be NULL. */
extern const char *pam_strerror(pam_handle_t *pamh, int errnum);

/* "NAME=value" sets (the value may be empty), "NAME" deletes a variable of the
 * environment kept for the user; the string is copied. PAM_ABORT without a
 * handle, PAM_PERM_DENIED without a string, PAM_BAD_ITEM for an empty name or
 * when nothing of that name is there to delete, PAM_BUF_ERR without memory. */
extern int pam_putenv(pam_handle_t *pamh, const char *name_value)
    PAM_NONNULL((1));

/* The value of a variable, the library's own, good until that variable changes
 * or pam_end. NULL when it is not set or an argument is NULL. */
extern const char *pam_getenv(pam_handle_t *pamh, const char *name)
    PAM_NONNULL((1));

/* A copy of the environment: an array of "NAME=value" strings and a final NULL.
 * The caller frees each string and the array, all from malloc. NULL without
 * memory or handle; without variables an array that holds only the NULL. */
extern char **pam_getenvlist(pam_handle_t *pamh) PAM_NONNULL((1));

/* Ask that a failing pam_authenticate or pam_chauthtok take about musec_delay
 * microseconds longer; the largest wish counts, varied at random from a half to
 * one and a half times. PAM_SUCCESS, or PAM_SYSTEM_ERR without a handle. */
extern int pam_fail_delay(pam_handle_t *pamh, unsigned int musec_delay)
    PAM_NONNULL((1));

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#include <security/_pam_compat.h>

#endif
