/* SPDX-License-Identifier: MIT */
/* Small pages of our own, each with what is to be got out of it: pages/NAME.html and pages/NAME.txt. UPDATE=1
 * in the environment writes the .txt files anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "article/article_extract.h"
#include "article/page.h"
#include "article/onpage.h"
#include "article/state.h"
#include "base/clock.h"
#include "text/date.h"

static const char *const block_names[] = {[BLOCK_PARA] = "para",
    [BLOCK_HEADING] = "heading",
    [BLOCK_ITEM] = "item",
    [BLOCK_ITEM_MORE] = "more",
    [BLOCK_TERM] = "term",
    [BLOCK_DESC] = "desc",
    [BLOCK_CODE] = "code",
    [BLOCK_VERSE] = "verse",
    [BLOCK_TABLE] = "table",
    [BLOCK_FIGURE] = "figure",
    [BLOCK_EMBED] = "embed",
    [BLOCK_NOTE] = "note",
    [BLOCK_RULE] = "rule",
    [BLOCK_SOURCE] = "source"};

static void show_field(struct buf *out, const char *name, struct str v)
{
	if (v.len)
		buf_printf(out, "%s: %.*s\n", name, STR_ARG(v));
}

static void show_table(struct buf *out, const struct doc_table *t)
{
	if (t->caption.text.len)
		buf_printf(out, "  (%.*s)\n", STR_ARG(t->caption.text));
	for (size_t r = 0; r < t->n_rows; r++) {
		for (uint32_t c = t->row_start[r]; c < t->row_start[r + 1]; c++)
			buf_printf(out, "%s%.*s%s", c > t->row_start[r] ? " | " : "  ",
			    STR_ARG(t->cells[c].text.text), t->cells[c].flags & CELL_NUMBER ? "#" : "");
		buf_addc(out, '\n');
	}
}

static void show_doc(struct buf *out, const struct doc *d)
{
	for (size_t i = 0; d && i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];
		buf_printf(out, "[%s", block_names[b->kind]);
		if (b->level)
			buf_printf(out, " %d", b->level);
		if (b->ordered)
			buf_printf(out, " #%u", b->number);
		if (b->quote)
			buf_printf(out, " >%d", b->quote);
		if (b->label.len)
			buf_printf(out, " %.*s", STR_ARG(b->label));
		if (b->url.len)
			buf_printf(out, " %.*s", STR_ARG(b->url));
		if (b->kind == BLOCK_EMBED && b->alt.len)
			buf_printf(out, " (%.*s)", STR_ARG(b->alt));
		buf_printf(out, "] %.*s\n", STR_ARG(b->text.text));
		if (b->table)
			show_table(out, b->table);
	}
}

static void show(struct buf *out, const struct article *a)
{
	static const char *const states[] = {"article", "no article", "cut", "consent", "soft error"};

	show_field(out, "state", str_c(states[a->state]));
	show_field(out, "title", a->title);
	show_field(out, "dek", a->dek);
	show_field(out, "byline", a->byline);
	show_field(out, "site", a->site);
	show_field(out, "language", a->language);
	show_field(out, "image", a->image);
	show_field(out, "canonical", a->canonical);
	show_field(out, "next", a->next_page);
	if (a->published != TIME_NONE) {
		buf_adds(out, "published: ");
		date_rfc3339(out, a->published);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < a->n_related; i++)
		buf_printf(
		    out, "related: %.*s | %.*s\n", STR_ARG(a->related[i].url), STR_ARG(a->related[i].title));
	show_doc(out, a->doc);
}

static void load(struct buf *out, const char *name, const char *ending)
{
	const char *top = getenv("top_srcdir");
	char path[1024];

	snprintf(path, sizeof path, "%s/tests/article/pages/%s%s", top ? top : ".", name, ending);
	FILE *f = fopen(path, "rb");
	char chunk[4096];
	for (size_t n; f && (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_add(out, chunk, n);
	if (f)
		(void)fclose(f);
}

static void save(const char *name, struct str text)
{
	const char *top = getenv("top_srcdir");
	char path[1024];

	snprintf(path, sizeof path, "%s/tests/article/pages/%s.txt", top ? top : ".", name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
}

static void test_pages(void **state)
{
	static const struct {
		const char *name, *url;
	} rows[] = {{"news", "https://weirpost.example/2024/03/05/tram"},
	    {"breaks", "http://keepers.example/diary.html"},
	    {"cjk", "https://river.example/2024/03/05/bridge.html"},
	    {"tables", "https://races.example/2023/results"}, {"feedlike", "https://bees.example/swarm"},
	    {"teaser", "https://ufer.example/faehre"}, {"wall", "https://salt.example/price"},
	    {"missing", "https://weirpost.example/x"}, {"robot", "https://weirpost.example/y"},
	    {"state", "https://ice.example/canal"}, {"parts", "https://page.example/parts"},
	    {"captions", "https://lake.example/boats"}};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf html = BUF_INIT, want = BUF_INIT, got = BUF_INIT;

		load(&html, rows[i].name, ".html");
		load(&want, rows[i].name, ".txt");
		assert_true(html.len > 0);
		SCOPED_PTR(article)
		struct article *a = article_extract_bytes(
		    buf_str(&html), STR("text/html; charset=utf-8"), str_c(rows[i].url), NULL);
		assert_non_null(a);
		show(&got, a);
		if (getenv("UPDATE"))
			save(rows[i].name, buf_str(&got));
		else
			assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	}
}

static void test_empty(void **state)
{
	static const char *const pages[] = {"", " ", "<", "<html>", "\xff\xfe", "<title>x</title>",
	    "<script>a",
	    "<nav><a href=/>one</a> <a href=/b>two</a> <a href=/c>three</a> <a href=/d>four</a></nav>"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		SCOPED_PTR(article) struct article *a = article_extract(str_c(pages[i]), STR_NONE, NULL);
		assert_non_null(a);
		assert_int_equal(a->state, PAGE_NO_ARTICLE);
	}
}

static void test_names(void **state)
{
	static const struct {
		const char *class, *id;
		uint32_t has, not ;
	} rows[] = {
	    {"post-related-links", "", MARK_RELATED, 0},
	    {"postRelatedLinks", "", MARK_RELATED, 0},
	    {"articleBody", "", MARK_BODY, 0},
	    {"article__body js-x", "", MARK_BODY, 0},
	    {"article body", "", 0, MARK_BODY}, /* two words, not one name */
	    {"no-comments", "", 0, MARK_COMMENT},
	    {"commentary", "", 0, MARK_COMMENT},
	    {"commentlist", "", MARK_COMMENT, 0},
	    {"", "how-to-share-a-secret-newsletter", 0, MARK_SHARE | MARK_PROMO}, /* a heading's words */
	    {"", "newsletter-box", MARK_PROMO, 0},
	    {"hidden", "", MARK_OFF, 0},
	    {"hidden md:block", "", 0, MARK_OFF},
	    {"d-none d-md-flex", "", 0, MARK_OFF},
	    {"overflow-hidden", "", 0, MARK_OFF},
	    {"download upload", "", 0, MARK_AD},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct attr attrs[] = {{ATTR_CLASS, str_c(rows[i].class)}, {ATTR_ID, str_c(rows[i].id)}};
		struct node n = {.tag = TAG_DIV, .attrs = attrs, .n_attrs = 2};
		uint32_t marks = furniture_marks(&n);
		assert_int_equal(marks & rows[i].has, rows[i].has);
		assert_int_equal(marks & rows[i].not, 0);
	}
}

static void test_next_page(void **state)
{
	static const struct {
		const char *html, *next;
	} rows[] = {
	    {"<link rel=next href=/b/c/2>", "https://a.example/b/c/2"},
	    {"<link rel=next href=/b/d>", NULL},
	    {"<link rel=next href=/b/d><p><a href='/b/c?page=2'>2</a>", "https://a.example/b/c?page=2"},
	    {"<a href='/b/c/3'>3</a> <a href='/b/c/2'>2</a>", "https://a.example/b/c/2"},
	    {"<a href='/b/c/2'>2</a> <a href='/b/c/?page=all'>on one page</a>",
	        "https://a.example/b/c/?page=all"},
	    {"<a href='/b/c/2024'>2024</a> <a href='/b/c#2'>note</a> <a href='/d/2'>x</a>", NULL},
	    {"<a href='https://b.example/b/c/2'>2</a>", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(article)
		struct article *a = article_extract(str_c(rows[i].html), STR("https://a.example/b/c"), NULL);
		assert_true(str_eq(a->next_page, str_c(rows[i].next)));
	}
}

/* What machines are told, what stands beside the headline, and the day and zone that come of both. */
static void test_published(void **state)
{
#define TOLD(published)   "<meta property=article:published_time content='" published "'>"
#define CHANGED(modified) "<meta property=article:modified_time content='" modified "'>"
#define SHOWN(line)       "<body><h1>The bridge is open</h1><div>" line "</div><p>One, two, three and a half.</p>"
	static const struct {
		const char *html, *url, *published;
	} rows[] = {
	    {TOLD("2024-02-10T08:00:00Z") SHOWN("By A. Miller"), "/x", "2024-02-10T08:00:00Z"},
	    {TOLD("2024-02-10T08:00:00+01:00") SHOWN("By A. Miller"), "/x", "2024-02-10T08:00:00+01:00"},
	    /* The clock that is shown tells the zone; so does the day, shown or in the address. */
	    {TOLD("2024-02-10T03:22:07Z") SHOWN("Feb 9, 2024, 10:22 pm"), "/x", "2024-02-09T22:22:07-05:00"},
	    {TOLD("2024-02-09T18:30:00Z") SHOWN("<time datetime='2024-02-10T05:30:00+11:00'>10 Feb</time>"),
	        "/x", "2024-02-10T05:30:00+11:00"},
	    {TOLD("2024-02-10T01:10:00Z") SHOWN("9 February 2024"), "/x", "2024-02-09T23:10:00-02:00"},
	    {TOLD("2024-02-10T01:10:00Z") SHOWN("By A. Miller"), "/2024/02/09/x",
	        "2024-02-09T23:10:00-02:00"},
	    /* What came out anew, and what says that it was changed. */
	    {TOLD("2022-05-01T08:00:00Z") CHANGED("2024-02-10T09:30:00Z") SHOWN("10 February 2024"), "/x",
	        "2024-02-10T09:30:00Z"},
	    {TOLD("2022-05-01T08:00:00Z") CHANGED("2024-02-10T09:30:00Z") SHOWN("Updated: 10 February 2024"),
	        "/x", "2022-05-01T08:00:00Z"},
	    {TOLD("2022-05-01T08:00:00Z") CHANGED("2024-02-10T09:30:00Z")
	            SHOWN("1 May 2022, updated 10 February 2024"),
	        "/x", "2022-05-01T08:00:00Z"},
	    {TOLD("2022-05-01T08:00:00Z") SHOWN("10 February 2024"), "/x", "2022-05-01T08:00:00Z"},
	    {TOLD("2024-02-08T08:00:00Z") CHANGED("2024-02-10T09:30:00Z") SHOWN(
	         "<span>Aktualisiert am</span> <time datetime='2024-02-10T09:30Z'>10. Februar</time>"),
	        "/x", "2024-02-10T09:30:00Z"},
	    /* No word to machines. */
	    {SHOWN("<span>A. Miller</span><span>Feb 9, 2024</span>"), "/x", "2024-02-09T00:00:00Z"},
	    {SHOWN("<span>Feb</span> <span>09</span><span>2024</span>"), "/x", "2024-02-09T00:00:00Z"},
	    {SHOWN("By Julia Augusta, 9 February 2024"), "/x", "2024-02-09T00:00:00Z"},
	    {SHOWN("Editor, Macworld FEB 9, 2024 8:41 am"), "/x", "2024-02-09T08:41:00Z"},
	    {SHOWN("Updated 10 February 2024<p>Published 9 February 2024"), "/x", "2024-02-09T00:00:00Z"},
	    {SHOWN("<figure><figcaption>In May 3, 2001</figcaption></figure>"), "/x", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf url = BUF_INIT, got = BUF_INIT;
		buf_printf(&url, "https://a.example%s", rows[i].url);
		SCOPED_PTR(article)
		struct article *a = article_extract(str_c(rows[i].html), buf_str(&url), NULL);
		if (a->published != TIME_NONE)
			date_rfc3339_zone(&got, a->published, (int)a->published_zone_min);
		assert_string_equal(buf_cstr(&got), rows[i].published ? rows[i].published : "");
	}
}

/* Lines between paragraphs that lead away, in other languages than English; a sentence that begins alike
 * stays. */
static void test_lines(void **state)
{
#define PROSE                                                                                                \
	"<p>The bridge was closed for a year, and the town, which had waited long, came to see it open.</p>"
	static const char *const gone[] = {"Das könnte Sie auch interessieren", "Vous aimerez aussi",
	    "LE PUEDE INTERESAR: el puente", "Potrebbe interessarti", "War der Artikel nützlich?",
	    "This entry was posted in bridges", "Aktualisiert am 17.01.2021"};
	static const char *const kept[] = {
	    "Mira el puente, dijo ella.", "Most people stayed until the evening."};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(gone) + ARRAY_LEN(kept); i++) {
		const char *line = i < ARRAY_LEN(gone) ? gone[i] : kept[i - ARRAY_LEN(gone)];
		SCOPED(buf) struct buf html = BUF_INIT, got = BUF_INIT;
		buf_printf(&html, "<article><h1>The bridge</h1>%s%s<p>%s</p>%s</article>", PROSE, PROSE, line,
		    PROSE);
		SCOPED_PTR(article)
		struct article *a = article_extract(buf_str(&html), STR("https://a.example/x"), NULL);
		show_doc(&got, a->doc);
		assert_int_equal(str_find(buf_str(&got), str_c(line)) >= 0, i >= ARRAY_LEN(gone));
	}
}

/* A page that knows no headings. */
static void test_head_run(void **state)
{
	static const struct {
		const char *run;
		bool stays;
	} rows[] = {{"<b>The bridge</b><br><i>It is open.</i><br>By Ann Lee<br>4 May 1999, 12:30", false},
	    {"<b>The bridge</b><br>4 May 1999", false},
	    {"The bridge was the talk of the town for a year, and nobody who had seen the old one go down in "
	     "the flood "
	     "thought that there would ever be another.",
	        true}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf html = BUF_INIT, got = BUF_INIT;
		buf_printf(&html,
		    "<title>The bridge</title><meta name=description content='It is "
		    "open.'><table><tr><td>%s<hr>" PROSE PROSE PROSE "</td></tr></table>",
		    rows[i].run);
		SCOPED_PTR(article)
		struct article *a = article_extract(buf_str(&html), STR("https://a.example/x"), NULL);
		show_doc(&got, a->doc);
		assert_true(str_find(buf_str(&got), STR("which had waited long")) >= 0);
		assert_int_equal(str_find(buf_str(&got), STR("1999")) >= 0 ||
		                     str_find(buf_str(&got), STR("talk of the town")) >= 0,
		    rows[i].stays);
	}
}

static void test_telling(void **state)
{
	(void)state;
	assert_true(onpage_is_telling(STR("Related stories")));
	assert_true(onpage_is_telling(STR(" MEHR ZUM THEMA")));
	assert_true(onpage_is_telling(STR("相关新闻")));
	assert_false(onpage_is_telling(STR("What the council said")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_next_page),
	    cmocka_unit_test(test_published),
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_head_run),
	    cmocka_unit_test(test_telling),
	};

	clock_fix(1710000000);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
