/* SPDX-License-Identifier: MIT */
/* Owns the meaning of a list_set: its sources, and the condition under which a story is visible. Leaves the
 * query to plan.c. */
#include "store/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db_priv.h"

bool bits_has(const struct bits *b, int64_t i)
{
	size_t bit = (size_t)i;

	return i >= 0 && bit / 64 < b->n_words && b->words[bit / 64] >> bit % 64 & 1;
}

void bits_add(struct arena *a, struct bits *b, int64_t i)
{
	size_t word = (size_t)i / 64;

	if (i < 0)
		return;
	if (word >= b->n_words) {
		size_t n = word + 16;

		b->words = arena_grow(a, b->words, b->n_words, n, sizeof *b->words);
		b->n_words = n;
	}
	b->words[word] |= (uint64_t)1 << (size_t)i % 64;
}

static void add_source(struct scope *s, int64_t id)
{
	bits_add(s->arena, &s->sources, id);
	vec_push(&s->source_ids, id);
}

static bool add_sources(struct scope *s, const char *sql, struct str section, struct err *err)
{
	bool failed = false;
	SCOPED(stmt) sqlite3_stmt *st = sql_query(s->db, err, sql, section.p ? "s" : "", section);

	while (st && sql_row(s->db, st, &failed, err))
		add_source(s, sql_int(st, 0));
	return st && !failed;
}

/* A list without a narrower wish holds the sources of the configuration; what was starred, searched or is
 * asked for by its event is found wherever it came from. */
static bool resolve_sources(struct scope *s, struct err *err)
{
	const struct list_set *set = s->set;

	for (size_t i = 0; set->sources && i < set->n_sources; i++)
		add_source(s, set->sources[i].v);
	if (set->sources)
		return true;
	if (set->section.p)
		return add_sources(
		    s, "SELECT id FROM source WHERE section=? AND gone=0 ORDER BY ord", set->section, err);
	if (set->with_gone || set->starred_only || (set->query && set->query->kind != QUERY_ALL) ||
	    set->event.v || !sql_i64(s->db, 0, "SELECT EXISTS(SELECT 1 FROM source WHERE gone=1)", "")) {
		s->all_sources = true;
		return true;
	}
	return add_sources(s, "SELECT id FROM source WHERE gone=0 ORDER BY ord", STR_NONE, err);
}

bool scope_open(struct scope *s, struct db *db, const struct list_set *set, struct err *err)
{
	memset(s, 0, sizeof *s);
	s->db = db;
	s->set = set;
	s->arena = arena_new();
	db->scope = s;
	for (size_t i = 0; i < set->n_stay; i++)
		imap_put(&s->stay, (uint64_t)set->stay[i].v, 1);
	if (resolve_sources(s, err) && plan_make(s, err)) {
		s->was_all = s->all_sources;
		return true;
	}
	scope_close(s);
	return false;
}

void scope_close(struct scope *s)
{
	s->db->scope = NULL;
	for (size_t i = 0; i < s->n_leaves; i++)
		leaf_release(&s->leaves[i]);
	plan_release(&s->plan);
	imap_release(&s->stay);
	imap_release(&s->hits);
	vec_free(&s->source_ids);
	arena_free(s->arena);
}

static bool holds_source(const struct scope *s, int64_t source)
{
	for (size_t i = 0; i < s->source_ids.n; i++)
		if (s->source_ids.v[i] == source)
			return true;
	return false;
}

bool scope_keep_sources(struct scope *s, const struct bits *kept, struct err *err)
{
	struct bits had = s->sources;
	bool all = s->all_sources, failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(s->db, err, "SELECT id FROM source ORDER BY gone,ord,id", "");

	s->sources = (struct bits){0};
	s->all_sources = false;
	vec_clear(&s->source_ids);
	while (st && sql_row(s->db, st, &failed, err)) {
		int64_t id = sql_int(st, 0);

		if (bits_has(kept, id) && (all || bits_has(&had, id)))
			add_source(s, id);
	}
	return st && !failed;
}

void scope_narrow(struct scope *s, int64_t source)
{
	if (s->sources.n_words)
		memset(s->sources.words, 0, s->sources.n_words * sizeof *s->sources.words);
	if (source && (s->was_all || holds_source(s, source)))
		bits_add(s->arena, &s->sources, source);
	for (size_t i = 0; !source && i < s->source_ids.n; i++)
		bits_add(s->arena, &s->sources, s->source_ids.v[i]);
	s->all_sources = !source && s->source_ids.n == 0 && s->was_all;
}

void scope_where(struct scope *s, struct buf *sql, char a, bool unread)
{
	bool exact;

	if (s->plan.hidden)
		buf_adds(sql, "1");
	else
		buf_printf(sql, "%c.flags&4=0", a);
	if (!s->all_sources)
		buf_printf(sql, " AND in_src(%c.source)", a);
	if (unread && s->set->unread_only && s->stay.n)
		buf_printf(sql, " AND (%c.flags&1=0 OR in_stay(%c.id))", a, a);
	else if (unread && s->set->unread_only)
		buf_printf(sql, " AND %c.flags&1=0", a);
	if (s->set->starred_only)
		buf_printf(sql, " AND %c.flags&2<>0", a);
	if (s->by_hits)
		buf_printf(sql, " AND in_hits(%c.id)", a);
	(void)plan_emit(s, sql, a, &exact, NULL); /* what can fail did so when the plan was made */
}

struct tally scope_tally(struct scope *s)
{
	struct tally t = {0};
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(s->db, NULL,
	    s->all_sources ? "SELECT total(n),total(unread),total(starred),total(n) FROM tally"
	                   : "SELECT total(iif(in_src(source),n,0)),total(iif(in_src(source),unread,0)),"
	                     "total(iif(in_src(source),starred,0)),total(n) FROM tally",
	    "");

	if (st && sql_row(s->db, st, &failed, NULL))
		t = (struct tally){sql_int(st, 0), sql_int(st, 1), sql_int(st, 2), sql_int(st, 3)};
	return t;
}

/* ---- functions that SQL calls ---- */

static struct scope *scope_of(sqlite3_context *ctx)
{
	struct db *db = sqlite3_user_data(ctx);

	return db->scope;
}

static void fn_in_src(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct scope *s = scope_of(ctx);

	(void)n;
	sqlite3_result_int(ctx, s && (s->all_sources || bits_has(&s->sources, sqlite3_value_int64(v[0]))));
}

static void result_in(sqlite3_context *ctx, const struct imap *m, sqlite3_value *v)
{
	uint64_t unused;

	sqlite3_result_int(ctx, imap_get(m, (uint64_t)sqlite3_value_int64(v), &unused));
}

static void fn_in_stay(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct scope *s = scope_of(ctx);

	(void)n;
	if (s)
		result_in(ctx, &s->stay, v[0]);
}

static void fn_in_hits(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	struct scope *s = scope_of(ctx);

	(void)n;
	if (s)
		result_in(ctx, &s->hits, v[0]);
}

bool scope_functions_register(struct db *db, struct err *err)
{
	static const struct {
		const char *name;
		void (*fn)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
	    {"in_src", fn_in_src},
	    {"in_stay", fn_in_stay},
	    {"in_hits", fn_in_hits},
	};

	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		if (sqlite3_create_function_v2(db->raw, functions[i].name, 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
		        db, functions[i].fn, NULL, NULL, NULL) != SQLITE_OK)
			return sql_fail(db, err);
	return leaf_functions_register(db, err);
}
