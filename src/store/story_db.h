/* SPDX-License-Identifier: MIT */
/* Stories in and out: a parsed feed becomes rows (same document once), a story is read back whole, a page's
 * article is kept with its versions. Thread: that of the db. */
#ifndef CO_STORE_STORY_DB_H
#define CO_STORE_STORY_DB_H

#include "model/feed.h"
#include "model/story.h"
#include "store/source_db.h"

/* What rules say of an arriving story. */
struct put_verdict {
	bool hide, star, read;
	struct str tags[8]; /* must outlive the call of store_put_feed */
	size_t n_tags;
};
/* body: plain text. Called for new stories only, before they are stored (row.id is 0). */
typedef void put_rule_fn(void *arg, const struct story *story, struct str body, struct put_verdict *out);

struct put_context {
	struct source_answer answer;
	put_rule_fn *rules; /* NULL: none */
	void *rules_arg;
	/* Ids of items that the feed still holds although the document leaves them out: they are stored
	 * already, and were not asked for again. */
	const struct str *also;
	size_t n_also;
	bool partial; /* one page of several: stories missing from it have not left the feed */
};
struct put_result {
	size_t n_new, n_changed, n_same, n_dropped; /* dropped: expired before, still in the feed */
	struct story_id *new_ids, *changed_ids;     /* in the arena */
};
/* Stores a feed: stories, validators, next_due and the lease's end in one transaction (the caller's, or its
 * own). A story is the same document as one of the same source by guid, by canonical address, or by equal
 * headline and lead: then it is updated in place and keeps its marks. */
bool store_put_feed(struct db *db, struct source_id source, const struct feed *feed,
    const struct put_context *ctx, struct arena *a, struct put_result *out, struct err *err);

/* Of ids as a feed states them: known[i] is set when the source has that story, or had it and it expired. */
bool store_known(
    struct db *db, struct source_id source, const struct str *ids, size_t n, bool *known, struct err *err);

/* The whole story, strings in a. ERR_NOT_FOUND when there is none. */
bool story_load(struct db *db, struct story_id id, struct arena *a, struct story *out, struct err *err);
/* The story with this address (canonical form compared), newest first; STORY_NONE: not stored. */
struct story_id story_by_url(struct db *db, struct str url);
/* Plain words of a story for indexes and queries; the fuller of page and feed. Strings in a. */
struct story_words {
	struct str title, dek, body;
	enum lang lang;
	struct source_id source;
	int64_t published;
	uint32_t flags;
};
bool story_words(
    struct db *db, struct story_id id, struct arena *a, struct story_words *out, struct err *err);
/* The same and the story itself, in one reading, without the counts of its event. */
bool story_load_words(struct db *db, struct story_id id, struct arena *a, struct story *story,
    struct story_words *out, struct err *err);

/* What was read of a story, to tell later whether it is still what is stored. */
struct story_print {
	int64_t id;
	uint64_t words; /* story_words_hash(); 0: nothing could be read */
};
uint64_t story_words_hash(const struct story_words *w); /* never 0 */
/* Whether all of them are as they were when the database had this db_data_version(): free unless another
 * connection has written since. */
bool story_words_same(struct db *db, int64_t version, const struct story_print *v, size_t n);

/* A page as extracted: `encoded` is article_encode()'s bytes. full: it holds the whole text. A text that
 * differs from the last one becomes a new version beside it (at most 8 are kept); the first and the newest
 * always stay. Waiting for the index again. Inside a transaction, or makes its own. */
bool article_put(struct db *db, struct story_id id, int64_t now, struct str encoded, struct str plain_text,
    bool full, struct err *err);
struct article_version {
	int version;
	int64_t at;
	struct str encoded; /* absent unless asked for by article_load */
};
bool article_versions(struct db *db, struct story_id id, struct arena *a, struct article_version **out,
    size_t *n, struct err *err);
/* version 0: the newest. ERR_NOT_FOUND: none. */
bool article_load(struct db *db, struct story_id id, int version, struct arena *a,
    struct article_version *out, struct err *err);

#endif
