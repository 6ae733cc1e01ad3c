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
#include "text/safe.h"
#include "text/width.h"
#include "text/wrap.h"

#include <string.h>

#define EVENTS      12
#define SINGLES     5 /* stories of one outlet, when no event has more */
#define OUTLETS     40
#define TEXT_WIDTH  78
#define INDENT      4
#define LEAD_LEAST  60 /* bytes of a lead: its sentence ends after so many */
#define LEAD_MOST   240
#define SINCE       "12h"
#define NAMES_MOST  6 /* outlets that are named */
#define LEADS_TRIED 12

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

/* ---- A lead where the feed has no dek ---- */

/* Just after the last end of a sentence in s; 0: there is none. */
static size_t sentence_end(struct str s)
{
	static const struct str ends[] = {
	    {". ", 2}, {"! ", 2}, {"? ", 2}, {"。", 3}, {"！", 3}, {"？", 3}, {"।", 3}};
	size_t last = 0;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		for (size_t at = LEAD_LEAST; at + ends[i].len <= s.len; at++)
			if (str_eq(str_sub(s, at, ends[i].len), ends[i]) && at + ends[i].len > last)
				last = at + ends[i].len;
	return last;
}

/* The dek, else the first sentences of the text. */
static struct str own_lead(struct brief *b, const struct story *s)
{
	struct story_words w;
	if (s->dek.len || !story_words(b->db, s->row.id, b->arena, &w, NULL) || !w.body.len)
		return s->dek;
	struct str body = safe_copy(b->arena, str_sub(w.body, 0, (size_t)4 * LEAD_MOST), SAFE_LINE);
	if (body.len <= LEAD_MOST)
		return body;
	struct str head = str_sub(body, 0, LEAD_MOST);
	size_t end = sentence_end(head);
	if (end)
		return str_trim(str_sub(head, 0, end));
	return str_c(arena_printf(b->arena, "%.*s…", STR_ARG(width_cut(head, LEAD_MOST / 2, NULL))));
}

/* Some feeds give titles alone: then another report of the event says what happened. */
static struct str lead_of(struct brief *b, const struct story *s)
{
	struct str lead = own_lead(b, s);
	if (lead.len || s->row.event_size < 2)
		return lead;
	struct list_spec spec = {
	    .set = {.event = s->row.event}, .order = LIST_OLDEST, .anchor = LIST_TOP, .after = LEADS_TRIED};
	struct snapshot *all = list_load(b->db, &spec, NULL);
	for (size_t i = 0; all && i < all->n_rows && !lead.len; i++) {
		struct story other;
		if (all->rows[i].lang == s->row.lang &&
		    story_load(b->db, all->rows[i].id, b->arena, &other, NULL))
			lead = own_lead(b, &other);
	}
	snapshot_unref(all);
	return lead;
}

/* ---- The forms ---- */

struct indented {
	struct buf *out;
	struct str text;
};

static void add_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct indented *in = arg;
	(void)columns;
	buf_printf(in->out, "%*s%.*s\n", INDENT, "", STR_ARG(str_sub(in->text, start, end - start)));
}

static void add_wrapped(struct buf *out, struct str text, size_t lines)
{
	struct indented in = {out, text};
	wrap_text(text, TEXT_WIDTH - INDENT, TEXT_WIDTH - INDENT, lines, add_line, &in);
}

static void add_names(struct buf *out, const struct str *names, size_t n)
{
	size_t told = n > NAMES_MOST + 1 ? NAMES_MOST : n;
	for (size_t i = 0; i < told; i++)
		buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
	if (told < n)
		/* TRANSLATORS: after the names of some outlets */
		buf_printf(out, P_(" and %zu more", " and %zu more", n - told), n - told);
}

/* "4 outlets: Ledger, Signal, … · 3h" */
static void add_outlets(struct buf *out, const struct story *s, const struct str *names, size_t n)
{
	if (n > 1)
		buf_printf(out, P_("%zu outlet: ", "%zu outlets: ", n), n);
	add_names(out, names, n);
	buf_adds(out, " · ");
	date_age(out, s->row.event_newest, clock_now());
}

static void event_text(struct brief *b, const struct story *s, const struct str *names, size_t n)
{
	SCOPED(buf) struct buf line = BUF_MAX(16384);
	size_t number = b->out.len;
	add_wrapped(&b->out, s->row.title, 0);
	/* the number hangs before the first line of the title */
	SCOPED_STR hang = mem_printf("%2zu. ", b->n);
	if (b->out.len >= number + INDENT)
		memcpy(b->out.data + number, hang, INDENT);
	add_wrapped(&b->out, lead_of(b, s), 4);
	add_outlets(&line, s, names, n);
	add_wrapped(&b->out, buf_str(&line), 0);
	buf_addc(&b->out, '\n');
}

static void event_markdown(struct brief *b, const struct story *s, const struct str *names, size_t n)
{
	struct str lead = lead_of(b, s);
	buf_printf(&b->out, "%zu. **[%.*s](%.*s)**  \n", b->n, STR_ARG(s->row.title), STR_ARG(s->url));
	if (lead.len)
		buf_printf(&b->out, "   %.*s  \n", STR_ARG(lead));
	buf_adds(&b->out, "   *");
	add_outlets(&b->out, s, names, n);
	buf_adds(&b->out, "*\n");
}

static void event_json(struct brief *b, const struct story *s, const struct str *names, size_t n)
{
	struct story told = *s;
	told.dek = lead_of(b, s);
	json_object(&b->json, NULL);
	story_json_fields(&b->json, &told, STR_NONE);
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
	s.row.event_newest = row->event_newest;
	size_t n = outlets_of(b, row, names);
	b->n++;
	if (b->cli->json)
		event_json(b, &s, names, n);
	else if (b->cli->format == SHOW_FORMAT_MARKDOWN)
		event_markdown(b, &s, names, n);
	else
		event_text(b, &s, names, n);
}

static void add_head(struct brief *b, const char *since)
{
	buf_adds(&b->out, b->cli->format == SHOW_FORMAT_MARKDOWN ? "# " : "");
	/* TRANSLATORS: head of the brief, before a date and time */
	buf_adds(&b->out, _("The largest events since "));
	date_byline(&b->out, date_moment(str_c(since), clock_now()), clock_now(), false);
	buf_adds(&b->out, "\n\n");
}

static bool any_event(const struct snapshot *s)
{
	for (size_t i = 0; i < s->n_rows; i++)
		if (s->rows[i].event_outlets > 1)
			return true;
	return false;
}

static bool run(struct brief *b, struct err *err)
{
	const char *since = b->cli->since ? b->cli->since : SINCE;
	SCOPED_STR words = mem_printf("after:%s", since);
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
	if (s && !b->cli->json && s->n_rows)
		add_head(b, since);
	bool events = s && any_event(s);
	for (size_t i = 0; s && i < s->n_rows; i++)
		if (events ? s->rows[i].event_outlets > 1 : i < SINGLES)
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
