/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_UNLOAD_PROBE_H
#define TESTS_UNLOAD_PROBE_H

/* What the kernel holds for the process, if it has changed since the last time:
 * keyrings, login, mounts, children. */
void tell_kernel(void);

/* The module's static variables as they are before its first use; and how many
 * bytes of them are others now. */
void memory_note(const char *module);
void memory_tell(const char *module);

#endif
