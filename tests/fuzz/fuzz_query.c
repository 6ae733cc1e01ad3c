/* SPDX-License-Identifier: MIT */
/* Queries: any text becomes a tree or an error with a column inside of it; a tree can be tried on a story. */
#include "fuzz.h"

#include "model/match.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct str tags[] = {STR("space"), STR("Mond")};
	static const struct story story = {
	    .row = {.id = {1},
	        .event = {2},
	        .published = 1000,
	        .lang = LANG_EN,
	        .title = STR("Eagle lands on the Moon")},
	    .dek = STR("A field of boulders"),
	    .author = STR("Ada"),
	    .source_name = STR("Ledger"),
	    .url = STR("https://example.org/a"),
	    .tags = tags,
	    .n_tags = 2,
	};
	struct match_subject subject = {
	    .story = &story, .body = STR("Dust in the Café. 月面着陸の夜, covid-19")};
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str text = str_n((const char *)data, size);
	struct err err = {0};
	struct query *q = query_parse(a, text, 1000000000, &err);

	if (!q) {
		FUZZ_CHECK(err.message[0] && err.column >= 0 && (size_t)err.column <= utf8_count(text) + 1);
		return 0;
	}
	(void)match_query(q, &subject); /* either is right */
	(void)query_wants_hidden(q);
	query_release(q);
	return 0;
}
