/* SPDX-License-Identifier: MIT */
/* Errors as values: a code, a sentence for a person, a detail for the log, and a place. Plain, fixed size, no
 * ownership: struct err err = {0}; if (!thing_do(…, &err)) … . Every function that can fail takes one as its
 * last argument (NULL: the caller does not care) and returns false or NULL. Thread: any. */
#ifndef CO_BASE_ERR_H
#define CO_BASE_ERR_H

#include "base/attr.h"
#include <stdbool.h>
#include <stddef.h>

/* One table of codes: name, exit status of the program (cli.md), word for the log. */
#define ERR_CODES(X)                                                                                         \
	X(ERR_NONE, 0, "ok")                                                                                 \
	X(ERR_PARTIAL, 1, "partial") /* part of it failed, told line by line */                              \
	X(ERR_USAGE, 2, "usage")                                                                             \
	X(ERR_CONFIG, 2, "config")                                                                           \
	X(ERR_INPUT, 2, "input") /* what was given cannot be read as what it should be */                    \
	X(ERR_LIMIT, 2, "limit") /* larger, deeper or slower than allowed */                                 \
	X(ERR_IO, 2, "io")                                                                                   \
	X(ERR_NET, 2, "net")                                                                                 \
	X(ERR_DB, 2, "db")                                                                                   \
	X(ERR_BUSY, 2, "busy")                                                                               \
	X(ERR_HELPER, 2, "helper") /* a helper program died or broke the protocol */                         \
	X(ERR_CANCELLED, 2, "cancelled")                                                                     \
	X(ERR_INTERNAL, 2, "internal")                                                                       \
	X(ERR_NOT_FOUND, 3, "not-found")

#define ERR_ENUM(code, status, word) code,
enum err_code { ERR_CODES(ERR_ENUM) };
#undef ERR_ENUM

struct err {
	enum err_code code;
	int line, column; /* 1-based; 0: no place */
	char file[200];
	char message[400]; /* for a person, translated, one sentence, no place in it */
	char detail[200];  /* for the log, English */
};

/* Sets code and message and returns false, so that `return err_set(…)` reads well. NULL err is fine. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...) PRINTF(3, 4);
/* Adds context on the way up: "context: message". Returns false. */
bool err_wrap(struct err *e, const char *fmt, ...) PRINTF(2, 3);
/* Adds ": strerror(errno)" of the present errno to a message. Returns false. */
bool err_errno(struct err *e, enum err_code code, const char *fmt, ...) PRINTF(3, 4);
void err_detail(struct err *e, const char *fmt, ...) PRINTF(2, 3);
void err_place(struct err *e, const char *file, int line, int column);
void err_clear(struct err *e);
int err_exit_status(enum err_code code);
const char *err_word(enum err_code code);
/* "FILE:LINE:COLUMN: message", "column N: message" or "message" into out. Returns out. */
const char *err_text(const struct err *e, char *out, size_t cap);

#endif
