/* SPDX-License-Identifier: MIT */
/* The inside of a connection, shared by db.c, sql.c and what keeps something per connection (dictionaries,
 * the stemmer, the languages of the store). */
#ifndef CO_STORE_DB_PRIV_H
#define CO_STORE_DB_PRIV_H

#include "base/map.h"
#include "store/db.h"
#include "store/sql.h"
#include <stdatomic.h>

/* Something that a module keeps with a connection: made at its first use, freed at the close. */
enum db_extra_id { DB_EXTRA_TEXT, DB_EXTRA_WORDS, DB_EXTRAS };
struct db_extra {
	void *value;
	void (*drop)(void *value);
};

/* A statement by the place of its text, which is a literal: found without hashing the text. */
struct db_recent {
	const char *sql;
	sqlite3_stmt *statement;
};

enum { DB_RECENT = 64 };

struct db {
	sqlite3 *raw;
	char *path;
	struct map *statements; /* SQL → sqlite3_stmt */
	struct db_recent recent[DB_RECENT];
	struct db_extra extras[DB_EXTRAS];
	atomic_bool interrupted;
	unsigned read_depth;
	bool readonly, unclean;
	struct scope *scope;        /* of the list call under way; NULL: none */
	const struct put *arrivals; /* whose new stories are being written; NULL: none are */
	bool durable;               /* what synchronous is set to now */
};

/* migrate.c: brings an open, checked database to DB_VERSION; `fresh`: it holds nothing yet. */
bool migrate(struct db *db, bool fresh, struct err *err);
/* fts_tokenizer.c: makes the tokenizer "courant" known to a connection. */
bool fts_tokenizer_register(struct db *db, struct err *err);
/* put_rows.c: makes the table of new stories known to a connection. */
bool arrivals_register(struct db *db, struct err *err);

#endif
