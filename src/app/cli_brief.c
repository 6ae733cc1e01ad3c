/* SPDX-License-Identifier: MIT */
/* brief: the largest events of the last hours, with their outlets and deks, for cron, mail or a login banner.
 */
#include "app/cli.h"

#include "app/story_json.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/query.h"
#include "store/list_db.h"
#include "store/story_db.h"
#include "text/date.h"
#include "text/wrap.h"

#define EVENTS     12
#define OUTLETS    40
#define TEXT_WIDTH 78
#define SINCE      "12h"

struct brief {
	struct cli *cli;
	struct db *db;
	struct arena *arena;
	struct buf out;
	struct json_out json;
	size_t n;
};

/* Names of the outlets that report an event, each once, the first to report first. */
static size_t outlets_of(struct brief *b, const struct story_row *row, struct str *names)
{
	struct list_spec spec = {
	    .set = {.event = row->event}, .order = LIST_OLDEST, .anchor = LIST_TOP, .after = OUTLETS};
	struct snapshot *s = list_load(b->db, &spec, NULL);
	size_t n = 0;
	for (size_t i = 0; s && i < s->n_rows; i++) {
		struct story story;
		bool known = false;
		if (!story_load(b->db, s->rows[i].id, b->arena, &story, NULL))
			continue;
		for (size_t k = 0; k < n; k++)
			known |= str_eq(names[k], story.source_name);
		if (!known && n < OUTLETS)
			names[n++] = story.source_name;
	}
	snapshot_unref(s);
	return n;
}

struct indented {
	struct buf *out;
	struct str text;
};

static void add_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct indented *in = arg;
	(void)columns;
	buf_printf(in->out, "   %.*s\n", STR_ARG(str_sub(in->text, start, end - start)));
}

static void add_names(struct buf *out, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
}

static void event_text(struct brief *b, const struct story *s, const struct str *names, size_t n)
{
	struct indented in = {&b->out, s->dek};
	buf_printf(&b->out, "%zu. %.*s\n", b->n, STR_ARG(s->row.title));
	wrap_text(s->dek, TEXT_WIDTH - 3, TEXT_WIDTH - 3, 4, add_line, &in);
	buf_adds(&b->out, "   ");
	add_names(&b->out, names, n);
	buf_adds(&b->out, " · ");
	date_age(&b->out, s->row.published, clock_now());
	buf_adds(&b->out, "\n\n");
}

static void event_markdown(struct brief *b, const struct story *s, const struct str *names, size_t n)
{
	buf_printf(&b->out, "%zu. **[%.*s](%.*s)**  \n", b->n, STR_ARG(s->row.title), STR_ARG(s->url));
	if (s->dek.len)
		buf_printf(&b->out, "   %.*s  \n", STR_ARG(s->dek));
	buf_adds(&b->out, "   *");
	add_names(&b->out, names, n);
	buf_adds(&b->out, "*\n");
}

static void event_json(struct brief *b, const struct story *s, const struct str *names, size_t n)
{
	json_object(&b->json, NULL);
	story_json_fields(&b->json, s, STR_NONE);
	json_array(&b->json, "outlets");
	for (size_t i = 0; i < n; i++)
		json_str(&b->json, NULL, names[i]);
	json_end_array(&b->json);
	json_end_object(&b->json);
}

static void add_event(struct brief *b, const struct story_row *row)
{
	struct story s;
	struct str names[OUTLETS];
	if (!story_load(b->db, row->id, b->arena, &s, NULL))
		return;
	s.row.event_size = row->event_size;
	size_t n = outlets_of(b, row, names);
	b->n++;
	if (b->cli->json)
		event_json(b, &s, names, n);
	else if (b->cli->format == SHOW_FORMAT_MARKDOWN)
		event_markdown(b, &s, names, n);
	else
		event_text(b, &s, names, n);
}

static bool run(struct brief *b, struct err *err)
{
	SCOPED_STR words = mem_printf("after:%s", b->cli->since ? b->cli->since : SINCE);
	struct query *q = query_parse(b->arena, str_c(words), clock_now(), err);
	if (!q)
		return false;
	struct list_spec spec = {.set = {.query = q},
	    .order = LIST_EVENT_SIZE,
	    .fold = true,
	    .anchor = LIST_TOP,
	    .after = b->cli->limit ? b->cli->limit : EVENTS};
	struct snapshot *s = list_load(b->db, &spec, err);
	if (b->cli->json) {
		json_begin(&b->json, &b->out, false);
		json_array(&b->json, NULL);
	}
	for (size_t i = 0; s && i < s->n_rows; i++)
		add_event(b, &s->rows[i]);
	if (b->cli->json) {
		json_end_array(&b->json);
		buf_addc(&b->out, '\n');
	}
	snapshot_unref(s);
	query_release(q);
	return s != NULL;
}

int cli_brief(struct cli *c)
{
	struct err err = {0};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct brief b = {.cli = c, .arena = arena, .out = BUF_INIT};
	b.db = cli_db(c, DB_READ, &err);
	int status = 0;
	if (b.db && run(&b, &err))
		status = cli_print(&b.out);
	if (err.code)
		status = cli_fail(&err);
	else if (!status && !b.n)
		status = err_exit_status(ERR_NOT_FOUND);
	db_close(b.db);
	buf_release(&b.out);
	return status;
}
