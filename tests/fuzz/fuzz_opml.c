/* SPDX-License-Identifier: MIT */
/* A subscription list: every address that comes out is one of the web. */
#include "fuzz.h"

#include "feed/feed_parse.h"
#include "text/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf record = BUF_INIT;
	struct feed_input in = {.bytes = {(const char *)data, size}};
	struct err err = {0};
	struct feed feed, back;

	if (size == 0 || !feed_parse_opml(a, &in, &feed, &err))
		return 0;
	for (size_t i = 0; i < feed.n_items; i++)
		FUZZ_CHECK(url_is_web(feed.items[i].url));
	feed_encode(&record, &feed);
	FUZZ_CHECK(feed_decode(a, buf_str(&record), &back, &err));
	return 0;
}
