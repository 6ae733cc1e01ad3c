/* SPDX-License-Identifier: MIT */
/* Any document as a feed: the first line is its Content-Type, the rest the bytes. What comes out passes the
 * check of the receiving side, byte for byte. */
#include "fuzz.h"

#include "feed/feed_parse.h"
#include "model/feed_json.h"
#include "text/utf8.h"

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
	FUZZ_CHECK(feed_json(&json, &feed) && utf8_valid(buf_str(&json)));
	return 0;
}
