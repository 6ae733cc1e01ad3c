/* SPDX-License-Identifier: MIT */
/* What a headless command asks of the helpers: one job on one file, one page from the web. Main thread; runs
 * a loop of its own until the answer is there. */
#ifndef CO_APP_CLI_BYTES_H
#define CO_APP_CLI_BYTES_H

#include "app/program.h"
#include "doc/article.h"
#include "model/job.h"

/* Opens the file ("-": standard input) and hands its bytes to courant-parse; the reply's record goes to out.
 * The place of a mistake is in err. */
bool cli_parse_file(const char *path, struct job *job, struct buf *out, struct err *err);
/* The same with the bytes at hand, which are released; path is the name for messages. */
bool cli_parse_bytes(struct buf *bytes, const char *path, struct job *job, struct buf *out, struct err *err);
/* Fetches a page, and those that follow it of the same article, and extracts it. named_by: the address of the
 * source that named it, or url itself when a person did (private hosts are asked only for private ones).
 * Returns yours. */
struct article *cli_fetch_page(
    const struct program_options *o, const char *url, struct str named_by, struct err *err);

#endif
