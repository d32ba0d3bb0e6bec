/* SPDX-License-Identifier: BSD-2-Clause */
/* Adding to a policy while it is being made. Private to policy/. */
#ifndef POLICY_BUILD_H
#define POLICY_BUILD_H

#include "policy/lex.h"
#include "policy/policy.h"

/* A new, all zero entry at the end of the chain, or NULL. It moves when the
 * chain grows. */
struct entry *build_entry(struct chain *chain);

/* Make it an entry that refuses whatever is asked: C-34. */
void build_refuse(struct entry *e, struct place at, uint8_t depth);

/* Give it the actions of a control. 0 or -ENOMEM. */
int build_control(struct policy *p, struct entry *e,
    const struct control *control);

/* The name that logs and grantors show for a module: its file without the last
 * suffix. 0 with *name, -ENOMEM, or -EINVAL when it has none: C-39. */
int build_name(struct policy *p, const char *module, const char **name);

/* Give it the words left in the line as arguments. 0 or -ENOMEM. */
int build_arguments(struct policy *p, struct entry *e, struct line *rest);

/* Note a fault; its word and file stay borrowed. 0 or -ENOMEM. */
int build_fault(struct policy *p, const struct fault *f);

/* Note a comment. 0 or -ENOMEM. */
int build_comment(struct policy *p, struct place at, const char *text,
    size_t len);

/* A new, empty file with that name at the end of the list, or NULL. */
struct policy_file *build_file(struct policy *p, const char *name);

#endif
