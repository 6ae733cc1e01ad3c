/* SPDX-License-Identifier: MIT */
/* The clocks, and the one place where a test or an edition may hold the wall clock still. */
#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t fixed_s = TIME_NONE;

static int64_t read_us(clockid_t id)
{
	struct timespec ts = {0};

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t clock_now(void)
{
	int64_t fixed = atomic_load(&fixed_s);

	return fixed != TIME_NONE ? fixed : (int64_t)time(NULL);
}

int64_t clock_now_ms(void)
{
	int64_t fixed = atomic_load(&fixed_s);

	return fixed != TIME_NONE ? fixed * 1000 : read_us(CLOCK_REALTIME) / 1000;
}

int64_t clock_mono_ms(void)
{
	return clock_mono_us() / 1000;
}

int64_t clock_mono_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

int64_t clock_cpu_us(void)
{
	return read_us(CLOCK_PROCESS_CPUTIME_ID);
}

void clock_fix(int64_t now_s)
{
	atomic_store(&fixed_s, now_s);
}
