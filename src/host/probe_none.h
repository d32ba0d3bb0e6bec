/* SPDX-License-Identifier: BSD-2-Clause */
/* No static probes: see probe_sdt.h. */
#ifndef HOST_PROBE_H
#define HOST_PROBE_H

/* Nowhere defined: the arguments are looked at by the compiler alone. */
int probe_none(int unused, ...);

#define PROBE(name, ...) ((void)sizeof(probe_none(0, __VA_ARGS__)))

#endif
