/* SPDX-License-Identifier: MIT */
/* Owns the way of a parsed feed into the store: which item is which story, what is new, what changed. Leaves
 * texts to story_text.c, the writing of new stories to put_rows.c, the source's row to source_db.c, marks to
 * marks.c. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "doc/codec.h"
#include "store/marks.h"
#include "store/put_priv.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "text/utf8.h"

#define MAX_ITEMS    100000
#define FUTURE_S     600 /* a date further ahead than this is taken for a mistake */
#define TITLE_BYTES  140 /* of a title made from the text */
#define URL_BYTES    4096
#define AUTHOR_BYTES 300
#define FULL_BYTES   1500 /* an encoded document under this is a teaser */
#define TAIL_BYTES   160
#define LANG_BYTES   240 /* some forty words: enough to tell a language by */

/* Kinds of what a guid is made of, so that an id that looks like an address is not one. */
enum guid_of { GUID_ID = 1, GUID_URL, GUID_WORDS };

static struct str first_of(struct str a, struct str b)
{
	return a.p && a.len ? a : b;
}

static struct str item_title(struct put *p, const struct item *it)
{
	struct str t = first_of(it->title, first_of(it->summary, it->content_text));

	if (!t.len)
		t = first_of(it->url, STR("-"));
	if (it->title.len || t.len <= TITLE_BYTES)
		return t;
	t = utf8_cut(t, TITLE_BYTES);
	return str_c(arena_printf(p->arena, "%.*s…", STR_ARG(t)));
}

static uint64_t hash_of(uint8_t kind, struct str text)
{
	return hash_stable_more(hash_stable(str_n((const char *)&kind, 1)), text);
}

int64_t put_guid_of_id(struct str id)
{
	return (int64_t)hash_of(GUID_ID, id);
}

static int64_t guid_hash(const struct item *it, struct str url_key, struct str title)
{
	uint8_t kind = it->id.len ? GUID_ID : url_key.len ? GUID_URL : GUID_WORDS;
	uint64_t h = hash_of(kind, kind == GUID_ID ? it->id : kind == GUID_URL ? url_key : title);

	if (kind == GUID_WORDS)
		h = hash_stable_more(h, first_of(it->summary, it->content_text));
	return (int64_t)h;
}

static int64_t item_published(const struct put *p, const struct item *it)
{
	int64_t t = it->published != TIME_NONE ? it->published : it->modified;

	return t == TIME_NONE || t > p->now + FUTURE_S ? p->now : t;
}

static enum lang item_lang(struct put *p, const struct item *it, struct str title)
{
	enum lang lang = lang_of_tag(it->language);

	if (lang == LANG_NONE)
		lang = lang_guess(utf8_cut(it->summary.len ? it->summary : title, LANG_BYTES), p->expected);
	if (lang == LANG_NONE)
		return p->lang;
	p->expected = lang;
	return lang;
}

static struct str authors(struct put *p, const struct item *it)
{
	struct buf all = BUF_MAX(AUTHOR_BYTES);
	struct str out;

	for (size_t i = 0; i < it->n_authors; i++) {
		if (!it->authors[i].name.len)
			continue;
		if (all.len)
			buf_adds(&all, ", ");
		buf_addstr(&all, it->authors[i].name);
	}
	out = all.len ? arena_str(p->arena, buf_str(&all)) : STR_NONE;
	buf_release(&all);
	return out;
}

static bool ends_cut(struct str doc)
{
	static const char *const marks[] = {"…", "...", "read more", "continue reading", "[more]"};
	struct str tail = doc.len > TAIL_BYTES ? str_skip(doc, doc.len - TAIL_BYTES) : doc;

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_find_nocase(tail, marks[i]) >= 0)
			return true;
	return false;
}

/* The document as given; plain text alone becomes one. */
static struct str item_doc(struct put *p, const struct item *it)
{
	if (it->doc.len || !it->content_text.len)
		return it->doc;
	SCOPED_PTR(doc) struct doc *d = doc_of_text(it->content_text);
	buf_reset(&p->doc);
	doc_encode(&p->doc, d);
	return p->doc.failed ? STR_NONE : buf_str(&p->doc);
}

static struct str bounded_url(struct str url)
{
	return url.len <= URL_BYTES ? url : STR_NONE;
}

void draft_keys(struct put *p, const struct item *it, struct draft *d)
{
	struct str url = bounded_url(first_of(it->url, it->external_url));
	struct str key = url.len ? url_key(p->arena, url) : STR_NONE;

	*d = (struct draft){.title = item_title(p, it),
	    .url = url,
	    .url_key = key,
	    .url_hash = key.len ? story_url_hash(key) : 0,
	    .dek = it->summary,
	    .published = item_published(p, it)};
	d->guid = guid_hash(it, key, d->title);
}

/* What is to be played comes before pictures that a feed attaches too. NULL: nothing is attached. */
static const struct attachment *main_file(const struct item *it)
{
	for (size_t i = 0; i < it->n_attachments; i++)
		if (str_starts_nocase(it->attachments[i].mime_type, "audio/") ||
		    str_starts_nocase(it->attachments[i].mime_type, "video/"))
			return &it->attachments[i];
	return it->n_attachments ? it->attachments : NULL;
}

/* The rest of the draft; its text stays valid until the next item's. */
static void draft_fill(struct put *p, const struct item *it, struct draft *d)
{
	struct story_text text = {.dek = it->summary, .doc = item_doc(p, it)};

	const struct attachment *file = main_file(it);

	if (file) {
		text.enclosure_url = bounded_url(file->url);
		text.enclosure_type = file->mime_type;
	}
	d->author = authors(p, it);
	d->comments = bounded_url(it->comments_url);
	d->doc = text.doc;
	if (text.doc.len)
		d->flags |=
		    STORY_HAS_TEXT | (text.doc.len >= FULL_BYTES && !ends_cut(text.doc) ? STORY_FULL : 0u);
	if (!text.dek.len && !text.doc.len && !text.enclosure_url.len)
		return;
	buf_reset(&p->raw);
	story_text_encode(&p->raw, &text);
	d->raw = p->raw.failed ? STR_NONE : buf_str(&p->raw);
}

static bool insert(struct put *p, const struct draft *d, struct err *err)
{
	if (!rows_add(p, d, err))
		return false;
	vec_push(&p->present, p->last_id);
	vec_push(&p->added, ((struct story_id){p->last_id}));
	p->langs |= (uint64_t)1 << d->lang;
	headline_note(p, p->last_id, d);
	return true;
}

static void subject_of(const struct put *p, const struct draft *d, struct story *s)
{
	*s = (struct story){.row = {.source = p->source,
	                        .published = d->published,
	                        .fetched = p->now,
	                        .flags = d->flags,
	                        .lang = d->lang,
	                        .title = d->title,
	                        .snippet = STR("")},
	    .url = d->url,
	    .author = d->author,
	    .comments = d->comments,
	    .dek = d->dek,
	    .source_name = p->source_name,
	    .section = p->section};
}

static bool apply_verdict(struct put *p, const struct put_verdict *v, struct err *err)
{
	int64_t id = p->last_id, at = p->now * 1000;
	bool any = v->hide || v->star || v->read || v->n_tags;
	bool ok = (!any || rows_ensure(p, id, err)) &&
	          (!v->hide || mark_by_rule(p->db, id, MARK_HIDDEN, STR_NONE, at, err)) &&
	          (!v->star || mark_by_rule(p->db, id, MARK_STAR, STR_NONE, at, err)) &&
	          (!v->read || mark_by_rule(p->db, id, MARK_READ, STR_NONE, at, err));

	for (size_t i = 0; ok && i < v->n_tags; i++)
		ok = mark_by_rule(p->db, id, MARK_TAG, v->tags[i], at, err);
	return ok;
}

static bool put_new(struct put *p, const struct item *it, struct draft *d, struct err *err)
{
	struct put_verdict verdict = {0};

	d->lang = item_lang(p, it, d->title);
	if (p->ctx->rules) {
		struct story subject;

		subject_of(p, d, &subject);
		p->ctx->rules(p->ctx->rules_arg, &subject, draft_body(p, d), &verdict);
	}
	if (!insert(p, d, err))
		return false;
	return apply_verdict(p, &verdict, err);
}

static bool put_known(struct put *p, const struct known *k, const struct draft *d, struct err *err)
{
	bool changed;

	vec_push(&p->present, k->id);
	if (!known_update(p, k, d, &changed, err))
		return false;
	if (changed)
		vec_push(&p->changed, ((struct story_id){k->id}));
	else
		p->out->n_same++;
	return true;
}

static bool put_item(struct put *p, const struct item *it, struct draft *d, struct err *err)
{
	struct known k;

	if (!known_find(p, d, &k, err))
		return false;
	draft_fill(p, it, d);
	if (k.id)
		return put_known(p, &k, d, err);
	if (p->any_gone &&
	    sql_i64(p->db, 0, "SELECT 1 FROM gone WHERE source=? AND guid=?", "ii", p->source.v, d->guid)) {
		p->out->n_dropped++;
		return true;
	}
	return put_new(p, it, d, err);
}

/* Expired stories are remembered while their feed still names them. */
static bool forget_gone(struct put *p, struct err *err)
{
	bool failed = false, ok;
	sqlite3_stmt *st;
	struct {
		VEC(int64_t);
	} dropped = {0};

	if (!p->any_gone || p->ctx->partial)
		return true;
	st = sql_query(p->db, err, "SELECT guid FROM gone WHERE source=?", "i", p->source.v);
	while (st && sql_row(p->db, st, &failed, err)) {
		uint64_t unused;

		if (!imap_get(&p->guids, (uint64_t)sql_int(st, 0), &unused))
			vec_push(&dropped, sql_int(st, 0));
	}
	stmt_release(&st);
	ok = st && !failed;
	for (size_t i = 0; ok && i < dropped.n; i++)
		ok = sql_exec(p->db, err, "DELETE FROM gone WHERE source=? AND guid=?", "ii", p->source.v,
		    dropped.v[i]);
	vec_free(&dropped);
	return ok;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static bool note_present(struct put *p, struct err *err)
{
	size_t n = 0;

	if (p->ctx->partial)
		return true;
	vec_sort(&p->present, by_number);
	for (size_t i = 0; i < p->present.n; i++)
		if (n == 0 || p->present.v[i] != p->present.v[n - 1])
			p->present.v[n++] = p->present.v[i];
	return source_items_set(p->db, p->source, p->present.v, n, p->added.n, p->now, err);
}

static bool note_langs(struct put *p, struct err *err)
{
	int64_t known = db_meta_i64(p->db, "langs", 0), all = known | (int64_t)p->langs;

	return all == known || db_meta_set_i64(p->db, "langs", all, err);
}

/* Feeds list the newest first: from the back, so that it gets the highest id. */
static bool put_all(struct put *p, struct err *err)
{
	if (!put_start(p, err))
		return false;
	for (size_t i = p->n_items; i-- > 0;)
		if (!put_item(p, &p->feed->items[i], &p->drafts[i], err))
			return false;
	if (!rows_flush(p, err))
		return false;
	put_also(p);
	return forget_gone(p, err) && note_present(p, err) && note_langs(p, err) &&
	       source_done(p->db, p->source, &p->ctx->answer, err);
}

static struct story_id *keep_ids(struct arena *a, const struct story_id *v, size_t n)
{
	struct story_id *out = arena_array(a, n ? n : 1, sizeof *out);

	if (n)
		memcpy(out, v, n * sizeof *out);
	return out;
}

bool store_put_feed(struct db *db, struct source_id source, const struct feed *feed,
    const struct put_context *ctx, struct arena *a, struct put_result *out, struct err *err)
{
	struct put p = {.db = db,
	    .source = source,
	    .feed = feed,
	    .ctx = ctx,
	    .arena = arena_new(),
	    .out = out,
	    .now = ctx->answer.now,
	    .n_items = feed->n_items < MAX_ITEMS ? feed->n_items : MAX_ITEMS,
	    .doc = BUF_MAX(TEXT_MAX),
	    .raw = BUF_MAX(TEXT_MAX),
	    .packed = BUF_MAX(2 * TEXT_MAX)};
	bool own, ok;

	*out = (struct put_result){0};
	ok = db_own_begin(db, false, &own, err) && db_own_end(db, own, put_all(&p, err), err);
	out->n_new = p.added.n;
	out->n_changed = p.changed.n;
	out->new_ids = keep_ids(a, p.added.v, p.added.n);
	out->changed_ids = keep_ids(a, p.changed.v, p.changed.n);
	put_release(&p);
	return ok;
}
