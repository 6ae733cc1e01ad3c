/* SPDX-License-Identifier: MIT */
/* A list_set made ready for SQL: which sources, which query, what stays; the condition "is visible in this
 * list" for any alias of the table story; functions that SQL calls for what it cannot say itself. One scope
 * at a time is open on a db, for the length of one public call. */
#ifndef CO_STORE_SCOPE_H
#define CO_STORE_SCOPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/list_db.h"

struct bits { /* a set of small numbers */
	uint64_t *words;
	size_t n_words;
};
void bits_add(struct arena *a, struct bits *b, int64_t i);

/* A part of the query that SQL asks for by its number: q_text(3,s.title). */
struct leaf {
	const struct query *query;
	struct bits sources; /* QUERY_FIELD source: and section: */
	struct imap hits;    /* words: the stories that the index names */
	bool by_hits;
	int64_t number;
};

#define SCOPE_MAX_LEAVES 256

/* What a query is made of, once it is split at its outermost "and". */
struct plan {
	struct buf match;             /* expression for the full-text index; empty: no words there */
	bool has_words;               /* the list is driven by the index */
	bool verify;                  /* a candidate is certain only after match_query() */
	const struct query *rest[64]; /* conditions for SQL */
	size_t n_rest;
	int64_t tag_leaf; /* leaf of a tag: that drives the list; -1: none */
	bool starred;     /* is:starred drives it */
	bool hidden;      /* hidden stories are wanted: the indexes of the visible ones are of no use */
	int64_t event;    /* event: drives it; 0: none */
};

struct scope {
	struct db *db;
	const struct list_set *set;
	struct arena *arena;
	bool all_sources, was_all; /* now; when it was opened */
	struct bits sources;
	struct {
		VEC(int64_t);
	} source_ids; /* of the set, in the order of the configuration; unless all_sources */
	struct imap stay, hits;
	bool by_hits; /* only what is in hits is visible */
	struct leaf leaves[SCOPE_MAX_LEAVES];
	size_t n_leaves;
	struct plan plan;
};

/* Resolves a set, in the memory of the scope. The set is borrowed until the close. */
bool scope_open(struct scope *s, struct db *db, const struct list_set *set, struct err *err);
void scope_close(struct scope *s);
/* The condition, "1" at least. unread: with the unread-only filter of the set. */
void scope_where(struct scope *s, struct buf *sql, char alias, bool unread);
/* Keeps to one source from here on (a part of a list ordered by source); 0: back to all of the set. */
void scope_narrow(struct scope *s, int64_t source);
/* Stories of the set by the tallies: all, and unread ones. Upper bounds when there is a query. */
void scope_tally(struct scope *s, int64_t *stories, int64_t *unread, int64_t *in_store);
/* count_db.c: unread visible stories, or their events when fold, counted up to max. */
bool scope_count_unread(struct scope *s, bool fold, size_t max, size_t *out, struct err *err);
bool scope_functions_register(struct db *db, struct err *err);

/* plan.c */
bool plan_make(struct scope *s, struct err *err);
void plan_release(struct plan *p);
void plan_where(struct scope *s, struct buf *sql, char alias);

/* A story of a list, by what orders it. */
struct cand {
	int64_t published, id, event;
	bool unread;
};
struct cands {
	VEC(struct cand);
};
/* hits.c: what the index finds, newest ids first, at most max; *more: there is more. Visible ones only. Fills
 * scope.hits, so that only these count as visible from now on. */
bool scope_find_hits(struct scope *s, size_t max, struct cands *out, bool *more, struct err *err);
/* Certain only now (plan.verify): reads the text. */
bool scope_verify(struct scope *s, int64_t id, bool *visible, struct err *err);
/* All stories that an expression matches, into a map of ids. */
bool hits_of_match(struct db *db, struct str match, struct imap *out, struct err *err);
/* And those that still wait for the index (the newest of them), tried one by one. */
bool hits_waiting(struct db *db, const struct query *q, struct imap *out, struct err *err);

#endif
