/* SPDX-License-Identifier: MIT */
/* Giving up rights: after sandbox_enter() this process can compute, and speak over descriptors that it has.
 * Nothing else: no file, no network, no program, no signal to others. For courant-parse. */
#ifndef CO_PARSE_SANDBOX_H
#define CO_PARSE_SANDBOX_H

#include <stdbool.h>

struct sandbox {
	bool seccomp, landlock, limits; /* what this kernel and this build gave */
};

/* Cannot be undone. What a kernel does not know is left out and said in the result. */
struct sandbox sandbox_enter(void);

#endif
