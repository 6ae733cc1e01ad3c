/* SPDX-License-Identifier: MIT */
/* One job, one page: the same road as everything, driven from the command line. */
#include "app/cli_bytes.h"

#include "app/edition.h"
#include "app/hands.h"
#include "app/paged.h"
#include "app/source_request.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/memfd.h"
#include "base/mem.h"
#include "text/url.h"

#include <unistd.h>

#define INPUT_MAX ((size_t)256 << 20)

struct waiter {
	struct hands *hands;
	struct job job; /* what a page is asked for */
	const char *url;
	struct buf *out;
	struct buf *from; /* address that a page came from */
	struct str referrer_host;
	struct err *err;
	bool done, ok;
};

static void on_reply(void *arg, const struct job_reply *r)
{
	struct waiter *w = arg;
	w->done = true;
	w->ok = r->ok;
	if (r->ok) {
		buf_addstr(w->out, r->result);
		return;
	}
	err_set(w->err, r->code, "%.*s", STR_ARG(r->message));
	if (r->line)
		err_place(w->err, w->url, r->line, r->column);
}

static bool wait_for(struct waiter *w, struct loop *l, struct err *err)
{
	while (!w->done)
		if (!loop_turn(l, -1, err))
			return false;
	return w->ok;
}

bool cli_parse_bytes(struct buf *bytes, const char *path, struct job *job, struct buf *out, struct err *err)
{
	int fd = memfd_of("document", buf_str(bytes), err);
	if (fd < 0)
		return false;
	buf_release(bytes);
	struct fetch_settings settings = {.fixed_now = TIME_NONE};
	SCOPED_PTR(loop) struct loop *l = loop_new(err);
	SCOPED_PTR(hands) struct hands *h = l ? hands_new(l, &settings, err) : NULL;
	if (!h) {
		close(fd);
		return false;
	}
	struct waiter w = {.hands = h, .url = path, .out = out, .err = err};
	hands_parse(h, job, fd, true, on_reply, &w);
	bool ok = wait_for(&w, l, err);
	if (!ok && err && !err->file[0])
		err_wrap(err, "%s", path);
	return ok;
}

bool cli_parse_file(const char *path, struct job *job, struct buf *out, struct err *err)
{
	SCOPED(buf) struct buf bytes = BUF_MAX(INPUT_MAX);
	return file_read(path, &bytes, err) && cli_parse_bytes(&bytes, path, job, out, err);
}

/* ---- A page ---- */

static void on_answer(void *arg, const struct fetch_answer *r, int body_fd)
{
	struct waiter *w = arg;
	if (r->failure != FETCH_OK || r->status != 200 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		w->done = true;
		err_set(w->err, ERR_NET, "%s: %.*s", w->url, STR_ARG(r->reason));
		return;
	}
	w->job.url = r->final_url.len ? r->final_url : str_c(w->url);
	buf_reset(w->from);
	buf_addstr(w->from, w->job.url);
	w->job.content_type = r->content_type;
	hands_parse(w->hands, &w->job, body_fd, true, on_reply, w);
}

/* The next page of an article. False: it did not come. */
static bool fetch(struct waiter *w, struct loop *l, const struct conf *c, const char *url, struct err *err)
{
	uint32_t timeout_ms = (uint32_t)conf_seconds(c, SET_FETCH_TIMEOUT) * 1000;
	struct fetch_request r = {.url = str_c(url),
	    .purpose = FETCH_PAGE,
	    .timeout_ms = timeout_ms,
	    .connect_timeout_ms = timeout_ms,
	    .max_size = (uint64_t)conf_bytes(c, SET_FETCH_MAX_SIZE),
	    .referrer_host = w->referrer_host};
	w->job = (struct job){.kind = JOB_PAGE, .want_doc = true};
	w->url = url;
	w->err = err;
	w->done = w->ok = false;
	buf_reset(w->out);
	hands_fetch(w->hands, &r, on_answer, w);
	return wait_for(w, l, err);
}

/* Page by page; one that does not come leaves those before it. */
static struct article *fetch_all(struct hands *h, struct loop *l, const struct conf *c, const char *url,
    struct str named_by, struct err *err)
{
	SCOPED(buf) struct buf record = BUF_INIT, from = BUF_MAX(64 << 10);
	struct waiter w = {.hands = h, .out = &record, .from = &from, .referrer_host = url_host(named_by)};
	SCOPED(paged) struct paged paged = {0};
	SCOPED_STR next = mem_strdup(url);
	struct err later = {0};
	while (fetch(&w, l, c, next, paged.n ? &later : err)) {
		struct article *page = article_decode(buf_str(&record), err);
		if (!page)
			return NULL;
		paged_add(&paged, page, buf_str(&from));
		if (!paged.next.len)
			break;
		mem_free(next);
		next = mem_strndup(paged.next.p, paged.next.len);
	}
	return paged.n ? paged_take(&paged) : NULL;
}

static struct article *fetch_with(
    const struct conf *c, const char *edition, const char *url, struct str named_by, struct err *err)
{
	struct fetch_settings settings;
	fetch_settings_of(c, &settings);
	if (edition)
		settings.edition_dir = str_c(edition);
	SCOPED_PTR(loop) struct loop *l = loop_new(err);
	SCOPED_PTR(hands) struct hands *h = l ? hands_new(l, &settings, err) : NULL;
	return h ? fetch_all(h, l, c, url, named_by, err) : NULL;
}

struct article *cli_fetch_page(
    const struct program_options *o, const char *url, struct str named_by, struct err *err)
{
	struct program_paths paths;
	bool created = false;
	if (!program_paths(&paths, o, err))
		return NULL;
	SCOPED_PTR(conf)
	struct conf *c =
	    file_exists(paths.config) ? program_conf(&paths, false, &created, NULL, err) : conf_new();
	struct article *page = c ? fetch_with(c, paths.edition_dir, url, named_by, err) : NULL;
	program_paths_release(&paths);
	return page;
}
