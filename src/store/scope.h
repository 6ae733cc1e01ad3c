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
#include "text/lang.h"

struct bits { /* a set of small numbers */
	uint64_t *words;
	size_t n_words;
};
void bits_add(struct arena *a, struct bits *b, int64_t i);

bool bits_has(const struct bits *b, int64_t i);

/* A part of the query that SQL asks for by its number: q_text(3,s.title). */
struct leaf {
	const struct query *query;
	struct bits sources; /* QUERY_FIELD source: and section: */
	bool by_hits;        /* words, asked of the index */
	struct leaf_parts *parts;
	struct imap waiting; /* stories that wait for the index and match */
	int64_t number;
};

#define SCOPE_MAX_LEAVES  256
#define SCOPE_MAX_DRIVERS 16
#define PLAN_MATCH_BYTES  ((size_t)256 << 10)

/* Where the candidates of a list come from, when the indexes of the table story alone do not give them. */
enum drive {
	DRIVE_WORDS, /* the full-text index, newest ids first */
	DRIVE_STORY, /* one */
	DRIVE_EVENT,
	DRIVE_TAG,
	DRIVE_STARRED,
	DRIVE_OPENED, /* the last one first */
	DRIVE_UNREAD,
	DRIVE_SOURCES, /* all of the scope's sources */
	DRIVE_EVERY,   /* hidden ones too */
	DRIVE_NEWEST   /* all that are visible, newest first */
};
struct driver {
	enum drive kind;
	struct str match; /* DRIVE_WORDS: expression for the index */
	int64_t number;   /* id of the story or event; leaf of the tag */
};

/* What a query is made of, once it is split at its outermost "and". */
struct plan {
	const struct query *words[64]; /* to be found by the index */
	size_t n_words;
	struct buf match;             /* all of them, as an expression */
	const struct query *rest[64]; /* conditions for SQL */
	size_t n_rest;
	bool words_by_leaf; /* the words are conditions like the rest, since something smaller drives */
	bool verify;        /* a candidate is certain only after match_query() */
	bool ranked;        /* there are words to rank by */
	bool starred, unread, opened; /* is:… is one of the conditions */
	bool hidden;   /* hidden stories are wanted: the indexes of the visible ones are of no use */
	int64_t event; /* event: is one of them; 0: none */
	const struct query *short_prefix; /* one of them; NULL: none */
	struct driver drivers[SCOPE_MAX_DRIVERS];
	size_t n_drivers;
};

/* The words by which a search is ranked. */
struct rank_words {
	const struct query *v[16];
	size_t n;
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
	bool by_hits; /* only what is in hits is visible; set when the drivers gave all candidates */
	struct leaf leaves[SCOPE_MAX_LEAVES];
	size_t n_leaves;
	struct plan plan;
	struct rank_words rank; /* none: not ranked */
};

/* Resolves a set, in the memory of the scope. The set is borrowed until the close. */
bool scope_open(struct scope *s, struct db *db, const struct list_set *set, struct err *err);
void scope_close(struct scope *s);
/* The condition, "1" at least. unread: with the unread-only filter of the set. */
void scope_where(struct scope *s, struct buf *sql, char alias, bool unread);
/* Keeps to one source from here on (a part of a list ordered by source); 0: back to all of the set. */
void scope_narrow(struct scope *s, int64_t source);
/* Keeps to those of its sources that are in `kept`. */
bool scope_keep_sources(struct scope *s, const struct bits *kept, struct err *err);
/* Stories of the set by the tallies. Upper bounds when there is a query. */
struct tally {
	int64_t stories, unread, starred, in_store;
};
struct tally scope_tally(struct scope *s);
bool scope_functions_register(struct db *db, struct err *err);

/* plan.c: only words, to be found by the index; only what a title tells. */
bool plan_is_words(const struct query *q);
bool plan_is_title(const struct query *q);
/* Adds words to an expression for the index. *exact = false: it finds too much. */
void plan_words(struct db *db, const struct query *q, struct buf *out, bool *exact);
/* Adds the conditions, each after an " AND ". *exact as above. Fails only at the first call of a scope. */
bool plan_emit(struct scope *s, struct buf *sql, char alias, bool *exact, struct err *err);
/* drive.c: splits the query of the set. */
bool plan_make(struct scope *s, struct err *err);
/* Chooses the drivers. again: the first look did not give enough. */
bool plan_drive(struct scope *s, bool again, struct err *err);
void plan_release(struct plan *p);
/* leaf.c: the number of a node's leaf; it is filled at the first asking. */
bool leaf_number(struct scope *s, const struct query *q, bool by_hits, int *number, struct err *err);
void leaf_release(struct leaf *leaf);
/* The event into which one was merged. */
int64_t leaf_event(struct db *db, int64_t event);
bool leaf_functions_register(struct db *db, struct err *err);

/* A story of a list, by what orders it. */
struct cand {
	int64_t published, id, event;
	bool unread;
	uint8_t in_title; /* of a ranked search: its words in the title, and one; 0: not looked at */
};
struct cands {
	VEC(struct cand);
};
/* How far candidates are looked for: so many entries of an index are looked at, so many visible stories
 * found. */
struct cands_bound {
	size_t looked, found;
};
/* cands.c: the visible stories that the drivers give, in no order. *more: there may be more beyond the bound.
 */
bool cands_find(
    struct scope *s, const struct cands_bound *bound, struct cands *out, bool *more, struct err *err);
/* And those of one driver. */
bool cands_drive(struct scope *s, const struct driver *d, struct cands *out, struct err *err);
/* list_rank.c: the words of a query; how many of them a text holds. */
void rank_words(const struct query *q, struct rank_words *out);
size_t rank_count(struct db *db, const struct rank_words *w, struct str text, enum lang lang);
/* hits.c: certain only now (plan.verify): reads the text. */
bool scope_verify(struct scope *s, int64_t id, bool *visible, struct err *err);
/* Visible stories that still wait for the index, the newest of them: tried one by one, so that a search after
 * a refresh finds what has just come. */
bool hits_waiting_find(struct scope *s, struct cands *out, struct err *err);
/* Of those, the ones that match a part of a query, into a map of ids. */
bool hits_waiting(struct db *db, const struct query *q, struct imap *out, struct err *err);

#endif
