/* SPDX-License-Identifier: MIT */
/* Owns the parts of a query that SQL asks for by their number, and the functions by which it asks. What the
 * full-text index knows of words is read from it as far down as stories are asked for, never as a whole: the
 * newest stories of a common word cost no more than those of a rare one. */
#include <string.h>

#include "base/mem.h"
#include "model/match.h"
#include "store/db_priv.h"
#include "store/fts.h"
#include "store/scope.h"
#include "store/words.h"
#include "text/fold.h"

#define PART_STORIES ((size_t)1 << DB_PART_BITS)
#define MAX_MERGES   8 /* events that were merged into events that were merged … */

/* What one partition of the index holds for a leaf, from its newest story down to `low`. */
struct leaf_part {
	int64_t id;
	int64_t low; /* known from here on upwards */
	uint64_t *bits;
	sqlite3_stmt *st; /* stands just below `low`; NULL: nothing was asked yet, or all is known */
	bool begun;
};

struct leaf_parts {
	struct leaf_part *v;
	size_t n, last; /* last: where the story before this one was looked for */
	struct str match;
};

/* ---- words ---- */

static bool part_begin(struct db *db, struct leaf *leaf, struct leaf_part *p)
{
	SCOPED_STR sql = mem_printf("SELECT rowid FROM ft_%lld WHERE ft_%lld MATCH ? ORDER BY rowid DESC",
	    (long long)p->id, (long long)p->id);

	p->begun = true;
	p->bits = mem_array(PART_STORIES / 64, sizeof *p->bits);
	p->low = INT64_MAX;
	p->st = sql_own(db, NULL, sql);
	return p->st && sqlite3_bind_text64(p->st, 1, leaf->parts->match.p, leaf->parts->match.len,
	                    SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
}

static void part_end(struct leaf_part *p)
{
	sqlite3_finalize(p->st);
	p->st = NULL;
	p->low = INT64_MIN;
}

/* Reads on until the story is passed. False when the index cannot be read. */
static bool part_reach(struct db *db, struct leaf *leaf, struct leaf_part *p, int64_t id)
{
	if (!p->begun && !part_begin(db, leaf, p))
		return false;
	while (p->st && p->low > id) {
		int rc = sqlite3_step(p->st);
		int64_t row;

		if (rc == SQLITE_DONE) {
			part_end(p);
			break;
		}
		if (rc != SQLITE_ROW)
			return false;
		row = sql_int(p->st, 0);
		p->low = row;
		p->bits[(size_t)row % PART_STORIES / 64] |= (uint64_t)1 << (size_t)row % 64;
	}
	return true;
}

static struct leaf_part *part_of(struct leaf_parts *parts, int64_t id)
{
	int64_t number = id >> DB_PART_BITS;

	if (parts->last < parts->n && parts->v[parts->last].id == number)
		return &parts->v[parts->last];
	for (size_t i = 0; i < parts->n; i++) {
		if (parts->v[i].id != number)
			continue;
		parts->last = i;
		return &parts->v[i];
	}
	return NULL;
}

static bool is_hit(struct db *db, struct leaf *leaf, int64_t id, bool *hit)
{
	uint64_t unused;
	struct leaf_part *p = part_of(leaf->parts, id);

	*hit = imap_get(&leaf->waiting, (uint64_t)id, &unused);
	if (*hit || !p)
		return true;
	if (!part_reach(db, leaf, p, id))
		return false;
	*hit = p->bits[(size_t)id % PART_STORIES / 64] >> (size_t)id % 64 & 1;
	return true;
}

static bool words_fill(struct scope *s, struct leaf *leaf, struct err *err)
{
	struct buf match = BUF_MAX(PLAN_MATCH_BYTES);
	struct fts_parts parts;
	bool exact = true, ok;

	plan_words(s->db, leaf->query, &match, &exact);
	leaf->parts = arena_new_of(s->arena, struct leaf_parts);
	leaf->parts->match = arena_str(s->arena, buf_str(&match));
	ok = !match.failed || err_set(err, ERR_LIMIT, "a query that is too long");
	buf_release(&match);
	if (!ok || !fts_parts(s->db, &parts, err))
		return false;
	leaf->parts->v = arena_array(s->arena, parts.n, sizeof *leaf->parts->v);
	for (size_t i = 0; i < parts.n; i++)
		leaf->parts->v[i].id = parts.ids[i];
	leaf->parts->n = parts.n;
	return hits_waiting(s->db, leaf->query, &leaf->waiting, err);
}

/* ---- the other leaves ---- */

static bool sources_fill(struct scope *s, struct leaf *leaf, const char *sql, struct err *err)
{
	bool failed = false;
	SCOPED(stmt) sqlite3_stmt *st = sql_query(s->db, err, sql, "");

	while (st && sql_row(s->db, st, &failed, err)) {
		struct str name = sql_text(st, 1);

		if (name.len && fold_find(name, leaf->query->text))
			bits_add(s->arena, &leaf->sources, sql_int(st, 0));
	}
	return st && !failed;
}

int64_t leaf_event(struct db *db, int64_t event)
{
	for (int i = 0; i < MAX_MERGES; i++) {
		int64_t into = sql_i64(db, 0, "SELECT merged_into FROM event WHERE id=?", "i", event);

		if (!into)
			break;
		event = into;
	}
	return event;
}

static bool leaf_fill(struct scope *s, struct leaf *leaf, struct err *err)
{
	const struct query *q = leaf->query;

	leaf->number = q->kind == QUERY_EVENT ? leaf_event(s->db, q->number) : q->number;
	if (leaf->by_hits)
		return words_fill(s, leaf, err);
	if (q->kind == QUERY_FIELD && q->field == QF_SOURCE)
		return sources_fill(s, leaf, "SELECT id,name FROM source", err);
	if (q->kind == QUERY_FIELD && q->field == QF_SECTION)
		return sources_fill(s, leaf, "SELECT id,section FROM source", err);
	return true;
}

bool leaf_number(struct scope *s, const struct query *q, bool by_hits, int *number, struct err *err)
{
	for (*number = 0; (size_t)*number < s->n_leaves; ++*number)
		if (s->leaves[*number].query == q && s->leaves[*number].by_hits == by_hits)
			return true;
	if (s->n_leaves == SCOPE_MAX_LEAVES) {
		*number = 0;
		return err_set(err, ERR_LIMIT, "a query with more than %d conditions", SCOPE_MAX_LEAVES);
	}
	s->leaves[s->n_leaves] = (struct leaf){.query = q, .by_hits = by_hits};
	return leaf_fill(s, &s->leaves[s->n_leaves++], err);
}

void leaf_release(struct leaf *leaf)
{
	for (size_t i = 0; leaf->parts && i < leaf->parts->n; i++) {
		sqlite3_finalize(leaf->parts->v[i].st);
		mem_free(leaf->parts->v[i].bits);
	}
	imap_release(&leaf->waiting);
}

/* ---- functions that SQL calls ---- */

static struct leaf *leaf_of(sqlite3_context *ctx, sqlite3_value *number)
{
	struct db *db = sqlite3_user_data(ctx);
	struct scope *s = db->scope;
	int64_t i = sqlite3_value_int64(number);

	return s && i >= 0 && (size_t)i < s->n_leaves ? &s->leaves[i] : NULL;
}

static void fn_q_hit(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct db *db = sqlite3_user_data(ctx);
	struct leaf *leaf = leaf_of(ctx, v[0]);
	bool hit = false;

	(void)n;
	if (leaf && leaf->parts && !is_hit(db, leaf, sqlite3_value_int64(v[1]), &hit)) {
		sqlite3_result_error_code(ctx, sqlite3_errcode(db->raw));
		return;
	}
	sqlite3_result_int(ctx, hit);
}

static void fn_q_src(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct leaf *leaf = leaf_of(ctx, v[0]);

	(void)n;
	sqlite3_result_int(ctx, leaf && bits_has(&leaf->sources, sqlite3_value_int64(v[1])));
}

static void fn_q_num(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct leaf *leaf = leaf_of(ctx, v[0]);

	(void)n;
	sqlite3_result_int64(ctx, leaf ? leaf->number : 0);
}

/* A text that must hold the leaf's text, folded. */
static void fn_q_text(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct leaf *leaf = leaf_of(ctx, v[0]);
	const char *text = (const char *)sqlite3_value_text(v[1]);

	(void)n;
	sqlite3_result_int(
	    ctx, leaf && text && *text &&
	             fold_find(str_n(text, (size_t)sqlite3_value_bytes(v[1])), leaf->query->text));
}

/* A part of the query that looks at the title alone, tried on it: q_title(leaf,title,lang). */
static void fn_q_title(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct leaf *leaf = leaf_of(ctx, v[0]);
	const char *text = (const char *)sqlite3_value_text(v[1]);

	(void)n;
	if (!leaf || !text)
		return;
	struct story story = {.row = {.title = str_n(text, (size_t)sqlite3_value_bytes(v[1])),
	                          .lang = (enum lang)sqlite3_value_int(v[2])}};
	struct match_subject subject = {&story, STR(""), words_stemmer(sqlite3_user_data(ctx))};

	sqlite3_result_int(ctx, match_query(leaf->query, &subject));
}

bool leaf_functions_register(struct db *db, struct err *err)
{
	static const struct {
		const char *name;
		int n_args, flags;
		void (*fn)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
	    {"q_hit", 2, 0, fn_q_hit},
	    {"q_src", 2, 0, fn_q_src},
	    {"q_num", 1, SQLITE_DETERMINISTIC,
	        fn_q_num}, /* the same within a statement: taken out of its loop */
	    {"q_text", 2, 0, fn_q_text},
	    {"q_title", 3, 0, fn_q_title},
	};

	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		if (sqlite3_create_function_v2(db->raw, functions[i].name, functions[i].n_args,
		        SQLITE_UTF8 | SQLITE_DIRECTONLY | functions[i].flags, db, functions[i].fn, NULL, NULL,
		        NULL) != SQLITE_OK)
			return sql_fail(db, err);
	return true;
}
