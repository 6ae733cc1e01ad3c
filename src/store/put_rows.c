/* SPDX-License-Identifier: MIT */
/* Owns the writing of new stories: they are gathered, and stand as a table of their own ("arrivals") from
 * which one statement for each table takes them all. To begin, to bind and to end a statement for each story
 * would cost as much as the writing. Leaves the question what is new to put.c. */
#include "store/put_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/db_priv.h"

#define ROWS_MAX  128
#define ROWS_SIZE ((size_t)512 << 10) /* packed texts that wait */

enum column {
	COL_ID,
	COL_SOURCE,
	COL_GUID,
	COL_URLH,
	COL_PUBLISHED,
	COL_FETCHED,
	COL_FLAGS,
	COL_LANG,
	COL_URL,
	COL_TITLE,
	COL_AUTHOR,
	COL_COMMENTS,
	COL_DICT,
	COL_Z
};
static const char declaration[] =
    "CREATE TABLE "
    "arrivals(id,source,guid,urlh,published,fetched,flags,lang,url,title,author,comments,dict,z)";

struct cursor {
	sqlite3_vtab_cursor base; /* first */
	const struct put *put;
	size_t at;
};
struct table {
	sqlite3_vtab base; /* first */
	struct db *db;
};

/* ---- the table of those that wait ---- */

static int table_connect(
    sqlite3 *raw, void *arg, int argc, const char *const *argv, sqlite3_vtab **out, char **message)
{
	struct table *t = mem_new(struct table);
	int rc = sqlite3_declare_vtab(raw, declaration);

	(void)argc;
	(void)argv;
	(void)message;
	t->db = arg;
	if (rc != SQLITE_OK) {
		mem_free(t);
		return rc;
	}
	*out = &t->base;
	return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *base)
{
	mem_free(base);
	return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
	(void)base;
	info->estimatedRows = ROWS_MAX;
	info->estimatedCost = ROWS_MAX;
	return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
	struct cursor *c = mem_new(struct cursor);

	(void)base;
	*out = &c->base;
	return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *base)
{
	mem_free(base);
	return SQLITE_OK;
}

static int cursor_start(sqlite3_vtab_cursor *base, int plan, const char *text, int n, sqlite3_value **values)
{
	struct cursor *c = (struct cursor *)base;
	const struct table *t = (const struct table *)base->pVtab;

	(void)plan;
	(void)text;
	(void)n;
	(void)values;
	c->put = t->db->arrivals;
	c->at = 0;
	return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base)
{
	((struct cursor *)base)->at++;
	return SQLITE_OK;
}

static int cursor_ended(sqlite3_vtab_cursor *base)
{
	const struct cursor *c = (const struct cursor *)base;

	return !c->put || c->at >= c->put->rows.n;
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	const struct cursor *c = (const struct cursor *)base;

	*out = c->put->rows.v[c->at].id;
	return SQLITE_OK;
}

static void give_text(sqlite3_context *ctx, struct str s)
{
	if (s.p)
		sqlite3_result_text64(ctx, s.p, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void give_draft(sqlite3_context *ctx, const struct draft *d, int column)
{
	const struct str texts[] = {d->url, d->title, d->author, d->comments};
	const int64_t numbers[] = {[COL_GUID] = d->guid,
	    [COL_URLH] = d->url_hash,
	    [COL_PUBLISHED] = d->published,
	    [COL_FLAGS] = (int64_t)d->flags,
	    [COL_LANG] = (int64_t)d->lang};

	if (column >= COL_URL)
		give_text(ctx, texts[column - COL_URL]);
	else
		sqlite3_result_int64(ctx, numbers[column]);
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *ctx, int column)
{
	const struct cursor *c = (const struct cursor *)base;
	const struct put *p = c->put;
	const struct put_row *row = &p->rows.v[c->at];

	switch (column) {
	case COL_ID:
		sqlite3_result_int64(ctx, row->id);
		break;
	case COL_SOURCE:
		sqlite3_result_int64(ctx, p->source.v);
		break;
	case COL_FETCHED:
		sqlite3_result_int64(ctx, p->now);
		break;
	case COL_DICT:
		sqlite3_result_int64(ctx, row->dict);
		break;
	case COL_Z:
		if (row->has_text)
			sqlite3_result_blob64(ctx, p->packed.data + row->at, row->len, SQLITE_STATIC);
		break;
	default:
		give_draft(ctx, row->draft, column);
	}
	return SQLITE_OK;
}

bool arrivals_register(struct db *db, struct err *err)
{
	static const sqlite3_module module = {.xConnect = table_connect,
	    .xDisconnect = table_disconnect,
	    .xBestIndex = table_plan,
	    .xOpen = cursor_open,
	    .xClose = cursor_close,
	    .xFilter = cursor_start,
	    .xNext = cursor_next,
	    .xEof = cursor_ended,
	    .xColumn = cursor_column,
	    .xRowid = cursor_rowid};

	return sqlite3_create_module(db->raw, "arrivals", &module, db) == SQLITE_OK || sql_fail(db, err);
}

/* ---- gathering and writing ---- */

static bool write_tally(struct put *p, struct err *err)
{
	int64_t n = 0, unread = 0, starred = 0;

	VEC_EACH (const struct put_row, row, &p->rows) {
		uint32_t flags = row->draft->flags;

		n += !(flags & STORY_HIDDEN);
		unread += !(flags & (STORY_HIDDEN | STORY_READ));
		starred += (flags & STORY_STARRED) != 0;
	}
	return sql_exec(p->db, err,
	    "INSERT INTO tally(source,n,unread,starred) VALUES(?,?,?,?)"
	    " ON CONFLICT(source) DO UPDATE SET n=n+excluded.n,unread=unread+excluded.unread,"
	    "starred=starred+excluded.starred",
	    "iiii", p->source.v, n, unread, starred);
}

/* FAIL: without the journal of one statement; a failure takes the whole transaction back anyway. */
static bool write_rows(struct db *db, struct err *err)
{
	return sql_exec(db, err,
	           "INSERT OR FAIL INTO story(id,source,guid,urlh,published,fetched,event,flags,lang,url,"
	           "title,author,comments) SELECT id,source,guid,urlh,published,fetched,id,flags,lang,url,"
	           "title,author,comments FROM arrivals",
	           "") &&
	       sql_exec(db, err,
	           "INSERT OR REPLACE INTO text(story,dict,z)"
	           " SELECT id,dict,z FROM arrivals WHERE z IS NOT NULL",
	           "") &&
	       sql_exec(db, err, "INSERT OR IGNORE INTO fts_todo(story) SELECT id FROM arrivals", "") &&
	       sql_exec(db, err, "INSERT OR IGNORE INTO related_todo(story) SELECT id FROM arrivals", "");
}

bool rows_flush(struct put *p, struct err *err)
{
	bool ok;

	if (!p->rows.n)
		return true;
	p->db->arrivals = p;
	ok = write_rows(p->db, err) && write_tally(p, err);
	p->db->arrivals = NULL;
	vec_clear(&p->rows);
	buf_reset(&p->packed);
	return ok;
}

bool rows_add(struct put *p, const struct draft *d, struct err *err)
{
	struct put_row row = {.id = ++p->last_id, .draft = d, .at = p->packed.len};

	if (d->raw.p) {
		struct buf z = BUF_MAX(TEXT_MAX + (TEXT_MAX >> 6));
		bool ok = text_pack(p->db, d->raw, &z, &row.dict, err);

		row.has_text = ok;
		row.len = z.len;
		if (ok && !buf_addstr(&p->packed, buf_str(&z)))
			ok = err_set(err, ERR_LIMIT, _("a text is too large to be stored"));
		buf_release(&z);
		if (!ok)
			return false;
	}
	vec_push(&p->rows, row);
	return (p->rows.n < ROWS_MAX && p->packed.len < ROWS_SIZE) || rows_flush(p, err);
}

bool rows_ensure(struct put *p, int64_t id, struct err *err)
{
	return !p->rows.n || id < p->rows.v[0].id || rows_flush(p, err);
}
