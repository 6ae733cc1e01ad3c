/* SPDX-License-Identifier: MIT */
/* Answers without a network: an edition's folder, and the files of configured file: sources. Thread: one
 * owner. */
#ifndef CO_FETCH_LOCAL_FILES_H
#define CO_FETCH_LOCAL_FILES_H

#include "base/attr.h"
#include "base/err.h"
#include "model/fetch_msg.h"

struct edition;
/* Reads DIR/index.tsv: address, path below DIR, content type, separated by tabs; lines with # are skipped. */
struct edition *edition_open(const char *dir, struct err *err);
void edition_free(struct edition *ed);
DEFINE_FREEP(edition)
/* Answers as a server would that has these addresses and no others: 200, 304 by ETag, 404. *body_fd as in
 * file_answer(). Strings of out live in a. */
void edition_answer(const struct edition *ed, struct arena *a, const struct fetch_request *r,
    struct fetch_answer *out, int *body_fd);
/* Answers for a file: address with the file's bytes (a sealed memfd, yours; -1: none), 304 when it did not
 * change since r->etag was given. False: a failure, with the reason in out. */
bool file_answer(struct arena *a, const struct fetch_request *r, struct fetch_answer *out, int *body_fd);

#endif
