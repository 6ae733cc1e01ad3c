/* SPDX-License-Identifier: MIT */
/* Writing the configuration: the first file reads as the defaults, and a source is added without touching any
 * other byte, whatever form the list has. */
#include "conf/conf_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <ftw.h>

#include "base/file.h"
#include "base/mem.h"
#include "conf/conf.h"

static char dir[] = "/tmp/courant-conf-XXXXXX";

static char *in_dir(const char *name)
{
	return path_join(dir, name);
}

static void the_first_file_is_the_defaults(void **state)
{
	SCOPED_STR path = in_dir("a/b/config.yaml");
	SCOPED_STR folder = in_dir("a/b");
	SCOPED(buf) struct buf text = BUF_INIT, bare = BUF_INIT;
	SCOPED(problems) struct problems p = {0};
	struct err err = {0};
	struct stat st;
	size_t n;

	(void)state;
	assert_true(conf_create(path, &err));
	assert_true(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	assert_true(stat(folder, &st) == 0 && (st.st_mode & 0777) == 0700);
	assert_false(conf_create(path, &err));
	SCOPED_PTR(conf) struct conf *c = conf_read(path, &p, &err);
	assert_non_null(c);
	assert_int_equal(p.n, 0);
	assert_true(str_eqc(conf_sources(c, &n)[12].name, "Lobsters") && n == 13);
	/* Every setting in it, taken out of its comment, is good and is what it was. */
	conf_default_text(&text);
	struct str rest = buf_str(&text), line;
	while (str_split(&rest, '\n', &line)) {
		size_t indent = str_starts(line, "  #") ? 2 : 0;
		struct str inner = str_skip(line, indent);
		bool setting =
		    str_starts(inner, "#") && (!str_starts(inner, "# ") || str_starts(inner, "#  "));
		struct str bared = setting ? str_skip(inner, 1) : line;

		buf_printf(&bare, "%.*s%.*s\n", setting ? (int)indent : 0, "  ", STR_ARG(bared));
	}
	SCOPED_PTR(conf) struct conf *d = conf_parse(buf_str(&bare), "bare", &p, &err);
	if (!d)
		fail_msg("%d:%d: %s", err.line, err.column, err.message);
	assert_int_equal(conf_seconds(d, SET_FETCH_REFRESH), conf_seconds(c, SET_FETCH_REFRESH));
	assert_true(conf_sections(d, &n) && n == 1 && conf_rules(d, &n) && n == 2);
}

static const struct {
	const char *before, *after; /* after NULL: refused, and the file stays */
} additions[] = {
    {"", "\nsources:\n  - name: New\n    url: https://n.example/?a=1&b\n"},
    {"version: 1 # one\n",
        "version: 1 # one\n\nsources:\n  - name: New\n    url: https://n.example/?a=1&b\n"},
    {"version: 1", "version: 1\n\nsources:\n  - name: New\n    url: https://n.example/?a=1&b\n"},
    {"sources: # none\nmouse: true\n",
        "sources: # none\n  - name: New\n    url: https://n.example/?a=1&b\nmouse: true\n"},
    {"sources:\n- name: A # a\n  url: http://a.example/   # last\n# end\nmouse: true\n",
        "sources:\n- name: A # a\n  url: http://a.example/   # last\n- name: New\n  url: "
        "https://n.example/?a=1&b\n# "
        "end\nmouse: true\n"},
    {"sources:\n    - {name: A, url: http://a.example/}",
        "sources:\n    - {name: A, url: http://a.example/}\n    - name: New\n      url: "
        "https://n.example/?a=1&b\n"},
    {"sources:\n  - url: http://a.example/\n    name: |\n      Åä\n\n  # x\nmouse: true\n",
        "sources:\n  - url: http://a.example/\n    name: |\n      Åä\n\n  - name: New\n    url: "
        "https://n.example/?a=1&b\n  # x\nmouse: true\n"},
    {"sources: [] # é\n", "sources: [{name: New, url: https://n.example/?a=1&b}] # é\n"},
    {"é: 1\n", NULL},
    {"sources: [{name: É, url: http://a.example/}]\n",
        "sources: [{name: É, url: http://a.example/}, {name: New, url: https://n.example/?a=1&b}]\n"},
    {"{version: 1}\n", NULL},
    {"version: 1\n...\n", NULL},
};

static void other_bytes_stay(void **state)
{
	const struct new_source s = {.name = STR("New"), .url = STR("https://n.example/?a=1&b")};
	SCOPED_STR path = in_dir("add.yaml");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(additions); i++) {
		const char *before = additions[i].before, *after = additions[i].after;
		SCOPED(buf) struct buf text = BUF_INIT;
		struct err err = {0};
		size_t added = 9;
		bool ok;

		assert_true(file_replace(path, before, strlen(before), 0640, &err));
		ok = conf_add_sources(path, &s, 1, &added, &err);
		assert_true(file_read(path, &text, &err));
		if (ok != (after != NULL) || strcmp(buf_cstr(&text), after ? after : before) != 0)
			fail_msg("case %zu: %s%s", i, err.message, buf_cstr(&text));
		assert_int_equal(added, ok);
	}
}

static void words_cannot_become_structure(void **state)
{
	static const char *const names[] = {"x\"\n    command: [touch, /tmp/x]", "*a", "a: b", "- a", "null",
	    "#c", "{a}", "a\\", "  ", "2026", "a #b", "\x1b]0;x\x07", "Süddeutsche", "Members' paper",
	    "a,b]"};
	SCOPED_STR path = in_dir("words.yaml");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct new_source s = {
		    .name = str_c(names[i]), .url = STR("https://n.example/"), .section = str_c(names[i])};
		const char *start = i % 2 ? "sources: []\n" : "mouse: true\n";
		const struct source_conf *list;
		struct err err = {0};
		size_t n;

		assert_true(file_replace(path, start, strlen(start), 0600, &err));
		if (!conf_add_sources(path, &s, 1, NULL, &err)) {
			assert_string_equal(names[i], "  ");
			continue;
		}
		SCOPED_PTR(conf) struct conf *c = conf_read(path, NULL, &err);
		assert_non_null(c);
		list = conf_sources(c, &n);
		assert_true(n == 1 && !list[0].command && str_eq(list[0].name, list[0].section));
	}
}

static void a_source_is_not_doubled(void **state)
{
	const struct new_source s[] = {{.name = STR("A"), .url = STR("https://a.example/")},
	    {.name = STR("B"), .url = STR("https://b.example/")}};
	SCOPED_STR path = in_dir("twice.yaml");
	SCOPED_STR link = in_dir("link.yaml");
	struct err err = {0};
	struct stat st;
	size_t added, n;

	(void)state;
	assert_true(file_replace(path, "mouse: true\n", 12, 0640, &err) && symlink("twice.yaml", link) == 0);
	assert_true(conf_add_sources(link, s, 1, &added, &err) && added == 1);
	assert_true(conf_add_sources(link, s, 2, &added, &err) && added == 1);
	assert_true(conf_add_sources(link, s, 2, &added, &err) && added == 0);
	SCOPED_PTR(conf) struct conf *c = conf_read(path, NULL, &err);
	assert_true(c && conf_sources(c, &n) && n == 2);
	assert_true(lstat(link, &st) == 0 && S_ISLNK(st.st_mode));
	assert_true(stat(path, &st) == 0 && (st.st_mode & 0777) == 0640);
}

static void commands_and_sections(void **state)
{
	static const char *const argv[] = {"sh", "-c", "printf '%s\\n' \"a  b\" | cat", NULL};
	static const char *const filter[] = {"my-filter", "-x", NULL};
	const struct new_source s[] = {{.name = STR("A"), .command = argv},
	    {.name = STR("B"), .url = STR("https://b.example/feed/"), .filter = filter},
	    {.name = STR("C"), .url = STR("http://www.b.example/feed?utm_source=x")}};
	const struct new_section q[] = {
	    {STR("Moon"), STR("title:\"moon\" -is:read")}, {STR("Moon"), STR("x")}};
	SCOPED_STR path = in_dir("new/folder/config.yaml");
	struct err err = {0};
	size_t added, n;

	(void)state;
	if (!conf_add_sources(path, s, 3, &added, &err))
		fail_msg("%s", err.message);
	assert_int_equal(added, 2); /* made when missing */
	assert_true(conf_add_sections(path, q, 2, &added, &err) && added == 1);
	assert_true(conf_add_sources(path, s, 3, &added, &err) && added == 0);
	SCOPED_PTR(conf) struct conf *c = conf_read(path, NULL, &err);
	assert_non_null(c);
	const struct source_conf *list = conf_sources(c, &n);
	assert_int_equal(n, 2);
	assert_string_equal(list[0].command[2], argv[2]);
	assert_string_equal(list[1].filter[1], "-x");
	assert_true(str_eq(conf_sections(c, &n)->query, q[0].query) && n == 1);
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static int drop_all(void **state)
{
	(void)state;
	return nftw(dir, drop, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_file_is_the_defaults),
	    cmocka_unit_test(other_bytes_stay),
	    cmocka_unit_test(words_cannot_become_structure),
	    cmocka_unit_test(a_source_is_not_doubled),
	    cmocka_unit_test(commands_and_sections),
	};

	if (!mkdtemp(dir))
		return 99;
	return cmocka_run_group_tests(tests, NULL, drop_all);
}
