/* SPDX-License-Identifier: MIT */
/* A body of bytes in a sealed anonymous file, passed between programs as a descriptor. Thread: any. */
#ifndef CO_BASE_MEMFD_H
#define CO_BASE_MEMFD_H

#include "base/err.h"
#include "base/str.h"

int memfd_new(const char *name, struct err *err); /* -1 with an error */
/* Forbids any later write, growth and shrinkage. */
bool memfd_seal(int fd, struct err *err);
int memfd_of(const char *name, struct str bytes, struct err *err); /* new, filled, sealed */
/* Reading an unsealed file that somebody cuts short ends the program (SIGBUS): must_seal is for all but a
 * sandbox. Maps a descriptor read-only, at most max bytes; refuses one that is not sealed when must_seal.
 * memfd_unmap it. */
bool memfd_map(int fd, size_t max, bool must_seal, struct str *out, struct err *err);
void memfd_unmap(struct str bytes);

#endif
