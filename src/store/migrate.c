/* SPDX-License-Identifier: MIT */
/* Owns the schema: the tables of version 1 and the steps from one version to the next. What the columns mean
 * is said here; who writes them is the *_db module of the same name. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/db_priv.h"

/* Times are seconds since 1970, marks' in milliseconds. Stories are never renumbered: id is the rowid of the
 * full-text index, the number in postings, and id >> 17 is the partition of both. */
static const char schema_1[] =
    "CREATE TABLE source(id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, name TEXT, url TEXT, section TEXT,"
    " ord INT NOT NULL DEFAULT 0, gone INT NOT NULL DEFAULT 0, etag TEXT, modified TEXT, body_hash INT,"
    " next_due INT, hold_until INT, fails INT NOT NULL DEFAULT 0, last_at INT,"
    " last_error TEXT," /* with fails 0: what was said although it went well */
    " code INT,"
    " bytes INT, ms INT, moved_to TEXT, moved INT NOT NULL DEFAULT 0, lease_owner INT, lease_until INT,"
    /* what the feed says of its own pace: minutes, bits of hours and days (<< 24) to skip, seconds a story */
    " ttl INT NOT NULL DEFAULT -1, skip INT NOT NULL DEFAULT 0, rhythm INT NOT NULL DEFAULT 0,"
    " items BLOB);" /* ids that the feed held at its last answer: varint deltas, ascending */
    "CREATE INDEX source_due ON source(next_due) WHERE gone=0;"
    "CREATE TABLE tally(source INTEGER PRIMARY KEY, n INT, unread INT, starred INT);"
    /* left_at: when it was missing from its feed first; NULL: still in it. event: own id until joined */
    "CREATE TABLE story(id INTEGER PRIMARY KEY AUTOINCREMENT, source INT NOT NULL, guid INT NOT NULL,"
    " urlh INT NOT NULL, published INT NOT NULL, fetched INT NOT NULL, event INT NOT NULL,"
    " flags INT NOT NULL DEFAULT 0, copy_of INT, left_at INT, lang INT, url TEXT, title TEXT NOT NULL,"
    " author TEXT, comments TEXT);"
    "CREATE UNIQUE INDEX story_guid ON story(source,guid);"
    "CREATE INDEX story_url ON story(urlh);"
    "CREATE INDEX story_new ON story(published DESC,id DESC) WHERE flags&4=0;"
    "CREATE INDEX story_src ON story(source,published DESC,id DESC) WHERE flags&4=0;"
    "CREATE INDEX story_event ON story(event,published);"
    "CREATE INDEX story_unread ON story(source,published DESC,id DESC,event) WHERE flags&5=0;"
    "CREATE INDEX story_star ON story(published DESC,id DESC) WHERE flags&2<>0;"
    "CREATE TRIGGER story_in AFTER INSERT ON story BEGIN"
    " INSERT INTO tally(source,n,unread,starred)"
    "  VALUES(NEW.source,NEW.flags&4=0,NEW.flags&5=0,NEW.flags&2<>0)"
    "  ON CONFLICT(source) DO UPDATE SET n=n+excluded.n,unread=unread+excluded.unread,"
    "  starred=starred+excluded.starred; END;"
    "CREATE TRIGGER story_out AFTER DELETE ON story BEGIN"
    " UPDATE tally SET n=n-(OLD.flags&4=0),unread=unread-(OLD.flags&5=0),starred=starred-(OLD.flags&2<>0)"
    "  WHERE source=OLD.source; END;"
    "CREATE TRIGGER story_flags AFTER UPDATE OF flags ON story WHEN OLD.flags&7<>NEW.flags&7 BEGIN"
    " UPDATE tally SET n=n+(NEW.flags&4=0)-(OLD.flags&4=0),"
    "  unread=unread+(NEW.flags&5=0)-(OLD.flags&5=0),"
    "  starred=starred+(NEW.flags&2<>0)-(OLD.flags&2<>0) WHERE source=NEW.source; END;"
    /* expired, but still in the feed: else they would come back as new */
    "CREATE TABLE gone(source INT, guid INT, at INT, PRIMARY KEY(source,guid)) WITHOUT ROWID;"
    "CREATE TABLE dict(id INTEGER PRIMARY KEY, z BLOB);"
    "CREATE TABLE text(story INTEGER PRIMARY KEY, dict INT NOT NULL, z BLOB NOT NULL);"
    "CREATE TABLE article(story INT, version INT, at INT, hash INT, dict INT, z BLOB,"
    " PRIMARY KEY(story,version));"
    "CREATE TABLE mark(story INT, kind INT, tag INT NOT NULL DEFAULT 0, is_on INT, at INT, origin INT,"
    " synced INT NOT NULL DEFAULT 0, PRIMARY KEY(story,kind,tag)) WITHOUT ROWID;"
    "CREATE INDEX mark_unsynced ON mark(at) WHERE synced=0;"
    "CREATE INDEX mark_tag ON mark(tag,story) WHERE kind=3;"
    "CREATE INDEX mark_opened ON mark(at) WHERE kind=4;"
    "CREATE TABLE tag(id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    "CREATE TABLE undo(id INTEGER PRIMARY KEY AUTOINCREMENT, owner INT, at INT, label TEXT,"
    " done INT NOT NULL DEFAULT 0, items BLOB);"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, first INT, first_at INT, newest_at INT, n INT, terms BLOB,"
    " merged_into INT);"
    "CREATE INDEX event_merged ON event(merged_into) WHERE merged_into IS NOT NULL;"
    "CREATE TABLE apart(a INT, b INT, at INT, PRIMARY KEY(a,b)) WITHOUT ROWID;"
    "CREATE TABLE part(id INTEGER PRIMARY KEY, first INT, last INT, state INT);"
    "CREATE TABLE fts_todo(story INTEGER PRIMARY KEY);"
    /* what waits for the related index: for its terms, then for near copies and events */
    "CREATE TABLE related_todo(story INTEGER PRIMARY KEY);"
    "CREATE TABLE event_todo(story INTEGER PRIMARY KEY);"
    "CREATE TABLE segment(id INTEGER PRIMARY KEY, part INT, first INT, last INT, n INT, from_hour INT,"
    " to_hour INT, rest REAL, known INT, state INT, common BLOB, norms BLOB);"
    "CREATE TABLE posting(id INTEGER PRIMARY KEY, z BLOB);"
    "CREATE TABLE work(name TEXT PRIMARY KEY, upto INT, owner INT, until INT);"
    "CREATE TABLE place(story INTEGER PRIMARY KEY, block INT, chr INT, at INT);"
    "CREATE TABLE session(id INTEGER PRIMARY KEY, key TEXT UNIQUE, at INT, state BLOB);"
    "CREATE TABLE remote(account INT, rid TEXT, story INT, PRIMARY KEY(account,rid)) WITHOUT ROWID;"
    "CREATE TABLE meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID;"
    "INSERT INTO work(name,upto) VALUES('fts',0),('related',0),('events',0),('expire',0),('recompress',0);";

/* Stories wait for their events by date: neighbours in time are placed together. */
static const char schema_2[] = "CREATE TABLE event_wait(published INT, story INT,"
                               " PRIMARY KEY(published,story)) WITHOUT ROWID;"
                               "INSERT INTO event_wait(published,story)"
                               " SELECT s.published,s.id FROM event_todo t JOIN story s ON s.id=t.story;"
                               "DROP TABLE event_todo;";

/* New stories are counted where they are written, many at a time. */
static const char schema_3[] = "DROP TRIGGER story_in;";

static const char *const steps[DB_VERSION] = {
    schema_1, schema_2, schema_3}; /* steps[v] leads from version v to v + 1 */

static bool run_steps(struct db *db, struct err *err)
{
	int64_t version = sql_i64(db, 0, "PRAGMA user_version", "");
	SCOPED_STR last = mem_printf(
	    "PRAGMA application_id=%d;PRAGMA user_version=%d", (int)DB_APPLICATION, (int)DB_VERSION);

	for (; version < DB_VERSION; version++)
		if (!sql_script(db, steps[version], err))
			return false;
	return sql_script(db, last, err);
}

static bool save_copy(struct db *db, struct err *err)
{
	SCOPED_STR to = mem_printf("%s.version-%d", db->path, (int)sql_i64(db, 0, "PRAGMA user_version", ""));

	if (file_exists(to) || db_backup(db, to, err))
		return true;
	return err_wrap(err, _("the copy before a change of the database"));
}

bool migrate(struct db *db, bool fresh, struct err *err)
{
	if (!fresh && !save_copy(db, err))
		return false;
	if (!db_begin(db, true, err))
		return false;
	if (!run_steps(db, err)) {
		db_rollback(db);
		return false;
	}
	return db_commit(db, err);
}
