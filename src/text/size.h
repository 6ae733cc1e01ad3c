/* SPDX-License-Identifier: MIT */
/* Sizes and numbers for people and in the configuration. Thread: any. */
#ifndef CO_TEXT_SIZE_H
#define CO_TEXT_SIZE_H

#include "base/buf.h"

int64_t size_parse(struct str s);               /* "16MiB", "500 kB", "1024" → bytes; -1 when it is none */
bool size_add(struct buf *out, uint64_t bytes); /* "3.4 MB" */

#endif
