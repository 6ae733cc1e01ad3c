/* SPDX-License-Identifier: MIT */
/* Owns the reading of one story: whole, by address, as plain words. Leaves writing to put.c and pages to
 * article_db.c. */
#include "store/story_db.h"

#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/vec.h"
#include "doc/article.h"
#include "doc/codec.h"
#include "doc/out.h"
#include "store/sql.h"
#include "store/story_priv.h"
#include "store/text_db.h"
#include "text/url.h"

#define WORDS_BYTES ((size_t)4 << 20) /* plain text of one story */

static bool read_row(struct db *db, int64_t id, struct arena *a, struct story *s, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT s.source,s.event,s.published,s.fetched,s.flags,s.lang,s.copy_of,s.title,s.url,s.author,"
	    "s.comments,c.name,c.section FROM story s LEFT JOIN source c ON c.id=s.source WHERE s.id=?",
	    "i", id);

	if (!st)
		return false;
	if (!sql_row(db, st, &failed, err))
		return !failed && err_set(err, ERR_NOT_FOUND, _("there is no story %lld"), (long long)id);
	*s = (struct story){.row = {.id = {id},
	                        .source = {sql_int(st, 0)},
	                        .event = {sql_int(st, 1)},
	                        .published = sql_int(st, 2),
	                        .fetched = sql_int(st, 3),
	                        .flags = (uint32_t)sql_int(st, 4),
	                        .lang = (enum lang)sql_int(st, 5),
	                        .title = arena_str(a, sql_text(st, 7)),
	                        .snippet = STR("")},
	    .copy_of = {sql_int(st, 6)},
	    .url = arena_str(a, sql_text(st, 8)),
	    .author = arena_str(a, sql_text(st, 9)),
	    .comments = arena_str(a, sql_text(st, 10)),
	    .source_name = arena_str(a, sql_text(st, 11)),
	    .section = arena_str(a, sql_text(st, 12))};
	return true;
}

static bool read_event(struct db *db, struct story_row *r, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT count(*),count(DISTINCT source),total(flags&1=0),max(published) FROM story"
	    " WHERE event=? AND flags&4=0",
	    "i", r->event.v);

	if (st && sql_row(db, st, &failed, err)) {
		r->event_size = (uint32_t)sql_int(st, 0);
		r->event_outlets = (uint32_t)sql_int(st, 1);
		r->event_unread = (uint32_t)sql_int(st, 2);
		r->event_newest = sql_int(st, 3);
	}
	return st && !failed;
}

static bool read_tags(struct db *db, struct arena *a, struct story *s, struct err *err)
{
	bool failed = false;
	sqlite3_stmt *st;
	struct {
		VEC(struct str);
	} tags = {0};

	if (!(s->row.flags & STORY_TAGGED))
		return true;
	st = sql_query(db, err,
	    "SELECT t.name FROM mark m JOIN tag t ON t.id=m.tag WHERE m.story=? AND m.kind=3 AND m.is_on"
	    " ORDER BY t.name",
	    "i", s->row.id.v);
	while (st && sql_row(db, st, &failed, err))
		vec_push(&tags, arena_str(a, sql_text(st, 0)));
	stmt_release(&st);
	s->n_tags = tags.n;
	s->tags = tags.n ? arena_array(a, tags.n, sizeof *s->tags) : NULL;
	if (tags.n)
		memcpy(s->tags, tags.v, tags.n * sizeof *s->tags);
	vec_free(&tags);
	return st && !failed;
}

static bool read_text(struct db *db, struct arena *a, struct story *s, struct err *err)
{
	struct buf raw = BUF_MAX(TEXT_MAX + 1);
	struct story_text text = {0};
	bool ok = story_text_load(db, s->row.id.v, &raw, &text, err);

	if (ok) {
		s->dek = arena_str(a, text.dek);
		s->enclosure_url = arena_str(a, text.enclosure_url);
		s->enclosure_type = arena_str(a, text.enclosure_type);
		s->feed_doc = text.doc.len ? arena_str(a, text.doc) : STR_NONE;
	}
	buf_release(&raw);
	return ok;
}

static bool read_page(struct db *db, struct arena *a, struct story *s, struct err *err)
{
	struct article_version page;
	struct err trouble = {0};

	if (!article_load(db, s->row.id, 0, a, &page, &trouble)) {
		if (err && trouble.code != ERR_NOT_FOUND)
			*err = trouble;
		return trouble.code == ERR_NOT_FOUND; /* most stories have no page */
	}
	s->page_doc = page.encoded;
	s->page_at = page.at;
	return true;
}

bool story_load(struct db *db, struct story_id id, struct arena *a, struct story *out, struct err *err)
{
	bool ok;

	if (!db_read_begin(db, err))
		return false;
	ok = read_row(db, id.v, a, out, err) && read_event(db, &out->row, err) &&
	     read_tags(db, a, out, err) && read_text(db, a, out, err) && read_page(db, a, out, err);
	db_read_end(db);
	return ok;
}

int64_t story_url_hash(struct str key)
{
	ptrdiff_t slash = str_chr(key, '/');
	uint64_t host = hash_stable(slash < 0 ? key : str_sub(key, 0, (size_t)slash));

	return (int64_t)((host & ~(uint64_t)UINT32_MAX) | (hash_stable(key) & UINT32_MAX));
}

struct story_id story_by_url(struct db *db, struct str url)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str key = url_key(a, url);
	bool failed = false;

	if (!key.len)
		return STORY_NONE;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(
	    db, NULL, "SELECT id,url FROM story WHERE urlh=? ORDER BY id DESC", "i", story_url_hash(key));
	while (st && sql_row(db, st, &failed, NULL))
		if (str_eq(url_key(a, sql_text(st, 1)), key))
			return (struct story_id){sql_int(st, 0)};
	return STORY_NONE;
}

static struct str plain(struct arena *a, const struct doc *d)
{
	struct buf text = BUF_MAX(WORDS_BYTES);
	struct str out;

	if (d)
		doc_out_text(&text, d, 0);
	out = text.len ? arena_str(a, buf_str(&text)) : STR("");
	buf_release(&text);
	return out;
}

static struct str page_text(struct arena *a, struct str encoded)
{
	SCOPED_PTR(article) struct article *page = encoded.len ? article_decode(encoded, NULL) : NULL;

	if (!page || (page->state != PAGE_ARTICLE && page->state != PAGE_CUT))
		return STR("");
	return plain(a, page->doc);
}

static struct str feed_text(struct arena *a, struct str encoded)
{
	SCOPED_PTR(doc) struct doc *d = encoded.len ? doc_decode(encoded, NULL) : NULL;

	return plain(a, d);
}

bool story_load_words(struct db *db, struct story_id id, struct arena *a, struct story *s,
    struct story_words *out, struct err *err)
{
	struct str feed, page;

	if (!read_row(db, id.v, a, s, err) || !read_tags(db, a, s, err) || !read_text(db, a, s, err))
		return false;
	if (s->row.flags & STORY_HAS_TEXT && !read_page(db, a, s, err))
		return false;
	feed = feed_text(a, s->feed_doc);
	page = page_text(a, s->page_doc);
	*out = (struct story_words){.title = s->row.title,
	    .dek = s->dek.p ? s->dek : STR(""),
	    .body = page.len > feed.len ? page : feed,
	    .lang = s->row.lang,
	    .source = s->row.source,
	    .published = s->row.published,
	    .flags = s->row.flags};
	return true;
}

bool story_words(struct db *db, struct story_id id, struct arena *a, struct story_words *out, struct err *err)
{
	struct story s;

	return story_load_words(db, id, a, &s, out, err);
}

uint64_t story_words_hash(const struct story_words *w)
{
	return hash_stable_more(hash_stable_more(hash_stable(w->title), w->dek), w->body) | 1;
}

bool story_words_same(struct db *db, int64_t version, const struct story_print *v, size_t n)
{
	SCOPED_PTR(arena) struct arena *a = NULL;

	if (db_data_version(db) == version)
		return true;
	a = arena_new();
	for (size_t i = 0; i < n; i++) {
		struct story_words w;
		bool found = story_words(db, (struct story_id){v[i].id}, a, &w, NULL);

		if ((found ? story_words_hash(&w) : 0) != v[i].words)
			return false;
		arena_reset(a);
	}
	return true;
}
