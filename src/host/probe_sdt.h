/* SPDX-License-Identifier: BSD-2-Clause */
/* Static probes, for tracers: a nop where the program runs by, and a note in
 * the file which tells where that is and where the arguments are to be found
 * then. The build copies this header or probe_none.h to host/probe.h. */
#ifndef HOST_PROBE_H
#define HOST_PROBE_H

#define SDT_USE_VARIADIC
#include <sys/sdt.h>

/* PROBE(name, argument...): numbers and pointers. */
#define PROBE(name, ...) STAP_PROBEV(usher, name, __VA_ARGS__)

#endif
