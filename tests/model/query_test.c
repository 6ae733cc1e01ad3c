/* SPDX-License-Identifier: MIT */
/* The query language: what text becomes which tree, where a mistake is, and which stories a tree fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/match.h"
#include "model/query.h"

#define NOW 1000000000

static const char *const field_names[] = {
    [QF_ANY] = "",
    [QF_TITLE] = "title:",
    [QF_AUTHOR] = "author:",
    [QF_SOURCE] = "source:",
    [QF_SECTION] = "section:",
    [QF_TAG] = "tag:",
    [QF_LANG] = "lang:",
    [QF_URL] = "url:",
};

/* The tree as text: (& a b), (| a b), (! a), word, word*, "phrase". */
static void show(struct buf *out, const struct query *q)
{
	const char *quote = q->kind == QUERY_PHRASE ? "\"" : "";

	switch (q->kind) {
	case QUERY_ALL:
		buf_adds(out, "all");
		break;
	case QUERY_AND:
	case QUERY_OR:
		buf_adds(out, q->kind == QUERY_AND ? "(& " : "(| ");
		show(out, q->left);
		buf_addc(out, ' ');
		show(out, q->right);
		buf_addc(out, ')');
		break;
	case QUERY_NOT:
		buf_adds(out, "(! ");
		show(out, q->left);
		buf_addc(out, ')');
		break;
	case QUERY_IS:
		buf_printf(out, "is%d", (int)q->is);
		break;
	case QUERY_AFTER:
	case QUERY_BEFORE:
	case QUERY_EVENT:
		buf_printf(out, "%d:%lld", (int)q->kind, (long long)q->number);
		break;
	case QUERY_WORD:
	case QUERY_PHRASE:
	case QUERY_REGEX:
	case QUERY_FIELD:
		buf_printf(out, "%s%s%s%.*s%s%s", field_names[q->field], q->kind == QUERY_REGEX ? "~" : "",
		    quote, STR_ARG(q->text), quote, q->prefix ? "*" : "");
	}
}

static void test_trees(void **state)
{
	static const struct {
		const char *text, *tree;
	} rows[] = {
	    {"", "all"},
	    {"  \t", "all"},
	    {"moon", "moon"},
	    {"moon landing", "(& moon landing)"},
	    {"a b c", "(& (& a b) c)"},
	    {"a AND b", "(& a b)"},
	    {"a OR b c", "(| a (& b c))"},
	    {"(a OR b) c", "(& (| a b) c)"},
	    {"or and not", "(& (& or and) not)"},
	    {"-moon", "(! moon)"},
	    {"NOT moon", "(! moon)"},
	    {"NOT(moon)", "(! moon)"},
	    {"-(a OR b)", "(! (| a b))"},
	    {"-title:x", "(! title:x)"},
	    {"ORACLE", "ORACLE"},
	    {"elect*", "elect*"},
	    {"\"sea of tranquility\"", "\"sea of tranquility\""},
	    {"\"running\"", "\"running\""},
	    {"covid-19", "\"covid-19\""},
	    {"don't", "\"don't\""},
	    {"月面", "月面"},
	    {"月面着陸", "\"月面着陸\""},
	    {"title:moon", "title:moon"},
	    {"title:\"the moon\"", "title:\"the moon\""},
	    {"title:elect*", "title:elect*"},
	    {"TITLE:moon", "title:moon"},
	    {"title:~\"^Live( blog)?:\"", "title:~^Live( blog)?:"},
	    {"title:~\"a\\\"b\"", "title:~a\\\"b"},
	    {"title:~(?i)live", "title:~live"},
	    {"author:\"Jane Doe\"", "author:Jane Doe"},
	    {"source:BBC section:World", "(& source:BBC section:World)"},
	    {"(tag:space)", "tag:space"},
	    {"lang:en-GB", "lang:en"},
	    {"url:example.org/a(b)", "url:example.org/a(b)"},
	    {"https://example.org/a?b=c", "url:https://example.org/a?b=c"},
	    {"is:unread -is:hidden", "(& is0 (! is4))"},
	    {"event:12", "11:12"},
	    {"after:2d", "9:999827200"},
	    {"before:2001-09-01", "10:999302400"},
	    {"12:30", "\"12:30\""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		SCOPED(buf) struct buf out = BUF_INIT;
		struct err err = {0};
		struct query *q = query_parse(a, str_c(rows[i].text), NOW, &err);

		if (!q)
			fail_msg("%s: %s", rows[i].text, err.message);
		show(&out, q);
		assert_string_equal(buf_cstr(&out), rows[i].tree);
		query_release(q);
	}
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *text;
		int column;
		const char *message; /* a part of it */
	} rows[] = {
	    {"tilte:x", 1, "unknown field 'tilte:' (did you mean 'title:'?)"},
	    {"moon tilte:x", 6, "did you mean"},
	    {"été tilte:x", 5, "did you mean"},
	    {"zzzzzz:x", 1, "in quotes"},
	    {"is:unraed", 4, "did you mean 'is:unread'?"},
	    {"is:", 1, "missing after 'is:'"},
	    {"title:", 1, "missing after 'title:'"},
	    {"title:\"\"", 1, "missing after 'title:'"},
	    {"a OR", 5, "missing after 'OR'"},
	    {"OR a", 1, "missing before 'OR'"},
	    {"a AND", 3, "missing after 'AND'"},
	    {"a -", 3, "missing after '-'"},
	    {"a NOT", 3, "missing after 'NOT'"},
	    {"(a", 1, "never closed"},
	    {"a ((b)", 3, "never closed"},
	    {"a)", 2, "closes nothing"},
	    {")", 1, "closes nothing"},
	    {"a ()", 3, "nothing between"},
	    {"a \"b", 3, "never closed"},
	    {"&&", 1, "no letters"},
	    {"after:someday", 7, "is no time"},
	    {"event:x", 7, "no number"},
	    {"lang:xx", 6, "unknown language"},
	    {"title:~\"a(\"", 8, "not closed"},
	    {"title:~\"a[\"", 8, "regular expression"},
	    {"author:~\"a\"", 8, "title:"},
	    {"title:~\"(a{9}){99}{99}\"", 8, "too large"},
	    {"title:~\"((((((((a*)+)+)+)+)+)+)+)+\"", 8, "too large"},
	    {"title:~\"(a)\\1\"", 8, "refers back"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct err err = {0};

		assert_null(query_parse(a, str_c(rows[i].text), NOW, &err));
		if (!strstr(err.message, rows[i].message) || err.column != rows[i].column)
			fail_msg("%s: %d: %s", rows[i].text, err.column, err.message);
	}
}

/* Deep, long and costly queries end in an error. */
static void test_bounds(void **state)
{
	static const struct {
		const char *unit;
		size_t times;
	} rows[] = {{"(", 100000}, {"-", 5000}, {"NOT ", 2000}, {"a ", 4000}, {"a OR ", 1500}, {"\xff", 1}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		SCOPED(buf) struct buf text = BUF_INIT;

		for (size_t n = 0; n < rows[i].times; n++)
			buf_adds(&text, rows[i].unit);
		assert_null(query_parse(a, buf_str(&text), NOW, NULL));
	}
}

static struct str story_tags[] = {STR("Raumfahrt"), STR("space")};

static void test_match(void **state)
{
	static const struct {
		const char *query;
		bool fits;
	} rows[] = {
	    {"", true},
	    {"moon", true},
	    {"MOON", true},
	    {"landing", true}, /* stems: the title has "lands" */
	    {"\"landing\"", false},
	    {"\"lands on\"", true},
	    {"\"on lands\"", false},
	    {"\"moon tonight dust\"", false}, /* a phrase does not go on from title to body */
	    {"mars", false},
	    {"-mars", true},
	    {"moon mars", false},
	    {"moon OR mars", true},
	    {"dust", true},
	    {"title:dust", false},
	    {"boulders", true}, /* dek */
	    {"tranq*", true},
	    {"ranq*", false},
	    {"cafe", true}, /* accents fold */
	    {"café", true},
	    {"月面", true},
	    {"月", true},
	    {"面月", false},
	    {"月面着陸", true},
	    {"着面月", false},
	    {"title:~\"^Eagle .* Moon\"", true},
	    {"title:~\"^eagle\"", false},
	    {"title:~\"(?i)^eagle\"", true},
	    {"author:armstrong", true},
	    {"author:strong", true},
	    {"source:ledg", true},
	    {"section:world", true},
	    {"tag:raum", true},
	    {"tag:mars", false},
	    {"lang:en", true},
	    {"lang:de", false},
	    {"url:example.org", true},
	    {"is:unread", false},
	    {"is:read", true},
	    {"is:starred", true},
	    {"is:opened OR is:hidden OR is:full", false},
	    {"after:3d", true},
	    {"after:1d", false},
	    {"before:1d", true},
	    {"event:77", true},
	    {"event:78", false},
	};
	struct story story = {
	    .row = {.id = {1},
	        .event = {77},
	        .published = NOW - 2 * 86400,
	        .flags = STORY_READ | STORY_STARRED,
	        .lang = LANG_EN,
	        .title = STR("Eagle lands on the Moon tonight")},
	    .dek = STR("A field of boulders"),
	    .author = STR("Neil Armstrong"),
	    .source_name = STR("Ledger"),
	    .section = STR("World"),
	    .url = STR("https://example.org/a"),
	    .tags = story_tags,
	    .n_tags = 2,
	};
	struct match_subject subject = {
	    .story = &story, .body = STR("Dust in the Café of Tranquility. 月面着陸の夜")};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct query *q = query_parse(a, str_c(rows[i].query), NOW, NULL);

		assert_non_null(q);
		if (match_query(q, &subject) != rows[i].fits)
			fail_msg("%s: expected %d", rows[i].query, rows[i].fits);
		query_release(q);
	}
	story.row.published = TIME_NONE;
	story.row.fetched = NOW;
	{
		SCOPED_PTR(arena) struct arena *a = arena_new();

		assert_true(match_query(query_parse(a, STR("after:1d"), NOW, NULL), &subject));
		assert_true(query_wants_hidden(query_parse(a, STR("a OR -is:hidden"), NOW, NULL)));
		assert_false(query_wants_hidden(query_parse(a, STR("is:read hidden"), NOW, NULL)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_trees),
	    cmocka_unit_test(test_mistakes),
	    cmocka_unit_test(test_bounds),
	    cmocka_unit_test(test_match),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
