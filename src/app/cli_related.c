/* SPDX-License-Identifier: MIT */
/* related: the stories related to one, as lines or JSON. */
#include "app/cli.h"

#include "app/related_load.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "related/related.h"
#include "store/story_db.h"
#include "text/date.h"
#include "text/json_out.h"

#include <inttypes.h>
#include <stdio.h>

struct lister {
	struct cli *cli;
	struct db *db;
	struct arena *arena;
	struct buf out;
	struct json_out json;
	size_t n;
};

static void row_json(struct lister *l, const struct related_row *r, const struct story *s)
{
	char id[24];
	int n = snprintf(id, sizeof id, "%" PRId64, r->id.v);
	struct json_out *j = &l->json;
	json_object(j, NULL);
	json_str(j, "id", str_n(id, (size_t)n));
	json_str(j, "url", s->url);
	json_str(j, "title", s->row.title);
	json_str(j, "source", s->source_name);
	json_time(j, "published", s->row.published);
	json_num(j, "score", r->score);
	json_str(j, "kind", str_c(story_relation_name(r->relation)));
	if (r->near_copy)
		json_bool(j, "near_copy", true);
	json_end_object(j);
}

static void row_line(struct lister *l, const struct related_row *r, const struct story *s)
{
	buf_printf(&l->out, "%-10s %.2f  %.*s  %.*s ", story_relation_name(r->relation), r->score,
	    STR_ARG(s->row.title), STR_ARG(s->source_name));
	date_age(&l->out, s->row.published, clock_now());
	buf_addc(&l->out, '\n');
}

static void add_row(struct lister *l, const struct related_row *r)
{
	struct story s;
	if (!story_load(l->db, r->id, l->arena, &s, NULL))
		return;
	l->cli->json ? row_json(l, r, &s) : row_line(l, r, &s);
	l->n++;
}

static void add_on_page(struct lister *l, struct story_id id)
{
	struct story s;
	if (!story_load(l->db, id, l->arena, &s, NULL) || !s.page_doc.len)
		return;
	SCOPED_PTR(article) struct article *page = article_decode(s.page_doc, NULL);
	for (size_t i = 0; page && i < page->n_related; i++, l->n++) {
		if (!l->cli->json) {
			buf_printf(&l->out, "%-10s       %.*s  %.*s\n", "on-page",
			    STR_ARG(page->related[i].title), STR_ARG(page->related[i].url));
			continue;
		}
		json_object(&l->json, NULL);
		json_str(&l->json, "url", page->related[i].url);
		json_str(&l->json, "title", page->related[i].title);
		json_str(&l->json, "kind", STR("on-page"));
		json_end_object(&l->json);
	}
}

void cli_related_params(const struct cli *c, struct related_params *p)
{
	struct program_paths paths;
	bool created;
	*p = (struct related_params){.window_days = 14, .background_days = 365, .limit = 12};
	if (program_paths(&paths, &c->program, NULL)) {
		struct conf *conf = program_conf(&paths, false, &created, NULL, NULL);
		if (conf)
			*p = related_params_of(conf);
		conf_free(conf);
		program_paths_release(&paths);
	}
	if (c->limit)
		p->limit = c->limit;
}

static bool list(struct lister *l, struct story_id id, struct err *err)
{
	struct related_params params;
	struct related_row *rows = NULL;
	size_t n = 0;
	cli_related_params(l->cli, &params);
	if (!related_rows(l->db, id, &params, l->arena, &rows, &n, err))
		return false;
	n = n < params.limit ? n : params.limit;
	if (l->cli->json) {
		json_begin(&l->json, &l->out, false);
		json_array(&l->json, NULL);
	}
	for (size_t i = 0; i < n; i++)
		add_row(l, &rows[i]);
	if (l->cli->on_page)
		add_on_page(l, id);
	if (l->cli->json) {
		json_end_array(&l->json);
		buf_addc(&l->out, '\n');
	}
	return true;
}

int cli_related(struct cli *c)
{
	struct err err = {0};
	if (c->n_args != 1) {
		err_set(&err, ERR_USAGE, _("related takes the id or the address of one story"));
		return cli_fail(&err);
	}
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct lister l = {.cli = c, .arena = arena, .out = BUF_INIT};
	l.db = cli_db(c, DB_READ, &err);
	struct story_id id = l.db ? cli_story(l.db, c->args[0]) : STORY_NONE;
	if (l.db && !id.v)
		err_set(&err, ERR_NOT_FOUND, _("no story with the id or address '%s'"), c->args[0]);
	int status = 0;
	if (id.v && list(&l, id, &err))
		status = cli_print(&l.out);
	if (err.code)
		status = cli_fail(&err);
	else if (!l.n)
		status = err_exit_status(ERR_NOT_FOUND);
	db_close(l.db);
	buf_release(&l.out);
	return status;
}
