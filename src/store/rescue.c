/* SPDX-License-Identifier: MIT */
/* Owns the rescue of a damaged database: the file is set aside, what can still be read of it goes row by row
 * into a new one. The indexes are derived and made anew. */
#include "store/rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/sql.h"
#include "text/date.h"

#define MAX_COLUMNS 32
#define MAX_NAMES   100

/* In this order: what readers did, then the sources, then the stories. `columns` are those of the schema. */
static const struct table {
	const char *name, *columns;
	bool rowid; /* reading can go on behind a damaged place */
} tables[] = {
    {"tag", "id,name", true},
    {"mark", "story,kind,tag,is_on,at,origin,synced", false},
    {"undo", "id,owner,at,label,done,items", true},
    {"place", "story,block,chr,at", true},
    {"session", "id,key,at,state", true},
    {"apart", "a,b,at", false},
    {"source",
        "id,key,name,url,section,ord,gone,etag,modified,body_hash,next_due,hold_until,fails,last_at,"
        "last_error,code,bytes,ms,moved_to,moved,items",
        true},
    {"story",
        "id,source,guid,urlh,published,fetched,event,flags,copy_of,left_at,lang,url,title,author,comments",
        true},
    {"dict", "id,z", true},
    {"text", "story,dict,z", true},
    {"article", "story,version,at,hash,dict,z", true},
    {"gone", "source,guid,at", false},
    {"remote", "account,rid,story", false},
    {"event", "id,first,first_at,newest_at,n,terms,merged_into", true},
};

struct rescue {
	sqlite3 *from;
	struct db *to;
	struct rescue_report *report;
};

static char *parameters(const struct table *t)
{
	struct buf b = BUF_MAX(256);

	for (const char *c = t->columns; c; c = strchr(c + 1, ','))
		buf_adds(&b, b.len ? ",?" : "?");
	return buf_take(&b);
}

static sqlite3_stmt *reading(struct rescue *r, const struct table *t)
{
	SCOPED_STR sql =
	    t->rowid ? mem_printf("SELECT rowid,%s FROM %s WHERE rowid>? ORDER BY rowid", t->columns, t->name)
	             : mem_printf("SELECT 0,%s FROM %s WHERE ?<9e18", t->columns, t->name);
	sqlite3_stmt *st = NULL;

	/* a table that is not there any more has nothing to give */
	if (sqlite3_prepare_v2(r->from, sql, -1, &st, NULL) != SQLITE_OK)
		log_warn(LOG_STORE, "rescue of %s: %s", t->name, sqlite3_errmsg(r->from));
	return st;
}

static bool copy_row(struct rescue *r, const char *insert, sqlite3_stmt *row, struct err *err)
{
	SCOPED(stmt) sqlite3_stmt *st = sql_query(r->to, err, insert, "");
	bool failed = false;

	if (!st)
		return false;
	for (int i = 1; i < sqlite3_column_count(row); i++)
		sqlite3_bind_value(st, i, sqlite3_column_value(row, i));
	(void)sql_row(r->to, st, &failed, err);
	return !failed;
}

/* A place that cannot be read is skipped, ever further until reading succeeds again. */
static bool copy_table(struct rescue *r, const struct table *t, size_t *copied, struct err *err)
{
	SCOPED_STR marks = parameters(t);
	SCOPED_STR insert = mem_printf("INSERT OR IGNORE INTO %s(%s) VALUES(%s)", t->name, t->columns, marks);
	sqlite3_stmt *st = reading(r, t);
	int64_t at = INT64_MIN, skip = 1;
	bool ok = true;

	while (st && ok) {
		int rc = SQLITE_ROW;

		sqlite3_bind_int64(st, 1, at);
		while (ok && (rc = sqlite3_step(st)) == SQLITE_ROW) {
			at = sqlite3_column_int64(st, 0);
			skip = 1;
			ok = copy_row(r, insert, st, err);
			(*copied)++;
		}
		sqlite3_reset(st);
		if (rc == SQLITE_DONE || !ok)
			break;
		r->report->lost++;
		log_warn(LOG_STORE, "rescue of %s: %s", t->name, sqlite3_errmsg(r->from));
		if (!t->rowid || skip > INT64_MAX / 4 || (at > 0 && at > INT64_MAX - skip))
			break;
		at = at == INT64_MIN ? 0 : at + skip;
		skip *= 2;
	}
	sqlite3_finalize(st);
	return ok;
}

static bool copy_all(struct rescue *r, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		size_t copied = 0;

		if (!db_begin(r->to, true, err))
			return false;
		if (!copy_table(r, &tables[i], &copied, err)) {
			db_rollback(r->to);
			return false;
		}
		if (!db_commit(r->to, err))
			return false;
		if (str_eqc(str_c(tables[i].name), "mark"))
			r->report->marks = copied;
		else if (str_eqc(str_c(tables[i].name), "source"))
			r->report->sources = copied;
		else if (str_eqc(str_c(tables[i].name), "story"))
			r->report->stories = copied;
	}
	return sql_script(r->to,
	    "INSERT OR IGNORE INTO fts_todo(story) SELECT id FROM story;"
	    "INSERT OR IGNORE INTO related_todo(story) SELECT id FROM story;"
	    "INSERT INTO tally(source,n,unread,starred) SELECT source,sum(flags&4=0),sum(flags&5=0),"
	    "sum(flags&2<>0) FROM story GROUP BY source;"
	    "UPDATE story SET event=id WHERE event NOT IN (SELECT id FROM event) AND event<>id AND"
	    " NOT EXISTS(SELECT 1 FROM story s WHERE s.id=story.event);"
	    "INSERT OR REPLACE INTO meta(k,v) SELECT 'langs',sum(DISTINCT 1<<lang) FROM story WHERE lang<63",
	    err);
}

/* ---- setting aside ---- */

static bool move_file(const char *from, const char *to, const char *ending, struct err *err)
{
	SCOPED_STR a = mem_printf("%s%s", from, ending);
	SCOPED_STR b = mem_printf("%s%s", to, ending);

	if (rename(a, b) == 0 || (errno == ENOENT && *ending))
		return true;
	return err_errno(err, ERR_IO, _("the damaged database %s cannot be set aside"), from);
}

/* A name that is free: the date, then numbers. */
static char *name_aside(const char *path, int64_t now)
{
	struct date_parts d = date_split(now, true);
	char *name = NULL;

	for (int i = 1; i < MAX_NAMES; i++) {
		mem_free(name);
		name = mem_printf(i == 1 ? "%s.damaged-%04lld-%02d-%02d" : "%s.damaged-%04lld-%02d-%02d-%d",
		    path, (long long)d.year, d.month, d.day, i);
		if (!file_exists(name))
			return name;
	}
	return name;
}

/* The tick file is held by every instance that runs. */
static int hold_alone(const char *path, struct err *err)
{
	SCOPED_STR dir = path_dir(path);
	SCOPED_STR tick = path_join(dir, "tick");
	int fd = open(tick, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd < 0)
		err_errno(err, ERR_IO, _("the folder of %s cannot be written"), path);
	else
		err_set(err, ERR_BUSY, _("another courant has %s open; close it and try again"), path);
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool carry_over(const char *path, const char *aside, struct rescue_report *report, struct err *err)
{
	struct rescue r = {.report = report};
	bool ok;

	if (sqlite3_open_v2(aside, &r.from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		log_warn(LOG_STORE, "rescue: %s", sqlite3_errmsg(r.from));
	r.to = db_open(path, DB_CREATE, err);
	ok = r.to && copy_all(&r, err);
	db_close(r.to);
	sqlite3_close(r.from);
	return ok;
}

bool rescue_run(const char *path, int64_t now, struct arena *a, struct rescue_report *out, struct err *err)
{
	SCOPED_STR aside = name_aside(path, now);
	int lock = hold_alone(path, err);
	bool ok;

	*out = (struct rescue_report){0};
	if (lock < 0)
		return false;
	ok = move_file(path, aside, "", err) && move_file(path, aside, "-wal", err) &&
	     move_file(path, aside, "-shm", err);
	if (ok) {
		out->set_aside = arena_str(a, str_c(aside));
		ok = carry_over(path, aside, out, err);
	}
	close(lock);
	return ok;
}
