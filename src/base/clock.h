/* SPDX-License-Identifier: MIT */
/* Time. Wall time is seconds (or ms) since 1970-01-01 UTC, may be negative; it can be set to a fixed moment,
 * for tests and for an edition that shows its own day. Monotonic time is for timers only. Thread: any. */
#ifndef CO_BASE_CLOCK_H
#define CO_BASE_CLOCK_H

#include <stdint.h>

#define TIME_NONE INT64_MIN /* no time known */

int64_t clock_now(void);     /* wall, s */
int64_t clock_now_ms(void);  /* wall, ms */
int64_t clock_mono_ms(void); /* monotonic, ms */
int64_t clock_mono_us(void);
int64_t clock_cpu_us(void); /* CPU time of this process */
/* From now on the wall clock starts at `now_s` and stands still; TIME_NONE: back to the real one. */
void clock_fix(int64_t now_s);

#endif
