/* SPDX-License-Identifier: MIT */
/* show: one article, stored or fetched, as text, Markdown, HTML or JSON. */
#include "app/cli.h"

#include "app/article_json.h"
#include "app/cli_bytes.h"
#include "app/page.h"
#include "app/page_job.h"
#include "app/story_head.h"
#include "app/story_json.h"
#include "app/story_out.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "doc/out.h"
#include "related/related.h"
#include "store/story_db.h"
#include "text/url.h"

struct shown {
	struct story story;
	struct doc *feed_doc;
	struct article *page;
	const struct doc *doc; /* the text that is shown */
};

static void add_related(
    struct json_out *j, const struct cli *c, struct db *db, const struct shown *s, struct arena *arena)
{
	struct related_params params;
	struct related_row *rows = NULL;
	size_t n = 0;
	cli_related_params(c, &params);
	json_array(j, "related");
	if (related_find(db, s->story.row.id, &params, arena, &rows, &n, NULL))
		for (size_t i = 0; i < n; i++) {
			struct story other;
			if (!story_load(db, rows[i].id, arena, &other, NULL))
				continue;
			json_object(j, NULL);
			json_str(j, "title", other.row.title);
			json_str(j, "url", other.url);
			json_str(j, "kind", str_c(story_relation_name(rows[i].relation)));
			json_end_object(j);
		}
	json_end_array(j);
}

static void show_json(
    struct buf *out, const struct cli *c, struct db *db, const struct shown *s, struct arena *arena)
{
	struct json_out j;
	SCOPED(buf) struct buf text = BUF_INIT, html = BUF_INIT;
	if (s->doc) {
		doc_out_text(&text, s->doc, 0);
		doc_out_html(&html, s->doc);
	}
	json_begin(&j, out, false);
	json_object(&j, NULL);
	story_json_fields(&j, &s->story, s->page ? s->page->byline : STR_NONE);
	json_str(&j, "text", buf_str(&text));
	json_str(&j, "html", buf_str(&html));
	json_array(&j, "links");
	for (size_t i = 0; s->doc && i < s->doc->n_links; i++)
		json_str(&j, NULL, s->doc->links[i].url);
	json_end_array(&j);
	add_related(&j, c, db, s, arena);
	json_end_object(&j);
	buf_addc(out, '\n');
}

static void show_as(struct buf *out, const struct cli *c, const struct shown *s)
{
	static const enum story_format formats[] = {[SHOW_FORMAT_TEXT] = STORY_TEXT,
	    [SHOW_FORMAT_MARKDOWN] = STORY_MARKDOWN,
	    [SHOW_FORMAT_HTML] = STORY_HTML};
	SCOPED(buf) struct buf byline = BUF_MAX(4096);
	const struct article *page = s->page && s->doc == s->page->doc ? s->page : NULL;
	story_byline(&byline, &s->story, s->page, clock_now(), false);
	struct story_sheet sheet = {.title = s->story.row.title,
	    .dek = story_dek(&s->story, page, s->doc),
	    .byline = buf_str(&byline),
	    .url = s->story.url,
	    .doc = s->doc};
	story_sheet_out(out, &sheet, formats[c->format], c->width);
}

static struct str source_url(struct db *db, struct source_id id, struct arena *arena)
{
	struct source_state *states;
	size_t n;
	if (source_states(db, true, arena, &states, &n, NULL))
		for (size_t i = 0; i < n; i++)
			if (states[i].id.v == id.v)
				return states[i].url;
	return STR_NONE;
}

static int show_stored(struct cli *c, struct db *db, struct story_id id)
{
	struct err err = {0};
	struct shown s = {0};
	SCOPED(buf) struct buf out = BUF_INIT;
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	if (!story_load(db, id, arena, &s.story, &err))
		return cli_fail(&err);
	story_texts(&s.story, &s.feed_doc, &s.page);
	/* A story that is stored as a teaser only is shown whole when its page comes. */
	if (!s.page && url_is_web(s.story.url) && page_is_teaser(s.feed_doc, s.story.url)) {
		SCOPED_STR url = mem_strndup(s.story.url.p, s.story.url.len);
		s.page = cli_fetch_page(&c->program, url, source_url(db, s.story.row.source, arena), NULL);
	}
	s.doc = s.page && page_is_better(s.page, s.feed_doc) ? s.page->doc : s.feed_doc;
	if (c->json)
		show_json(&out, c, db, &s, arena);
	else
		show_as(&out, c, &s);
	doc_free(s.feed_doc);
	article_free(s.page);
	return cli_print(&out);
}

static int show_fetched(struct cli *c, const char *url)
{
	struct err err = {0};
	SCOPED(buf) struct buf out = BUF_INIT;
	SCOPED_PTR(article) struct article *page = cli_fetch_page(&c->program, url, str_c(url), &err);
	if (!page)
		return cli_fail(&err);
	const char *trouble = page_state_words(page->state);
	if (trouble || !page->doc) {
		if (trouble)
			err_set(&err, page->state == PAGE_CONSENT ? ERR_NET : ERR_NOT_FOUND, "%s %s", url,
			    trouble);
		else
			err_set(&err, ERR_NOT_FOUND, _("%s holds no article"), url);
		return cli_fail(&err);
	}
	struct shown s = {.page = page, .doc = page->doc};
	s.story = (struct story){.row = {.title = page->title, .published = page->published},
	    .dek = page->dek,
	    .author = page->byline,
	    .source_name = page->site.len ? page->site : url_site(str_c(url)),
	    .url = str_c(url)};
	if (c->json)
		article_json(&out, page);
	else
		show_as(&out, c, &s);
	return cli_print(&out);
}

int cli_show(struct cli *c)
{
	struct err err = {0};
	if (c->n_args != 1) {
		err_set(&err, ERR_USAGE, _("show takes the id or the address of one story"));
		return cli_fail(&err);
	}
	const char *word = c->args[0];
	struct db *db = cli_db(c, DB_READ, &err);
	struct story_id id = db ? cli_story(db, word) : STORY_NONE;
	int status;
	if (id.v)
		status = show_stored(c, db, id);
	else if (url_is_web(str_c(word)))
		status = show_fetched(c, word);
	else {
		if (!err.code)
			err_set(&err, ERR_NOT_FOUND, _("no story with the id '%s'; courant list shows them"),
			    word);
		status = cli_fail(&err);
	}
	db_close(db);
	return status;
}
