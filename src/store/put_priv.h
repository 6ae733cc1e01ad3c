/* SPDX-License-Identifier: MIT */
/* One feed on its way into the store: the state that put.c and put_known.c share. */
#ifndef CO_STORE_PUT_PRIV_H
#define CO_STORE_PUT_PRIV_H

#include "base/map.h"
#include "base/vec.h"
#include "store/story_db.h"
#include "store/story_priv.h"
#include "store/text_db.h"
#include "text/url.h"

struct draft;

/* A new story that waits to be written. */
struct put_row {
	int64_t id, dict;
	const struct draft *draft;
	size_t at, len; /* of its text in put.packed */
	bool has_text;
};

struct put {
	struct db *db;
	struct source_id source;
	struct str source_name, section;
	const struct feed *feed;
	const struct put_context *ctx;
	struct arena *arena;
	struct put_result *out;
	int64_t now, last_id;
	uint64_t langs;           /* bit n: enum lang n was stored */
	enum lang lang, expected; /* what the feed states; what its texts are in so far */
	bool any_gone, any_stored;
	struct draft *drafts;
	size_t n_items;
	struct imap guids, urls; /* of this document: hash -> how often */
	struct imap headlines;   /* of this document and of the newest stored: hash of folded words -> id */
	bool headlines_read;
	struct buf doc, raw; /* of the item in hand */
	struct {
		VEC(struct put_row);
	} rows; /* by ascending ids */
	struct buf packed;
	struct {
		VEC(int64_t);
	} present;
	struct {
		VEC(struct story_id);
	} added, changed;
};

/* An item as it would be stored. */
struct draft {
	struct str title, url, url_key, author, comments, dek;
	struct str doc, raw; /* the document; the record of the table text; absent: none */
	int64_t guid, url_hash, published;
	uint64_t title_key; /* folded title as a number; of new ones with a lead only */
	enum lang lang;
	uint32_t flags;
};

/* The story that an item is. */
struct known {
	int64_t id, guid;                        /* id 0: none */
	struct str title, url, author, comments; /* in the arena */
	bool only_words; /* found by headline and lead, and in this document under its own id too: left as it
	                    is */
};

/* The guid of an item that states this id. */
int64_t put_guid_of_id(struct str id);
/* What the feed holds besides the document's own items counts as present (put_also.c). */
void put_also(struct put *p);
/* Keys, title and date; the rest is filled in when its turn comes. */
void draft_keys(struct put *p, const struct item *it, struct draft *d);
struct str draft_body(struct put *p, const struct draft *d); /* plain text, for rules */
bool put_start(struct put *p, struct err *err);
void put_release(struct put *p);
/* The same document within the source: by guid, address, or headline and lead. */
bool known_find(struct put *p, struct draft *d, struct known *out, struct err *err);
/* Writes what differs; marks, date and event stay. */
bool known_update(
    struct put *p, const struct known *k, const struct draft *d, bool *changed, struct err *err);
/* A new story, whose draft stays where it is until it is written: put_rows.c. Its id is p->last_id. */
bool rows_add(struct put *p, const struct draft *d, struct err *err);
/* Writes what waits. */
bool rows_flush(struct put *p, struct err *err);
/* The same if the story of this id may be among those. */
bool rows_ensure(struct put *p, int64_t id, struct err *err);
void headline_note(struct put *p, int64_t id, const struct draft *d);

#endif
