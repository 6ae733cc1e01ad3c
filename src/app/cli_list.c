/* SPDX-License-Identifier: MIT */
/* list, search and count. */
#include "app/cli.h"

#include "app/story_json.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/query.h"
#include "store/count_db.h"
#include "store/list_db.h"
#include "store/story_db.h"
#include "text/date.h"

#include <stdio.h>

#define PAGE_ROWS    500
#define SEARCH_LIMIT 50

struct printer {
	struct cli *cli;
	struct db *db;
	struct buf out;
	struct json_out json;
	size_t n;
};

static bool print_json(struct printer *p, const struct story_row *row, struct arena *arena)
{
	struct story s;
	if (!story_load(p->db, row->id, arena, &s, NULL))
		return false;
	s.row.event_size = row->event_size ? row->event_size : s.row.event_size;
	json_object(&p->json, NULL);
	story_json_fields(&p->json, &s, STR_NONE);
	json_end_object(&p->json);
	return true;
}

static bool print_line(struct printer *p, const struct story_row *row, struct arena *arena)
{
	struct story s;
	if (!story_load(p->db, row->id, arena, &s, NULL))
		return false;
	const char *mark = row->flags & STORY_STARRED ? "★" : row->flags & STORY_READ ? "·" : "●";
	buf_printf(&p->out, "%6lld %s %.*s", (long long)row->id.v, mark, STR_ARG(row->title));
	if (row->event_outlets > 1)
		buf_printf(&p->out, "  +%u", (unsigned)row->event_outlets - 1);
	buf_printf(&p->out, "  %.*s ", STR_ARG(s.source_name));
	date_age(&p->out, row->published, clock_now());
	buf_addc(&p->out, '\n');
	return true;
}

static void print_page(struct printer *p, const struct snapshot *s, size_t from, size_t limit)
{
	for (size_t i = from; i < s->n_rows && p->n < limit; i++) {
		SCOPED_PTR(arena) struct arena *arena = arena_new();
		if (p->cli->json ? print_json(p, &s->rows[i], arena) : print_line(p, &s->rows[i], arena))
			p->n++;
	}
}

/* Prints the list page by page, so that memory does not follow its length. */
static bool print_list(struct printer *p, struct list_spec *spec, size_t limit, struct err *err)
{
	size_t from = 0;
	for (;;) {
		struct snapshot *s = list_load(p->db, spec, err);
		if (!s)
			return false;
		print_page(p, s, from, limit);
		bool end = s->at_end || s->n_rows <= from || p->n >= limit;
		if (s->n_rows)
			spec->at = s->rows[s->n_rows - 1].id;
		snapshot_unref(s);
		if (end)
			return true;
		spec->anchor = LIST_AT_STORY;
		from = 1; /* the anchor itself is printed */
	}
}

static int run_list(struct cli *c, enum list_order order, bool fold, size_t limit)
{
	struct err err = {0};
	struct printer p = {.cli = c, .out = BUF_MAX((size_t)1 << 30)};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	SCOPED_STR words = cli_query(c);
	p.db = cli_db(c, DB_READ, &err);
	struct query *q = p.db ? query_parse(arena, str_c(words), clock_now(), &err) : NULL;
	int status = 0;
	if (q) {
		struct list_spec spec = {.set = {.query = q, .section = str_c(c->section)},
		    .order = order,
		    .fold = fold,
		    .anchor = LIST_TOP,
		    .after = order == LIST_RANKED ? limit : PAGE_ROWS};
		if (c->json) {
			json_begin(&p.json, &p.out, false);
			json_array(&p.json, NULL);
		}
		if (print_list(&p, &spec, limit, &err) && c->json) {
			json_end_array(&p.json);
			buf_addc(&p.out, '\n');
		}
		query_release(q);
	}
	if (err.code == ERR_NOT_FOUND && c->json) {
		buf_reset(&p.out);
		buf_adds(&p.out, "[]\n");
		status = cli_print(&p.out);
	} else if (!err.code)
		status = cli_print(&p.out);
	if (err.code)
		status = cli_fail(&err);
	else if (!status && !p.n)
		status = err_exit_status(ERR_NOT_FOUND);
	db_close(p.db);
	buf_release(&p.out);
	return status;
}

int cli_list(struct cli *c)
{
	return run_list(c, LIST_NEWEST, c->events, c->limit ? c->limit : SIZE_MAX);
}

int cli_search(struct cli *c)
{
	struct err err = {0};
	if (!c->n_args) {
		err_set(&err, ERR_USAGE, _("search takes a query; courant search --help tells more"));
		return cli_fail(&err);
	}
	return run_list(c, LIST_RANKED, false, c->limit ? c->limit : SEARCH_LIMIT);
}

int cli_count(struct cli *c)
{
	struct err err = {0};
	uint64_t n = 0;
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	SCOPED(buf) struct buf text = BUF_MAX(1 << 16), out = BUF_MAX(64);
	SCOPED_STR words = cli_query(c);
	if (c->section)
		buf_printf(&text, "section:\"%s\" ", c->section);
	buf_adds(&text, words);
	struct db *db = cli_db(c, DB_READ, &err);
	struct query *q = db ? query_parse(arena, buf_str(&text), clock_now(), &err) : NULL;
	if (q && count_query(db, q, &n, &err))
		buf_printf(&out, "%llu\n", (unsigned long long)n);
	if (q)
		query_release(q);
	db_close(db);
	return err.code ? cli_fail(&err) : cli_print(&out);
}
