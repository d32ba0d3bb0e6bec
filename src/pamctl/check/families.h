/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of rules. */
#ifndef PAMCTL_CHECK_FAMILIES_H
#define PAMCTL_CHECK_FAMILIES_H

#include "pamctl/check/rule.h"

extern const struct rule rules_text[];		/* what cannot be read */
extern const struct rule rules_module[];	/* files of modules */
extern const struct rule rules_option[];	/* arguments of modules */
extern const struct rule rules_setting[];	/* files that modules read */
extern const struct rule rules_walk[];		/* where the walk leads */
extern const struct rule rules_lockout[];	/* who never gets in */
extern const struct rule rules_credential[];	/* who gets in by what */
extern const struct rule rules_service[];	/* what fits a service */
extern const struct rule rules_session[];	/* order of session modules */
extern const struct rule rules_faillock[];	/* counting of failures */
extern const struct rule rules_repeat[];	/* setcred and close */
extern const struct rule rules_trust[];		/* who may write what */

#endif
