/* SPDX-License-Identifier: MIT */
/* The headlines: pages of rows around a place, folded by event, in any order, at a cost that follows the page
 * and not the store. Thread: that of the db.
 *
 * A list is the stories that are visible in it: not hidden, of its sources, matching its query, and (unread
 * only) unread or named in `stay`. Folded, the stories of one event are one row: it stands at the place of
 * its newest visible story, and shows the one that stands in `shown`, else the first of the source that comes
 * first in the configuration. */
#ifndef CO_STORE_LIST_DB_H
#define CO_STORE_LIST_DB_H

#include "base/arena.h"
#include "model/query.h"
#include "model/snapshot.h"
#include "store/db.h"

enum list_order {
	LIST_NEWEST,
	LIST_UNREAD_FIRST,
	LIST_OLDEST,
	LIST_BY_SOURCE,  /* in the order of the configuration; events are folded within a source only */
	LIST_EVENT_SIZE, /* the newest 2,000 rows, those of most outlets first */
	LIST_RANKED,     /* a search's best first; needs words in the query, else as LIST_NEWEST */
	LIST_LAST_OPENED /* only what was opened, the last one first; never folded */
};

/* Which stories: kept apart from the place, so that counting and marking use it too. Borrowed during the
 * call. */
struct list_set {
	const struct query *query;       /* NULL: no condition */
	struct str section;              /* absent: all */
	const struct source_id *sources; /* NULL: all (of the section) */
	size_t n_sources;
	struct event_id event; /* {0}: all; else this event's coverage */
	bool unread_only;
	bool starred_only;
	bool with_gone;              /* also sources that left the configuration (search, starred: always) */
	const struct story_id *stay; /* visible although read, in an unread-only list */
	size_t n_stay;
	/* The newest story that has been seen; none: all are. Later ones wait: they make no rows, and move
	 * none; in the row of an event that has one they are. */
	struct story_id held;
};

enum list_anchor { LIST_TOP, LIST_END, LIST_AT_STORY, LIST_AT_ROW };

struct list_spec {
	struct list_set set;
	enum list_order order;
	bool fold;
	const struct event_id *unfolded; /* these rows are followed by their other stories (event_size 0) */
	size_t n_unfolded;
	bool later; /* of starred_only: rows are followed by what their events brought later, not starred */
	const struct story_id *shown; /* what stands on the screen now: a row's title does not change there.
	                                 When several are of one row, the first of them stays */
	size_t n_shown;
	enum list_anchor anchor;
	struct story_id at; /* LIST_AT_STORY; when it is not in the list: the row that would follow it */
	size_t row;         /* LIST_AT_ROW: 0 is the first; cost follows the number */
	size_t before,
	    after;        /* rows wanted before the anchor, and from the anchor on (at most 4096 in all) */
	size_t count_max; /* bound of total and before in the snapshot; 0: not counted */
	size_t hits; /* of a search, looked at for the first rows; 0: 2000, among which the best are found.
	                More when the page needs them … */
	bool partly; /* … unless this: then snapshot.more tells that the page may be longer */
	bool again;  /* a look at fewer hits did not fill it */
	uint64_t serial;
};
/* Returns a snapshot with one reference. */
struct snapshot *list_load(struct db *db, const struct list_spec *spec, struct err *err);
/* Index of the anchor's row in a snapshot is snapshot_find(). */

/* Ids in the list, all stories of folded rows, newest first, up to `limit`, in a. below: from that story's
 * row downwards ("this and all above" with above = true: from the top to that row, both included). */
struct list_ids_spec {
	struct list_set set;
	enum list_order order;
	bool fold;
	struct story_id to; /* {0}: the whole list */
	bool above;         /* true: from the top down to `to`; false: from `to` to the end */
	bool unread;        /* only unread ones */
	size_t limit;       /* 0: 100,000 */
};
bool list_ids(struct db *db, const struct list_ids_spec *spec, struct arena *a, struct story_id **out,
    size_t *n, struct err *err);
/* All visible stories that are folded into a story's row, the story itself first. */
bool list_folded(struct db *db, const struct list_set *set, struct story_id id, struct arena *a,
    struct story_id **out, size_t *n, struct err *err);

/* The next (or previous) row from a story's row, over those with nothing unread when `unread`. The story that
 * the row shows, STORY_NONE when there is none. from {0}: from the top (or the end). */
struct story_id list_step(struct db *db, const struct list_spec *spec, struct story_id from, bool forward,
    bool unread, struct err *err);
/* How many rows wait because of set.held: "↑ 7 new". At most 1000. */
size_t list_waiting(struct db *db, const struct list_spec *spec);
/* The story that was stored last; none: the store is empty. */
struct story_id list_newest(struct db *db);

#endif
