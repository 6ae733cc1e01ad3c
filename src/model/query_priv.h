/* SPDX-License-Identifier: MIT */
/* What the parts of the query parser share: query.c reads the structure, query_term.c single terms,
 * query_regex.c regular expressions. */
#ifndef CO_MODEL_QUERY_PRIV_H
#define CO_MODEL_QUERY_PRIV_H

#include "model/query.h"

#define QUERY_MAX_REGEXES 20
#define QUERY_MAX_WORDS   64 /* of a phrase */

struct query_reader {
	struct arena *arena;
	struct str text;
	size_t at;
	int64_t now;
	struct err *err; /* never NULL */
	int depth, terms;
	void *regexes[QUERY_MAX_REGEXES];
	size_t n_regexes;
};

struct query *query_node(struct query_reader *r, enum query_kind kind);
/* Puts the column of byte `at` into the error. Returns false. */
bool query_mistake(struct query_reader *r, size_t at);
/* A term with what negates it or a group; the reader stands at its first byte. */
struct query *query_term(struct query_reader *r);
/* Compiles pattern into q; `at` is its place. False with an error. */
bool query_regex(struct query_reader *r, struct query *q, struct str pattern, size_t at);

#endif
