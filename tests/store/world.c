/* SPDX-License-Identifier: MIT */
/* The store of the tests. */
#include "world.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "model/query.h"
#include "store/sql.h"

void world_open(struct world *w)
{
	const char *tmp = getenv("TMPDIR");

	*w = (struct world){.dir = mem_printf("%s/courant-store-XXXXXX", tmp ? tmp : "/tmp")};
	assert_non_null(mkdtemp(w->dir));
	w->path = path_join(w->dir, DB_FILE_NAME);
	w->arena = arena_new();
	w->db = db_open(w->path, DB_CREATE, &w->err);
	if (!w->db)
		fail_msg("%s (%s)", w->err.message, w->err.detail);
}

static void remove_folder(const char *dir)
{
	DIR *d = opendir(dir);

	for (struct dirent *e; d && (e = readdir(d));) {
		SCOPED_STR path = path_join(dir, e->d_name);

		if (e->d_name[0] != '.')
			unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

void world_close(struct world *w)
{
	db_close(w->db);
	remove_folder(w->dir);
	arena_free(w->arena);
	vec_free(&w->items);
	mem_free(w->dir);
	mem_free(w->path);
}

void world_sources(struct world *w, size_t n)
{
	struct source_decl decls[64];

	assert_true(n <= ARRAY_LEN(decls));
	for (size_t i = 0; i < n; i++)
		decls[i] = (struct source_decl){.key = world_str(w, "key%zu", i),
		    .name = world_str(w, "s%zu", i),
		    .url = world_str(w, "https://s%zu.example/feed", i),
		    .section = i % 2 ? STR("B") : STR("A")};
	world_ok(w, source_sync(w->db, decls, n, w->sources, &w->err));
	w->n_sources = n;
}

struct str world_str(struct world *w, const char *fmt, ...)
{
	char text[2000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return str_c(arena_strdup(w->arena, text));
}

struct item *world_item(struct world *w, const char *id, const char *title, int64_t published)
{
	vec_push(&w->items, ((struct item){.id = world_str(w, "%s", id),
	                        .title = world_str(w, "%s", title),
	                        .url = world_str(w, "https://example.org/%s", id),
	                        .published = published,
	                        .modified = TIME_NONE}));
	return &vec_last(&w->items);
}

struct put_result world_put(struct world *w, size_t source)
{
	struct feed feed = {.format = FEED_RSS, .items = w->items.v, .n_items = w->items.n};
	struct put_context ctx = {.answer = {.now = NOW, .next_due = NOW + 1800, .code = 200}};
	struct put_result result;

	world_ok(w, store_put_feed(w->db, w->sources[source], &feed, &ctx, w->arena, &result, &w->err));
	vec_clear(&w->items);
	return result;
}

int64_t world_sql(struct world *w, const char *sql)
{
	return sql_i64(w->db, -1, sql, "");
}

struct story_id world_story(struct world *w, const char *title)
{
	int64_t id = sql_i64(w->db, 0, "SELECT id FROM story WHERE title=?", "s", str_c(title));

	if (!id)
		fail_msg("no story \"%s\"", title);
	return (struct story_id){id};
}

struct query *world_query(struct world *w, const char *text)
{
	struct query *q = query_parse(w->arena, str_c(text), NOW, &w->err);

	if (!q)
		fail_msg("%s: %s", text, w->err.message);
	return q;
}

void world_mark(struct world *w, enum mark_kind kind, int64_t id, bool on)
{
	struct mark_op op = {.kind = kind, .on = on, .at_ms = NOW * INT64_C(1000)};
	struct story_id story = {id};

	world_ok(w, marks_set(w->db, &op, &story, 1, NULL, NULL, NULL, &w->err));
}
