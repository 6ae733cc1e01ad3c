/* SPDX-License-Identifier: MIT */
/* Owns the record in the table `text`: dek, enclosure and the feed's document of one story. */
#include "base/i18n.h"
#include "base/wire.h"
#include "store/sql.h"
#include "store/story_priv.h"
#include "store/text_db.h"

#define VERSION 1

void story_text_encode(struct buf *out, const struct story_text *t)
{
	wire_u8(out, VERSION);
	wire_str(out, t->dek);
	wire_str(out, t->enclosure_url);
	wire_str(out, t->enclosure_type);
	wire_str(out, t->doc);
}

bool story_text_decode(struct str bytes, struct story_text *t)
{
	struct wire_in in = {.rest = bytes};

	if (wire_get_u8(&in) != VERSION)
		return false;
	t->dek = wire_get_str(&in);
	t->enclosure_url = wire_get_str(&in);
	t->enclosure_type = wire_get_str(&in);
	t->doc = wire_get_str(&in);
	return !in.bad;
}

bool story_text_load(struct db *db, int64_t id, struct buf *out, struct story_text *t, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err, "SELECT dict,z FROM text WHERE story=?", "i", id);

	*t = (struct story_text){0};
	buf_reset(out);
	if (!st || !sql_row(db, st, &failed, err))
		return st && !failed;
	if (!text_unpack(db, sql_int(st, 0), sql_blob(st, 1), out, err))
		return false;
	if (story_text_decode(buf_str(out), t))
		return true;
	err_set(err, ERR_DB, _("a text of the database %s cannot be read"), db_path(db));
	err_detail(err, "damaged: text of story %lld", (long long)id);
	return false;
}

bool story_text_save(struct db *db, int64_t id, struct str raw, struct err *err)
{
	struct buf packed = BUF_MAX(TEXT_MAX + (TEXT_MAX >> 6));
	int64_t dict;
	bool ok = text_pack(db, raw, &packed, &dict, err) &&
	          sql_exec(db, err, "INSERT OR REPLACE INTO text(story,dict,z) VALUES(?,?,?)", "iib", id,
	              dict, buf_str(&packed));

	buf_release(&packed);
	return ok;
}
