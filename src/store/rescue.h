/* SPDX-License-Identifier: MIT */
/* A damaged database: set aside under a name with the date, never deleted, and read row by row into a new
 * one, what readers did first. Thread: none else may have it open in this process. */
#ifndef CO_STORE_RESCUE_H
#define CO_STORE_RESCUE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct rescue_report {
	struct str set_aside; /* where the damaged file is now */
	size_t stories, marks, sources, lost;
};
/* ERR_BUSY when another instance has it in use. */
bool rescue_run(const char *path, int64_t now, struct arena *a, struct rescue_report *out, struct err *err);

#endif
