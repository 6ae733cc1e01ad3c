/* SPDX-License-Identifier: MIT */
/* parse and extract: a file through courant-parse, printed as JSON. */
#include "app/cli.h"

#include "app/article_json.h"
#include "app/cli_bytes.h"
#include "base/i18n.h"
#include "model/feed_json.h"

static bool one_file(const struct cli *c, const char *command, struct err *err)
{
	if (c->n_args == 1)
		return true;
	return err_set(err, ERR_USAGE, _("%s takes one file ('-' is standard input)"), command);
}

int cli_parse_command(struct cli *c)
{
	struct err err = {0};
	struct feed feed = {0};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	SCOPED(buf) struct buf record = BUF_MAX((size_t)256 << 20), out = BUF_MAX((size_t)512 << 20);
	struct job job = {.kind = JOB_FEED,
	    .url = str_c(c->url),
	    .content_type = str_c(c->content_type),
	    .want_html = true};
	if (!one_file(c, "parse", &err) || !cli_parse_file(c->args[0], &job, &record, &err) ||
	    !feed_decode(arena, buf_str(&record), &feed, &err))
		return cli_fail(&err);
	feed_json(&out, &feed);
	return cli_print(&out);
}

int cli_extract(struct cli *c)
{
	struct err err = {0};
	SCOPED(buf) struct buf record = BUF_MAX((size_t)256 << 20), out = BUF_MAX((size_t)512 << 20);
	struct job job = {.kind = JOB_PAGE,
	    .url = str_c(c->url),
	    .content_type = str_c(c->content_type),
	    .want_html = true,
	    .want_doc = true};
	if (!one_file(c, "extract", &err) || !cli_parse_file(c->args[0], &job, &record, &err))
		return cli_fail(&err);
	SCOPED_PTR(article) struct article *page = article_decode(buf_str(&record), &err);
	if (!page)
		return cli_fail(&err);
	if (page->state == PAGE_NO_ARTICLE || !page->doc) {
		err_set(&err, ERR_NOT_FOUND, _("%s holds no article"), c->args[0]);
		return cli_fail(&err);
	}
	article_json(&out, page);
	return cli_print(&out);
}
