/* SPDX-License-Identifier: MIT */
/* What courant-fetch gives up before its first request: programs, and writing to any file. */
#ifndef CO_FETCH_SANDBOX_H
#define CO_FETCH_SANDBOX_H

#include <stdbool.h>

struct sandbox_state {
	bool seccomp, landlock;
};
/* Never fails: what the kernel cannot do is left out, and said in the result. */
struct sandbox_state sandbox_enter(void);

#endif
