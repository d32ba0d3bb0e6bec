/* SPDX-License-Identifier: BSD-2-Clause */
/* Proofs, for verbs that need one. */
#ifndef PAMCTL_PROVE_H
#define PAMCTL_PROVE_H

struct modules;
struct options;
struct policy;

/* Prove a sentence of a service's policy and print how it went, behind the
 * service's name. The status to exit with: STATUS_FINDINGS when it does not
 * hold. */
int prove_sentence(const struct options *o, const char *service,
    const struct policy *policy, struct modules *m, const char *sentence);

#endif
