/* SPDX-License-Identifier: MIT */
/* check --rules: each rule tried on what is stored, without doing anything. */
#include "app/cli.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "store/list_db.h"
#include "store/story_db.h"
#include "text/date.h"
#include "text/json_out.h"

#define EXAMPLES  3
#define HITS_MOST 100000

struct dry_run {
	struct cli *cli;
	struct db *db;
	struct arena *arena;
	const char *file;
	struct buf out;
	struct json_out json;
};

struct hits {
	struct story_id *ids; /* newest first */
	size_t n, this_week;
};

static bool find(struct dry_run *d, const char *words, struct story_id **ids, size_t *n, struct err *err)
{
	struct query *q = query_parse(d->arena, str_c(words), clock_now(), err);
	struct list_ids_spec spec = {.set = {.query = q, .with_gone = true}, .limit = HITS_MOST};
	*n = 0;
	bool ok = q && list_ids(d->db, &spec, d->arena, ids, n, err);
	query_release(q);
	return ok;
}

/* Also those that are hidden already: by this rule, likely. */
static bool find_hits(struct dry_run *d, const struct rule_conf *r, struct hits *h, struct err *err)
{
	static const char any[] = "(is:hidden OR -is:hidden)";
	const char *week = arena_printf(d->arena, "after:7d (%.*s) %s", STR_ARG(r->match), any);
	const char *all = arena_printf(d->arena, "(%.*s) %s", STR_ARG(r->match), any);
	return find(d, week, &h->ids, &h->this_week, err) && find(d, all, &h->ids, &h->n, err);
}

static bool has_ended(const struct rule_conf *r)
{
	return r->until != TIME_NONE && clock_now() >= r->until;
}

static void add_line(struct dry_run *d, const struct rule_conf *r, const struct hits *h)
{
	struct buf *b = &d->out;
	buf_printf(b, "%s:%d: ", d->file, r->line);
	for (size_t i = 0; i < r->n_actions; i++)
		buf_printf(b, "%s%.*s", i ? ", " : "", STR_ARG(r->actions[i]));
	buf_printf(b, "  %.*s\n    ", STR_ARG(r->match));
	buf_printf(b, P_("%zu story", "%zu stories", h->n), h->n);
	if (h->this_week)
		buf_printf(
		    b, P_(", %zu of the last week", ", %zu of the last week", h->this_week), h->this_week);
	if (has_ended(r))
		buf_adds(b, _("; this rule has ended"));
	else if (r->until != TIME_NONE) {
		buf_adds(b, _("; ends "));
		date_rfc3339(b, r->until);
	}
	buf_addc(b, '\n');
	for (size_t i = 0; i < h->n && i < EXAMPLES; i++) {
		struct story s;
		if (!story_load(d->db, h->ids[i], d->arena, &s, NULL))
			continue;
		buf_printf(b, "    · %.*s  %.*s ", STR_ARG(s.row.title), STR_ARG(s.source_name));
		date_age(b, s.row.published, clock_now());
		buf_addc(b, '\n');
	}
}

static void add_json(struct dry_run *d, const struct rule_conf *r, const struct hits *h)
{
	struct json_out *j = &d->json;
	json_object(j, NULL);
	json_str(j, "file", str_c(d->file));
	json_int(j, "line", r->line);
	json_int(j, "column", r->column);
	json_str(j, "match", r->match);
	json_array(j, "do");
	for (size_t i = 0; i < r->n_actions; i++)
		json_str(j, NULL, r->actions[i]);
	json_end_array(j);
	json_time(j, "until", r->until);
	json_bool(j, "ended", has_ended(r));
	json_int(j, "stories", (int64_t)h->n);
	json_int(j, "this_week", (int64_t)h->this_week);
	json_array(j, "ids");
	for (size_t i = 0; i < h->n; i++)
		json_str(j, NULL, str_c(arena_printf(d->arena, "%lld", (long long)h->ids[i].v)));
	json_end_array(j);
	json_end_object(j);
}

static bool run(struct dry_run *d, const struct conf *conf, struct err *err)
{
	size_t n = 0;
	const struct rule_conf *rules = conf_rules(conf, &n);
	if (d->cli->json) {
		json_begin(&d->json, &d->out, false);
		json_array(&d->json, NULL);
	}
	for (size_t i = 0; i < n; i++) {
		struct hits h = {0};
		if (!find_hits(d, &rules[i], &h, err))
			return false;
		d->cli->json ? add_json(d, &rules[i], &h) : add_line(d, &rules[i], &h);
	}
	if (d->cli->json) {
		json_end_array(&d->json);
		buf_addc(&d->out, '\n');
	} else if (!n)
		buf_printf(&d->out, _("%s: no rules\n"), d->file);
	return true;
}

int cli_rules(struct cli *c)
{
	struct program_paths paths;
	struct problems problems = {0};
	struct err err = {0};
	bool created, ok = false;
	if (!program_paths(&paths, &c->program, &err))
		return cli_fail(&err);
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct dry_run d = {.cli = c, .arena = arena, .file = paths.config, .out = BUF_INIT};
	struct conf *conf = program_conf(&paths, false, &created, &problems, &err);
	d.db = conf ? cli_db(c, DB_READ, &err) : NULL;
	ok = d.db && run(&d, conf, &err);
	int status = ok ? cli_print(&d.out) : cli_fail(&err);
	db_close(d.db);
	buf_release(&d.out);
	conf_free(conf);
	problems_release(&problems);
	program_paths_release(&paths);
	return status;
}
