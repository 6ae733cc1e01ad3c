/* SPDX-License-Identifier: MIT */
/* A list under way: its segments one after the other, a boundary between two rows, steps from there both
 * ways. A segment is read from an index of the database as far as it is needed (SEG_SCAN), or stands in
 * memory (SEG_ARRAY: what a search found, few unread ones). */
#ifndef CO_STORE_LIST_PRIV_H
#define CO_STORE_LIST_PRIV_H

#include "store/scope.h"

enum seg_kind { SEG_SCAN, SEG_ARRAY };
enum seg_rows { ROWS_ALL, ROWS_UNREAD, ROWS_READ }; /* rows with something unread, without */

struct seg {
	enum seg_kind kind;
	enum seg_rows rows;
	int64_t source;     /* 0: the list's own; else only this one */
	struct cands array; /* SEG_ARRAY: rows in the order of the list */
};

struct lister {
	struct scope scope; /* opened first */
	const struct list_spec *spec;
	bool fold;
	bool ascending; /* the list begins with the oldest */
	int64_t held;   /* of the set, when something is later; else INT64_MAX */
	struct {
		VEC(struct seg);
	} segs;
	struct cands
	    raw; /* SEG_ARRAY of a search: candidates, newest first, not yet verified from raw_at on */
	size_t raw_at;
	struct imap seen; /* events that stand in the array already */
	struct cands_bound bound;
	bool more_hits; /* beyond the bound */
};

/* Between two rows: the next one forward is the first row after it. */
struct boundary {
	size_t seg;
	enum { EDGE_START, EDGE_END, EDGE_KEY, EDGE_INDEX } edge; /* of the segment */
	int64_t published, id;                                    /* EDGE_KEY: just before this row, or … */
	bool behind;                                              /* … just behind it */
	size_t index;                                             /* EDGE_INDEX: number of the next row */
};

/* How many candidates of a search are looked for; NULL: as many as the first page needs. again: those were
 * not enough. */
bool lister_open(struct lister *l, struct db *db, const struct list_spec *spec,
    const struct cands_bound *bound, bool again, struct err *err);
/* As many as a list in this order needs at first. */
struct cands_bound lister_bound(const struct list_spec *spec);
void lister_close(struct lister *l);
/* Up to n rows from a boundary on, in walking order (backwards: nearest first); at moves along. */
bool lister_walk(
    struct lister *l, struct boundary *at, bool forward, size_t n, struct cands *out, struct err *err);
struct boundary lister_start(const struct lister *l);
struct boundary lister_end(const struct lister *l);
/* Just before the row of a story, or where it would stand; false in *found when it has no row. */
bool lister_find(struct lister *l, struct story_id id, struct boundary *at, bool *found, struct err *err);
/* list_scan.c: rows of a SEG_SCAN. */
bool seg_scan(struct lister *l, const struct seg *seg, const struct boundary *at, bool forward, size_t n,
    struct cands *out, struct err *err);
/* The newest visible story of an event: the place of its row. False in *found: none is visible. */
bool row_place(struct lister *l, int64_t event, struct cand *out, bool *found, struct err *err);
/* list_array.c: whether a list stands in memory; its rows, made up to n; few unread rows, placed. */
bool array_wanted(const struct lister *l);
bool array_build(struct lister *l, struct err *err);
bool array_ensure(struct lister *l, size_t n, struct err *err);
bool array_unread(struct lister *l, struct cands *out, struct err *err);
int cand_newest_first(const void *a, const void *b);
void cands_reverse(struct cands *c);

/* list_row.c: fills a page's rows. */
bool rows_fill(struct lister *l, struct snapshot *snap, const struct cands *page, struct err *err);
/* Visible stories of an event, newest first. */
bool row_members(struct lister *l, const struct cand *row, struct cands *out, struct err *err);
/* Stories of a row, read ones too: the event_size that it shows. */
bool row_size(struct lister *l, const struct cand *row, int64_t *size, struct err *err);
/* The story that a row shows. */
bool row_shown(struct lister *l, const struct cand *row, struct story_id *out, struct err *err);
/* list_rank.c: the best of a search first. */
bool rank_rows(struct lister *l, struct cands *rows, struct err *err);

#endif
