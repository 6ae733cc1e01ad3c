/* SPDX-License-Identifier: MIT */
/* A reply of a JSON API under a mapping: the first five lines are the pointers to the items, title, address,
 * date and error, the rest is the reply. */
#include "fuzz.h"

#include "feed/feed_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf record = BUF_INIT;
	struct str rest = {(const char *)data, size}, line[5];
	struct mapping map = {.unescape = 1, .html_fields = 1u << MAP_TITLE, .page_param = STR("p")};
	struct feed_input in = {.url = STR("https://e.example/api?p=1"), .mapping = &map};
	struct err err = {0};
	struct feed feed, back;

	for (size_t i = 0; i < 5; i++)
		if (!str_split(&rest, '\n', &line[i]))
			return 0;
	map.items = line[0];
	map.fields[MAP_TITLE] = line[1];
	map.fields[MAP_URL] = map.fields[MAP_ID] = map.fields[MAP_TAGS] = map.fields[MAP_AUTHOR] = line[2];
	map.fields[MAP_PUBLISHED] = line[3];
	map.error = line[4];
	in.bytes = rest.p ? rest : STR("");
	if (!feed_parse(a, &in, &feed, &err)) {
		FUZZ_CHECK(err.code != ERR_NONE && err.message[0]);
		return 0;
	}
	feed_encode(&record, &feed);
	FUZZ_CHECK(feed_decode(a, buf_str(&record), &back, &err));
	return 0;
}
