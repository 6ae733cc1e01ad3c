/* SPDX-License-Identifier: MIT */
/* Owns the question which stored story an item is, and the update of one that changed. */
#include "store/put_priv.h"

#include <string.h>

#include "base/hash.h"
#include "doc/codec.h"
#include "doc/out.h"
#include "store/sql.h"
#include "text/fold.h"

#define HEADLINES  100 /* newest stories of the source whose headlines are compared */
#define BODY_BYTES ((size_t)4 << 20)

/* Hashes of the document's own guids and addresses: an address that several items share names none of them.
 */
static void look_over(struct put *p)
{
	p->drafts = arena_array(p->arena, p->n_items ? p->n_items : 1, sizeof *p->drafts);
	for (size_t i = 0; i < p->n_items; i++) {
		struct draft *d = &p->drafts[i];

		draft_keys(p, &p->feed->items[i], d);
		(*imap_at(&p->guids, (uint64_t)d->guid))++;
		if (d->url_hash)
			(*imap_at(&p->urls, (uint64_t)d->url_hash))++;
	}
	if (p->feed->home_page_url.len) {
		struct str home = url_key(p->arena, p->feed->home_page_url);

		if (home.len)
			(*imap_at(&p->urls, (uint64_t)story_url_hash(home))) += 2;
	}
}

bool put_start(struct put *p, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(p->db, err, "SELECT name,section FROM source WHERE id=?", "i", p->source.v);

	if (!st)
		return false;
	if (!sql_row(p->db, st, &failed, err))
		return !failed && err_set(err, ERR_NOT_FOUND, "no source %lld", (long long)p->source.v);
	p->source_name = arena_str(p->arena, sql_text(st, 0));
	p->section = arena_str(p->arena, sql_text(st, 1));
	p->last_id = sql_i64(p->db, 0, "SELECT seq FROM sqlite_sequence WHERE name='story'", "");
	p->any_gone = sql_i64(p->db, 0, "SELECT 1 FROM gone WHERE source=? LIMIT 1", "i", p->source.v) != 0;
	p->any_stored =
	    sql_i64(p->db, 0, "SELECT 1 FROM story WHERE source=? LIMIT 1", "i", p->source.v) != 0;
	p->lang = p->expected = lang_of_tag(p->feed->language);
	look_over(p);
	return true;
}

void put_release(struct put *p)
{
	imap_release(&p->guids);
	imap_release(&p->urls);
	imap_release(&p->headlines);
	buf_release(&p->doc);
	buf_release(&p->raw);
	buf_release(&p->packed);
	vec_free(&p->rows);
	vec_free(&p->present);
	vec_free(&p->added);
	vec_free(&p->changed);
	arena_free(p->arena);
}

#define KNOWN "SELECT id,title,url,author,comments,guid FROM story "

static void read_known(struct put *p, sqlite3_stmt *st, struct known *k)
{
	*k = (struct known){.id = sql_int(st, 0),
	    .title = arena_str(p->arena, sql_text(st, 1)),
	    .url = arena_str(p->arena, sql_text(st, 2)),
	    .author = arena_str(p->arena, sql_text(st, 3)),
	    .comments = arena_str(p->arena, sql_text(st, 4)),
	    .guid = sql_int(st, 5)};
}

static bool by_guid(struct put *p, const struct draft *d, struct known *k, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(p->db, err, KNOWN "WHERE source=? AND guid=?", "ii", p->source.v, d->guid);

	if (st && sql_row(p->db, st, &failed, err))
		read_known(p, st, k);
	return st && !failed;
}

/* A feed that renames its ids keeps its addresses. A stored story whose own id is in this document too is
 * another. */
static bool by_url(struct put *p, const struct draft *d, struct known *k, struct err *err)
{
	bool failed = false;
	uint64_t times = 0;

	if (!d->url_hash || (imap_get(&p->urls, (uint64_t)d->url_hash, &times) && times > 1))
		return true;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(
	    p->db, err, KNOWN "WHERE urlh=? AND source=? ORDER BY id DESC", "ii", d->url_hash, p->source.v);
	while (st && !k->id && sql_row(p->db, st, &failed, err)) {
		uint64_t unused;
		struct str url = sql_text(st, 2);

		if (!imap_get(&p->guids, (uint64_t)sql_int(st, 5), &unused) &&
		    str_eq(url_key(p->arena, url), d->url_key))
			read_known(p, st, k);
	}
	return st && !failed;
}

/* Folded words as one number; 0: there are none. */
static uint64_t words_key(struct str words)
{
	struct buf folded = BUF_MAX((size_t)256 << 10);
	uint64_t key = 0;

	if (fold_headline(&folded, words) && folded.len)
		key = hash_stable(buf_str(&folded)) | 1;
	buf_release(&folded);
	return key;
}

void headline_note(struct put *p, int64_t id, const struct draft *d)
{
	if (d->dek.len)
		imap_put(&p->headlines, d->title_key, (uint64_t)id);
}

static bool read_headlines(struct put *p, struct err *err)
{
	bool failed = false;
	uint64_t unused;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(p->db, err,
	    "SELECT id,title FROM story WHERE source=? AND flags&4=0 ORDER BY published DESC,id DESC LIMIT ?",
	    "ii", p->source.v, (int64_t)HEADLINES);

	p->headlines_read = true;
	while (st && sql_row(p->db, st, &failed, err)) {
		uint64_t key = words_key(sql_text(st, 1));

		if (!imap_get(&p->headlines, key, &unused))
			imap_put(&p->headlines, key, (uint64_t)sql_int(st, 0));
	}
	return st && !failed;
}

static bool by_id(struct put *p, int64_t id, struct known *k, struct err *err)
{
	bool failed = false;
	SCOPED(stmt) sqlite3_stmt *st = sql_query(p->db, err, KNOWN "WHERE id=?", "i", id);

	if (st && sql_row(p->db, st, &failed, err))
		read_known(p, st, k);
	return st && !failed;
}

/* Bare headlines ("Weather") come every day: without a lead there is no such likeness. */
static bool by_headline(struct put *p, struct draft *d, struct known *k, struct err *err)
{
	uint64_t id, unused;
	struct story_text text;
	bool ok, same;

	if (!d->dek.len)
		return true;
	d->title_key = words_key(d->title);
	if (!p->headlines_read && p->any_stored && !read_headlines(p, err))
		return false;
	if (!imap_get(&p->headlines, d->title_key, &id))
		return true;
	ok = rows_ensure(p, (int64_t)id, err) && story_text_load(p->db, (int64_t)id, &p->raw, &text, err);
	same = ok && text.dek.len && words_key(text.dek) == words_key(d->dek);
	if (!same)
		return ok;
	if (!by_id(p, (int64_t)id, k, err))
		return false;
	k->only_words = imap_get(&p->guids, (uint64_t)k->guid, &unused);
	return true;
}

bool known_find(struct put *p, struct draft *d, struct known *out, struct err *err)
{
	uint64_t times = 0;
	bool repeated;

	*out = (struct known){0};
	/* of a source without stories only an item of this document can be the same */
	repeated = imap_get(&p->guids, (uint64_t)d->guid, &times) && times > 1;
	if (repeated && !rows_flush(p, err))
		return false;
	if ((p->any_stored || repeated) && !by_guid(p, d, out, err))
		return false;
	if (!out->id && p->any_stored && !by_url(p, d, out, err))
		return false;
	if (out->id)
		return true;
	return by_headline(p, d, out, err);
}

static bool same_text(struct put *p, int64_t id, const struct draft *d, bool *same, struct err *err)
{
	struct buf raw = BUF_MAX(TEXT_MAX + 1);
	struct story_text text;
	bool ok = story_text_load(p->db, id, &raw, &text, err);

	/* a document that lost its text (a feed cut to headlines for a day) takes nothing away */
	*same = ok && (!d->raw.p || str_eq(buf_str(&raw), d->raw));
	buf_release(&raw);
	return ok;
}

static bool same_row(const struct known *k, const struct draft *d)
{
	return k->guid == d->guid && str_eq(k->title, d->title) && (!d->url.len || str_eq(k->url, d->url)) &&
	       (!d->author.len || str_eq(k->author, d->author)) &&
	       (!d->comments.len || str_eq(k->comments, d->comments));
}

bool known_update(struct put *p, const struct known *k, const struct draft *d, bool *changed, struct err *err)
{
	bool text_same = true, row_same = same_row(k, d);

	*changed = false;
	if (k->only_words)
		return true;
	if (!same_text(p, k->id, d, &text_same, err))
		return false;
	if (text_same && row_same)
		return true;
	*changed = !text_same || !str_eq(k->title, d->title);
	if (*changed && !fts_forget(p->db, k->id, err))
		return false;
	if (!sql_exec(p->db, err,
	        "UPDATE story SET title=?,url=coalesce(?,url),urlh=CASE WHEN ?4 THEN ?4 ELSE urlh END,"
	        "author=coalesce(?5,author),comments=coalesce(?6,comments),flags=flags|?7,guid=?8 WHERE "
	        "id=?3",
	        "ssiissii", d->title, d->url.len ? d->url : STR_NONE, k->id, d->url_hash, d->author,
	        d->comments.len ? d->comments : STR_NONE, (int64_t)d->flags, d->guid))
		return false;
	if (!text_same && !story_text_save(p->db, k->id, d->raw, err))
		return false;
	return !*changed || fts_await(p->db, k->id, err);
}

struct str draft_body(struct put *p, const struct draft *d)
{
	struct buf text = BUF_MAX(BODY_BYTES);
	struct str out;
	SCOPED_PTR(doc) struct doc *doc = d->doc.len ? doc_decode(d->doc, NULL) : NULL;

	if (doc)
		doc_out_text(&text, doc, 0);
	out = text.len ? arena_str(p->arena, buf_str(&text)) : d->dek.p ? d->dek : STR("");
	buf_release(&text);
	return out;
}
