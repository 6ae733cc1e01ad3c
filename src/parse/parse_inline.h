/* SPDX-License-Identifier: MIT */
/* What courant-parse does for one job, as a function: the program calls it behind its sandbox, tests without.
 */
#ifndef CO_PARSE_PARSE_INLINE_H
#define CO_PARSE_PARSE_INLINE_H

#include "base/buf.h"
#include "base/err.h"
#include "model/job.h"

#define PARSE_MAX_BODY ((size_t)64 << 20)

/* Runs the kind's function on body and appends the encoded record (feed or article). False with the reason.
 */
bool parse_job_run(const struct job *job, struct str body, struct buf *record, struct err *err);

#endif
