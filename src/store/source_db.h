/* SPDX-License-Identifier: MIT */
/* The sources as stored: rows that follow the configuration, when each is due, leases against double
 * fetching, validators, the state of each. Thread: that of the db. Times are wall seconds. */
#ifndef CO_STORE_SOURCE_DB_H
#define CO_STORE_SOURCE_DB_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/ids.h"
#include "store/db.h"

struct source_decl {
	struct str key; /* what makes it the same source: stable over renames of the others */
	struct str name, url, section;
};
/* Rows are made, renamed, set gone or back as the configuration has them, in its order (which is the order of
 * preference when an event is folded). A changed url forgets validators and makes it due. ids: n entries,
 * filled. Inside a transaction, or makes its own. */
bool source_sync(
    struct db *db, const struct source_decl *decls, size_t n, struct source_id *ids, struct err *err);
/* The same without writing: *differs when source_sync() would; else ids[i] is each source's number. */
bool source_sync_look(struct db *db, const struct source_decl *decls, size_t n, struct source_id *ids,
    bool *differs, struct err *err);

struct source_validators {
	struct str etag, modified;
	uint64_t body_hash; /* of the bytes and of how they were read; 0: none */
};
/* So often the same 301, then the new address is asked. */
#define SOURCE_MOVED_TIMES 3
#define SOURCE_STAYS       (-1) /* in place of that number: the reader wants it asked at its own address */
/* What a feed says of how often it is worth asking. */
struct source_pace {
	int ttl_minutes;     /* -1: not stated */
	uint32_t skip_hours; /* bit h: hour h UTC */
	uint8_t skip_days;   /* bit d: day d, 0 = Sunday */
	int64_t rhythm_s;    /* between two of its stories; 0: unknown */
};
struct source_state {
	struct source_id id;
	struct str key, name, url, section, error; /* error "": the last answer was fine */
	struct str remark;                         /* what was said beside a fine one; "" */
	int64_t next_due, last_at, lease_until;    /* TIME_NONE: never */
	int32_t fails, code;                       /* failures in a row; last HTTP status or 0 */
	int64_t bytes, ms, moved; /* of the last answer; 301s in a row to moved_to, or SOURCE_STAYS */
	struct str moved_to;
	int64_t stories, unread, starred;
	struct source_validators validators;
	struct source_pace pace; /* of its last document */
	int64_t hold_until;      /* Retry-After; 0: none */
	bool gone;
};

struct source_due_spec {
	int64_t now, lease_until;
	uint64_t owner;               /* random id of this instance */
	const struct source_id *only; /* NULL: all */
	size_t n_only;
	bool force;   /* whatever next_due says, but not inside `hold_until` (Retry-After) */
	size_t limit; /* 0: no limit */
};
/* Takes leases on what is due and gives these sources, longest due first, in a. Sources under another's live
 * lease are left out, and counted in *busy (may be NULL). Inside a transaction, or makes its own. */
bool source_due(struct db *db, const struct source_due_spec *spec, struct arena *a, struct source_state **out,
    size_t *n, size_t *busy, struct err *err);
/* Whether source_due() may find something without force. */
bool source_any_due(struct db *db, int64_t now);
/* The moment at which the next source is due or a lease ends; TIME_NONE: none. For the one timer. */
int64_t source_next_due(struct db *db);

/* How one fetch ended. Stored with the stories by store_put_feed(); alone (a 304, a failure) by
 * source_done(). */
struct source_answer {
	int64_t now;
	struct source_validators validators; /* of a 200; ignored when keep_validators */
	bool keep_validators;                /* 304, failures, or the same body again */
	const struct source_pace *pace;      /* of a document that was read; NULL: as it was */
	int64_t next_due;
	int64_t hold_until; /* Retry-After: not before, even when forced; 0: none */
	int32_t code;
	struct str error;  /* absent: it went well */
	struct str remark; /* what was said although it went well; absent: nothing */
	int64_t bytes, ms;
	struct str moved_to; /* 301 answered: counted while it stays the same; absent: not moved; "": forget
	                        what was counted */
};
/* Writes the answer, releases the lease. Inside a transaction, or makes its own. */
bool source_done(struct db *db, struct source_id id, const struct source_answer *answer, struct err *err);
/* A source that moved for good is asked at its own address from now on, whatever it says of that move; with
 * toggle, one that stays so already is asked where it moved to again. *stays: what holds now. Due at once,
 * without validators. False with ERR_NOT_FOUND when it has not moved. Inside a transaction, or makes its own.
 */
bool source_stay(struct db *db, struct source_id id, bool toggle, bool *stays, struct err *err);
/* Gives the leases of an instance back without an answer (stopping). */
bool source_release(struct db *db, uint64_t owner, struct err *err);

/* Of these sources (NULL: all) the ones that a Retry-After holds, in a. */
bool source_held(struct db *db, const struct source_id *only, size_t n_only, int64_t now, struct arena *a,
    struct source_state **out, size_t *n, struct err *err);

/* All sources of the configuration in its order (with_gone: and those that left it), in a. */
bool source_states(
    struct db *db, bool with_gone, struct arena *a, struct source_state **out, size_t *n, struct err *err);

#endif
