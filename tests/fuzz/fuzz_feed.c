/* SPDX-License-Identifier: MIT */
/* Any document as a feed: the first line is its Content-Type, the rest the bytes. What comes out passes the
 * check of the receiving side, byte for byte, and so do the documents of its items. */
#include "fuzz.h"

#include "doc/codec.h"
#include "feed/feed_parse.h"
#include "model/feed_json.h"
#include "parse/parse_inline.h"
#include "text/utf8.h"

static void check_docs(struct arena *a, const struct feed_input *in, size_t n_items)
{
	SCOPED(buf) struct buf record = BUF_INIT;
	struct job job = {
	    .kind = JOB_FEED, .url = in->url, .content_type = in->content_type, .want_doc = true};
	struct err err = {0};
	struct feed feed;

	FUZZ_CHECK(parse_job_run(&job, in->bytes, &record, &err));
	FUZZ_CHECK(feed_decode(a, buf_str(&record), &feed, &err) && feed.n_items == n_items);
	for (size_t i = 0; i < feed.n_items; i++) {
		struct doc *d = feed.items[i].doc.len ? doc_decode(feed.items[i].doc, &err) : NULL;
		FUZZ_CHECK(d || !feed.items[i].doc.len);
		FUZZ_CHECK(!feed.items[i].doc.len || !feed.items[i].content_html.len);
		doc_free(d);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf record = BUF_INIT;
	SCOPED(buf) struct buf again = BUF_INIT;
	SCOPED(buf) struct buf json = BUF_INIT;
	struct str rest = {(const char *)data, size};
	struct feed_input in = {.url = STR("https://e.example/feed.xml")};
	struct err err = {0};
	struct feed feed, back;

	if (!str_split(&rest, '\n', &in.content_type))
		return 0;
	in.bytes = rest.p ? rest : STR("");
	if (!feed_parse(a, &in, &feed, &err)) {
		FUZZ_CHECK(err.code != ERR_NONE && err.message[0]);
		return 0;
	}
	feed_encode(&record, &feed);
	FUZZ_CHECK(feed_decode(a, buf_str(&record), &back, &err));
	feed_encode(&again, &back);
	FUZZ_CHECK(str_eq(buf_str(&record), buf_str(&again)));
	check_docs(a, &in, feed.n_items);
	FUZZ_CHECK(feed_json(&json, &feed) && utf8_valid(buf_str(&json)));
	return 0;
}
