/* SPDX-License-Identifier: MIT */
/* Owns compression: zstd frames, the dictionaries and their training. Leaves what a text holds to
 * text_codec.c. */
#include "store/text_db.h"

#include <stdlib.h>
#include <string.h>
#include <zdict.h>
#include <zstd.h>

#include "base/i18n.h"
#include "base/vec.h"
#include "store/db_priv.h"
#include "store/source_priv.h"

#define LEVEL        3 /* with a dictionary */
#define LEVEL_ALONE  1 /* small texts alone gain 1 % by 3, at half as much time again */
#define DICT_BYTES   ((size_t)110 << 10)
#define SAMPLES      2000
#define SAMPLE_BYTES ((size_t)16 << 10) /* of one text; longer ones are cut */
#define GROWTH       4                  /* trained again when the store has so many times the stories */
#define MAX_DICTS    16
#define STORED_AS_IS -1 /* `dict` of a text that compression would not shrink */

struct dict {
	int64_t id;
	ZSTD_CDict *pack;
	ZSTD_DDict *unpack;
};

struct texts {
	ZSTD_CCtx *pack;
	ZSTD_DCtx *unpack;
	struct dict dicts[MAX_DICTS];
	size_t n_dicts;
	int64_t newest; /* id for packing; 0: none */
};

static void texts_drop(void *value)
{
	struct texts *t = value;

	for (size_t i = 0; i < t->n_dicts; i++) {
		ZSTD_freeCDict(t->dicts[i].pack);
		ZSTD_freeDDict(t->dicts[i].unpack);
	}
	ZSTD_freeCCtx(t->pack);
	ZSTD_freeDCtx(t->unpack);
	mem_free(t);
}

static void find_newest(struct db *db, struct texts *t)
{
	t->newest = sql_i64(db, 0, "SELECT max(id) FROM dict WHERE z IS NOT NULL", "");
}

static struct texts *texts_of(struct db *db)
{
	struct db_extra *extra = &db->extras[DB_EXTRA_TEXT];
	struct texts *t = extra->value;

	if (t)
		return t;
	t = mem_new(struct texts);
	find_newest(db, t);
	*extra = (struct db_extra){.value = t, .drop = texts_drop};
	return t;
}

static struct dict *dict_of(struct db *db, struct texts *t, int64_t id, struct err *err)
{
	bool failed = false;
	struct dict *d = NULL;

	for (size_t i = 0; i < t->n_dicts; i++)
		if (t->dicts[i].id == id)
			return &t->dicts[i];
	SCOPED(stmt) sqlite3_stmt *st = sql_query(db, err, "SELECT z FROM dict WHERE id=?", "i", id);
	if (st && t->n_dicts < MAX_DICTS && sql_row(db, st, &failed, err)) {
		struct str z = sql_blob(st, 0);

		d = &t->dicts[t->n_dicts++];
		d->id = id;
		d->unpack = ZSTD_createDDict(z.p, z.len);
		if (!db->readonly && id == t->newest)
			d->pack = ZSTD_createCDict(z.p, z.len, LEVEL);
	}
	if (!d && st && !failed) {
		err_set(err, ERR_DB, _("a text of the database %s cannot be unpacked"), db->path);
		err_detail(err, "damaged: no dictionary %lld", (long long)id);
	}
	return d;
}

static size_t pack_with(struct texts *t, const struct dict *d, struct str raw, struct buf *out)
{
	size_t room = ZSTD_compressBound(raw.len), n;

	buf_reset(out);
	if (!buf_reserve(out, room))
		return 0;
	ZSTD_CCtx_reset(t->pack, ZSTD_reset_session_and_parameters);
	ZSTD_CCtx_setParameter(t->pack, ZSTD_c_compressionLevel, d && d->pack ? LEVEL : LEVEL_ALONE);
	ZSTD_CCtx_setParameter(t->pack, ZSTD_c_dictIDFlag, 0);
	if (d && d->pack)
		ZSTD_CCtx_refCDict(t->pack, d->pack);
	n = ZSTD_compress2(t->pack, out->data, room, raw.p, raw.len);
	if (ZSTD_isError(n))
		return 0;
	out->len = n;
	return n;
}

static bool pack_as_is(struct str raw, struct buf *out, int64_t *dict, struct err *err)
{
	buf_reset(out);
	*dict = STORED_AS_IS;
	return buf_addstr(out, raw) || err_set(err, ERR_LIMIT, _("a text is too large to be stored"));
}

/* A dictionary of other texts can be worse than none: a frame that is hardly smaller is tried without it too.
 */
static bool is_good(size_t packed, size_t raw)
{
	return packed * 4 <= raw * 3;
}

bool text_pack(struct db *db, struct str raw, struct buf *out, int64_t *dict, struct err *err)
{
	struct texts *t = texts_of(db);
	struct dict *d = NULL;
	size_t n;

	*dict = 0;
	if (raw.len > TEXT_MAX)
		return err_set(err, ERR_LIMIT, _("a text is too large to be stored"));
	if (!t->pack)
		t->pack = ZSTD_createCCtx();
	if (t->newest)
		d = dict_of(db, t, t->newest, NULL); /* without it the text is only larger */
	n = pack_with(t, d, raw, out);
	if (d && d->pack && is_good(n, raw.len))
		*dict = d->id;
	else if (d && d->pack) {
		size_t without = pack_with(t, NULL, raw, out);

		if (n && n <= without) {
			pack_with(t, d, raw, out);
			*dict = d->id;
		}
		n = out->len;
	}
	return (n && n < raw.len) || pack_as_is(raw, out, dict, err);
}

static bool damaged(struct db *db, struct err *err, const char *what)
{
	err_set(err, ERR_DB, _("a text of the database %s cannot be unpacked"), db->path);
	err_detail(err, "damaged: %s", what);
	return false;
}

bool text_unpack(struct db *db, int64_t dict, struct str packed, struct buf *out, struct err *err)
{
	struct texts *t = texts_of(db);
	struct dict *d = NULL;
	unsigned long long len;
	size_t n;

	buf_reset(out);
	if (dict == STORED_AS_IS)
		return buf_addstr(out, packed) || damaged(db, err, "too large");
	if (dict && !(d = dict_of(db, t, dict, err)))
		return false;
	if (!t->unpack)
		t->unpack = ZSTD_createDCtx();
	len = ZSTD_getFrameContentSize(packed.p, packed.len);
	if (len > TEXT_MAX || !buf_reserve(out, (size_t)len + 1))
		return damaged(db, err, "length of a frame");
	n = d ? ZSTD_decompress_usingDDict(t->unpack, out->data, (size_t)len, packed.p, packed.len, d->unpack)
	      : ZSTD_decompressDCtx(t->unpack, out->data, (size_t)len, packed.p, packed.len);
	if (ZSTD_isError(n) || n != len)
		return damaged(db, err, "a frame");
	out->len = n;
	out->data[n] = '\0';
	return true;
}

/* ---- training ---- */

struct samples {
	struct buf bytes;
	struct {
		VEC(size_t);
	} sizes;
};

/* Texts spread evenly over the store. */
static bool take_samples(struct db *db, int64_t top, struct samples *s, struct err *err)
{
	struct buf text = BUF_MAX(TEXT_MAX + 1);
	int64_t step = top / SAMPLES > 0 ? top / SAMPLES : 1;
	bool ok = true;

	for (int64_t at = 1; ok && at <= top && s->sizes.n < SAMPLES; at += step) {
		bool failed = false;
		struct str cut;
		SCOPED(stmt)
		sqlite3_stmt *st = sql_query(
		    db, err, "SELECT dict,z FROM text WHERE story>=? ORDER BY story LIMIT 1", "i", at);

		if (!st || !sql_row(db, st, &failed, err)) {
			ok = st && !failed;
			continue;
		}
		if (!text_unpack(db, sql_int(st, 0), sql_blob(st, 1), &text, NULL))
			continue; /* a damaged one is no sample */
		cut = str_sub(buf_str(&text), 0, SAMPLE_BYTES);
		if (cut.len >= 16 && buf_addstr(&s->bytes, cut))
			vec_push(&s->sizes, cut.len);
	}
	buf_release(&text);
	return ok;
}

static bool train(struct db *db, int64_t stories, int64_t top, bool *made, struct err *err)
{
	struct samples s = {.bytes = BUF_MAX(SAMPLES * SAMPLE_BYTES)};
	struct buf dict = BUF_MAX(DICT_BYTES + 1);
	bool ok = take_samples(db, top, &s, err), own = false;
	size_t n = 0;

	if (ok && s.sizes.n >= SAMPLES / 2 && buf_reserve(&dict, DICT_BYTES))
		n = ZDICT_trainFromBuffer(
		    dict.data, DICT_BYTES, s.bytes.data, s.sizes.v, (unsigned)s.sizes.n);
	if (n && !ZDICT_isError(n)) {
		dict.len = n;
		ok = db_own_begin(db, false, &own, err) &&
		     db_own_end(db, own,
		         sql_exec(db, err, "INSERT INTO dict(z) VALUES(?)", "b", buf_str(&dict)) &&
		             db_meta_set_i64(db, "dict.stories", stories, err),
		         err);
		*made = ok;
	}
	vec_free(&s.sizes);
	buf_release(&s.bytes);
	buf_release(&dict);
	return ok;
}

bool dict_train(struct db *db, bool *made, struct err *err)
{
	int64_t stories = sql_i64(db, 0, "SELECT total(n) FROM tally", ""),
	        before = db_meta_i64(db, "dict.stories", 0),
	        top = sql_i64(db, 0, "SELECT max(story) FROM text", "");
	struct texts *t = texts_of(db);

	*made = false;
	if (stories < SAMPLES || (before && stories < before * GROWTH))
		return true;
	if (!train(db, stories, top, made, err))
		return false;
	find_newest(db, t);
	return true;
}

void db_versions(struct buf *out)
{
	buf_printf(out, "SQLite %s zstd %s", sqlite3_libversion(), ZSTD_versionString());
}
