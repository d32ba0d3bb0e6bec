/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

/* Nanoseconds of a clock that nobody sets. */
double now_ns(void);

#endif
