/* SPDX-License-Identifier: MIT */
/* Subscriptions of other programs, and feeds known by an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "app/add_known.h"
#include "app/import.h"
#include "base/attr.h"
#include "base/buf.h"

/* What is taken, as YAML lines; then "!" and the names of what is left out. */
static void tell(struct buf *out, const struct import *m)
{
	conf_source_lines(out, m->sources.v, m->sources.n, 0);
	conf_section_lines(out, m->sections.v, m->sections.n, 0);
	VEC_EACH (struct import_left_out, x, &m->left_out)
		buf_printf(out, "! %.*s\n", STR_ARG(x->what));
}

static const struct {
	bool with_commands;
	const char *text, *taken;
} files[] = {
    {false, "# newsboat\nhttp://a.example/f news \"~A \\\"b\\\"\"\nhttps://b.example/ # none\n",
        "- name: \"A \\\"b\\\"\"\n  url: http://a.example/f\n  section: news\n"
        "- name: b.example\n  url: https://b.example/\n"},
    {false, "\"exec:touch /tmp/x\" ~E\n\"filter:x:http://a.example/\"\nfile:///etc/passwd ~F\ngopher://x/\n",
        "! E\n! a.example\n! F\n! gopher://x/\n"},
    {true, "\"exec:a 'b c' d\" ~E\n\"exec:a | b\" ~P\n\"filter:my-filter -x:http://a.example/\" ~F\n",
        "- name: E\n  command: [a, b c, d]\n- name: P\n  command: [sh, \"-c\", \"a | b\"]\n"
        "- name: F\n  url: http://a.example/\n  filter: [my-filter, \"-x\"]\n"},
    {false, "\"query:Q: name:unread = \\\"yes\\\"\"\n\"query:Q:title =~ \\\"a\\\" or not\"\n", "! Q\n! Q\n"},
    {false, "\"query:Q:unread = \\\"yes\\\" and age < 3\"\n", "- name: Q\n  query: is:unread after:3d\n"},
    {false, "http://a.example/\x1b]0;x\x07 ~x\n\xef\xbf\xbd\nhttp:///\n",
        "- name: x\n  url: \"http://a.example/%1B]0;x\"\n! \xef\xbf\xbd\n! http:///\n"},
    {false,
        "feeds() {\n\t# feed \"no\" \"http://no.example/\"\n\tfeed 'a b' 'http://a.example/' 'x'\n"
        "\tfeed c \"$X/c\"\n\techo `touch /tmp/x`\n}\n",
        "- name: a b\n  url: http://a.example/\n! c\n"},
    {false,
        "@ News < reload-period 9\nhttp://a.example/ \"A\" < x 1\n$(touch /tmp/x) "
        "\"S\"\n@\nhttp://b.example/",
        "- name: A\n  url: http://a.example/\n  section: News\n- name: b.example\n  url: "
        "http://b.example/\n! S\n"},
    {false,
        "(setq elfeed-feeds ; \"http://no.example/\"\n'(\"http://a.example/\" (\"http://b.example/\" tag "
        "more)"
        "\n\"http://c.example/\"))(setq x '(\"http://no.example/\"))",
        "- name: a.example\n  url: http://a.example/\n- name: b.example\n  url: http://b.example/\n"
        "  section: tag\n- name: c.example\n  url: http://c.example/\n"
        "- name: more\n  query: \"section:\\\"more\\\" OR source:\\\"b.example\\\"\"\n"},
    {false,
        "\"query:Q:tags # \\\"tech\\\" and tags !# \\\"news\\\"\"\nhttp://a.example/ news tech \"~A "
        "\\\"x\\\"\" news\n"
        "http://b.example/ tech ! ~B news tech # no\nfile:///x y z\n",
        "- name: \"A \\\"x\\\"\"\n  url: http://a.example/\n  section: news\n"
        "- name: B\n  url: http://b.example/\n  section: tech\n"
        "- name: Q\n  query: \"(section:\\\"tech\\\" OR source:\\\"A \\\") "
        "-(section:\\\"news\\\" OR source:\\\"B\\\")\"\n"
        "- name: tech\n  query: \"section:\\\"tech\\\" OR source:\\\"A \\\"\"\n"
        "- name: news\n  query: \"section:\\\"news\\\" OR source:\\\"B\\\"\"\n! file:///x\n"},
    {false, "elfeed-feeds ((((\"http://a.example/", "- name: a.example\n  url: http://a.example/\n"},
};

static void files_of_other_programs(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct import m;
		SCOPED(buf) struct buf out = BUF_INIT;
		import_init(&m, files[i].with_commands);
		import_text(&m, import_sniff(str_c(files[i].text)), str_c(files[i].text));
		tell(&out, &m);
		import_release(&m);
		assert_string_equal(buf_cstr(&out), files[i].taken);
	}
}

static void queries(void **state)
{
	static const struct {
		const char *theirs, *ours;
	} rows[] = {{"unread = \"yes\" and (title =~ \"a b\" or tags # \"t\")",
	                "is:unread (title:\"a b\" OR section:\"t\")"},
	    {"title !~ \"^A.*\"", "-title:~\"(?i)^A.*\""}, {"age between 2:5", "before:2d after:5d"},
	    {"feedtitle == \"X\" and author # \"Y\"", "source:\"X\" author:\"Y\""}, {"flags # \"s\"", NULL},
	    {"title", NULL}, {"title =~ \"(\"", NULL}, {"(unread = \"no\"", NULL}, {"", NULL},
	    {"unread = \"maybe\"", NULL}};
	struct import m;
	(void)state;
	import_init(&m, false);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str ours = import_query(&m, str_c(rows[i].theirs));
		assert_string_equal(ours.p ? ours.p : "", rows[i].ours ? rows[i].ours : "");
	}
	import_release(&m);
}

static void known_sites(void **state)
{
	static const struct {
		const char *page, *feeds;
	} rows[] = {
	    {"https://www.youtube.com/channel/UC1/videos",
	        "https://www.youtube.com/feeds/videos.xml?channel_id=UC1"},
	    {"https://youtube.com/playlist?x=1&list=PL2",
	        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL2"},
	    {"https://www.youtube.com/playlist", ""},
	    {"https://www.youtube.com/@someone", ""},
	    {"https://old.reddit.com/r/news/top", "https://www.reddit.com/r/news/.rss"},
	    {"https://github.com/o/r",
	        "https://github.com/o/r/releases.atom https://github.com/o/r/commits.atom "
	        "https://github.com/o/r/tags.atom"},
	    {"https://github.com/o/r/releases", "https://github.com/o/r/releases.atom"},
	    {"https://github.com/o", "https://github.com/o.atom"},
	    {"https://notgithub.com/o/r", ""},
	    {"https://social.example/@jane", "https://social.example/@jane.rss"},
	    {"https://social.example/@", ""},
	    {"https://paper.example/", ""},
	    {"ftp://github.com/o/r", ""},
	};
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str out[KNOWN_MAX];
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf all = BUF_INIT;
		size_t n = known_feeds(a, str_c(rows[i].page), out);
		for (size_t k = 0; k < n; k++)
			buf_printf(&all, "%s%.*s", k ? " " : "", STR_ARG(out[k]));
		assert_string_equal(buf_cstr(&all), rows[i].feeds);
	}
}

static void usual_paths(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str out[USUAL_MAX];
	size_t n = usual_feeds(a, STR("http://x.example/blog/a.html"), out);
	(void)state;
	assert_string_equal(out[0].p, "http://x.example/blog/feed");
	assert_string_equal(out[n - 1].p, "http://x.example/news-sitemap.xml");
	assert_string_equal(
	    (usual_feeds(a, STR("http://x.example/blog"), out), out[0].p), "http://x.example/blog/feed");
	n = usual_feeds(a, STR("http://x.example"), out);
	assert_int_equal(n, 9);
	assert_string_equal(out[0].p, "http://x.example/feed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(files_of_other_programs),
	    cmocka_unit_test(queries),
	    cmocka_unit_test(known_sites),
	    cmocka_unit_test(usual_paths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
