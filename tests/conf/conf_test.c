/* SPDX-License-Identifier: MIT */
/* The configuration: what each kind of mistake is told as and where, the bounds, and the values that come
 * out. */
#include "conf/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"

/* "LINE:COLUMN: message" of every problem but the notes, joined by newlines. */
static void problems_of(const char *text, struct buf *out)
{
	SCOPED(problems) struct problems p = {0};
	struct err err = {0};
	struct conf *c = conf_parse(str_c(text), "f.yaml", &p, &err);

	buf_adds(out, "");
	for (size_t i = 0; i < p.n; i++)
		if (!p.v[i].note)
			buf_printf(out, "%s%d:%d: %s", out->len ? "\n" : "", p.v[i].line, p.v[i].column,
			    p.v[i].message);
	assert_int_equal(c == NULL, p.failed);
	if (!c)
		assert_string_equal(err.file, "f.yaml");
	conf_free(c);
}

static const struct {
	const char *text, *problems;
} mistakes[] = {
    {"", ""},
    {"# nothing\n", ""},
    {"version: 1\nsources:\n", ""},
    {"fetch:\n  #refresh: 5m\n", ""},
    {"fetch: {refesh: 5m}", "1:9: unknown key 'refesh' (did you mean 'refresh'?)"},
    {"fetch: {refresh: 5s}", "1:18: fetch.refresh is '5s'; the least is 60s"},
    {"fetch: {refresh: {a: b}}",
        "1:18: fetch.refresh is a mapping; it must be a duration, such as 90s, 30m, 12h, 7d"},
    {"fetch: {timeout: 1e400s}",
        "1:18: fetch.timeout is '1e400s'; it must be a duration, such as 90s, 30m, 12h, 7d"},
    {"fetch: {parallel: 2147483648}", "1:19: fetch.parallel is '2147483648'; the most is 1000"},
    {"fetch: {max_size: 9223372036854775808GiB}",
        "1:19: fetch.max_size is '9223372036854775808GiB'; it must be a size, such as 16MiB"},
    {"fetch: [1, 2]", "1:8: 'fetch' is a list; it must be a mapping"},
    {"fetch: {user_agent: \"a\\r\\nX: 1\"}", "1:21: fetch.user_agent holds a control character"},
    {"fetch: {proxy: 'javascript:x'}", "1:16: fetch.proxy is 'javascript:x'; it must be a proxy's address, "
                                       "such as socks5h://127.0.0.1:9050"},
    {"layout: {order: newst}",
        "1:17: layout.order is 'newst'; it must be one of: newest unread oldest source event "
        "(did you mean 'newest'?)"},
    {"layout: {measure: null}", "1:19: layout.measure has no value; leave the key out for the default"},
    {"layout: {headlines: 95%}", "1:21: layout.headlines is '95%'; a share is 1% to 90%"},
    {"version: 7", "1:10: version is '7'; the most is 1"},
    {"sources: hello", "1:10: 'sources' is a text; it must be a list of mappings"},
    {"sources: [x]", "1:11: a mapping (key: value) was expected here"},
    {"sources:\n  - name: A\n", "2:5: a source needs a url or a command"},
    {"sources:\n  - {url: 'gopher://x/'}", "2:5: the key 'name' is missing\n2:11: url is 'gopher://x/'; it "
                                           "must be an http, https or file address"},
    {"sources:\n  - {name: A, url: 'https://a.example/b c'}",
        "2:20: url is 'https://a.example/b c'; it must be an http, https or file address"},
    {"sources:\n  - {name: A, url: \"https://a.example/\\r\\nHost: x\"}",
        "2:20: url holds a control character"},
    {"sources:\n  - {name: A, url: http://a.example/}\n  - {name: B, url: http://a.example/}",
        "3:20: the source in line 2 has this address already"},
    {"sources:\n  - {name: A, url: http://a.example/, command: [x]}",
        "2:39: a source has a url or a command, not both"},
    {"sources:\n  - {name: A, command: 'x --y'}",
        "2:24: command is 'x --y'; a program with arguments is a list: [program, argument]"},
    {"sources:\n  - {name: A, url: http://a.example/, headers: {'A b': c}}",
        "2:49: 'A b' cannot be the name of a header or cookie"},
    {"sources:\n  - {name: A, url: http://a.example/, json: {html: [titel]}}",
        "2:53: 'titel' is no field; they are: id title url author summary content image published updated "
        "tags "
        "comments enclosure"},
    {"sources:\n  - {name: A, url: http://a.example/, auth: {user: me, password: x}}",
        "2:45: the key 'password_command' is missing\n2:56: unknown key 'password' (did you mean "
        "'password_command'?)"},
    {"rules:\n  - {match: a, do: [hid, tag x]}",
        "2:21: 'hid' is no action; they are: hide, star, read, tag WORD"},
    {"rules:\n  - {match: a, do: hide, until: tomorrow}",
        "2:33: until is 'tomorrow'; it must be a day, such as "
        "2026-12-31"},
    {"keys: {headlines: {'': next}}", "1:20: a name is missing before the ':'"},
    {"theme: {link: {fg: '#12345'}}",
        "1:20: fg is '#12345'; it must be a colour: a name, 0 to 255, or \"#rrggbb\""},
    {"theme:\n  headline.unred: {bold: true}\n  zz: {fg: bluish}",
        "2:3: unknown style 'headline.unred' (did you mean 'headline.unread'?)\n"
        "3:3: unknown style 'zz'; courant-config(5) lists them\n"
        "3:12: fg is 'bluish'; it must be a colour: a name, 0 to 255, or \"#rrggbb\""},
    {"fetch: {}\nfetch: {}", "2:1: the key 'fetch' is there twice"},
    {"a: &x {b: c}\nd: *x",
        "1:1: unknown key 'a'\n2:1: unknown key 'd'\n2:4: *x stands for a mapping; write its keys "
        "out here"},
    {"sources:\n  - name: !!python/x ['y']\n    url: http://a.example/\n",
        "2:11: a tag (!…) has no meaning here\n2:11: name is a list; it must be one line of text"},
    {"version: 1\n---\nversion: 1", "2:1: a second document begins here; a configuration is one"},
    {"fetch:\n\trefresh: 5m",
        "2:1: this cannot begin a value; a tab cannot indent, and words that begin so need quotes"},
    {"a: \xff", "1:4: this is not UTF-8"},
    {"- a", "1:1: a mapping (key: value) was expected here"},
    {"fetch: {refresh: 1s, timeout: 1h}\nmouse: maybe",
        "1:18: fetch.refresh is '1s'; the least is 60s\n1:31: fetch.timeout is '1h'; the most is 10m\n"
        "2:8: mouse is 'maybe'; it must be true or false"},
};

static void every_mistake_has_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;

		problems_of(mistakes[i].text, &out);
		if (strcmp(buf_cstr(&out), mistakes[i].problems) != 0)
			print_error("case %zu: %s\n", i, mistakes[i].text);
		assert_string_equal(buf_cstr(&out), mistakes[i].problems);
	}
}

static void what_comes_later_is_no_mistake(void **state)
{
	SCOPED(problems) struct problems p = {0};
	SCOPED_PTR(conf) struct conf *c = conf_parse(STR("accounts:\n  - {name: home}\n"), "f", &p, NULL);

	(void)state;
	assert_non_null(c);
	assert_true(p.n == 1 && p.v[0].note && p.v[0].line == 1 && strstr(p.v[0].message, "accounts"));
}

static void the_defaults_are_those_of_the_table(void **state)
{
	SCOPED_PTR(conf) struct conf *c = conf_new();
	size_t n;

	(void)state;
	assert_int_equal(conf_seconds(c, SET_FETCH_REFRESH), 1800);
	assert_int_equal(conf_bytes(c, SET_FETCH_MAX_SIZE), 16 << 20);
	assert_true(conf_bool(c, SET_FETCH_ON_START));
	assert_int_equal(conf_int(c, SET_FETCH_PER_HOST), 2);
	assert_null(conf_text(c, SET_FETCH_PROXY).p);
	assert_true(conf_seconds(c, SET_STORE_KEEP_STARRED) == CONF_FOREVER);
	assert_true(conf_is(c, SET_READING_MARK_READ, "open"));
	assert_int_equal(conf_cells(c, SET_LAYOUT_HEADLINES, 100), CONF_WORD);
	assert_string_equal(conf_argv(c, SET_OPEN_ENCLOSURE)[1], "{url}");
	assert_null(conf_argv(c, SET_OPEN_BROWSER));
	assert_null(conf_sources(c, &n));
	assert_int_equal(n, 0);
}

static const char full[] =
    "sources:\n"
    "  - name: One\n"
    "    url: https://one.example/feed\n"
    "    section: World\n"
    "  - name: Api\n"
    "    url: https://api.example/v1\n"
    "    refresh: auto\n"
    "    keep: forever\n"
    "    timeout: 5s\n"
    "    proxy: null\n"
    "    full_text: never\n"
    "    headers: {Accept-Language: en-GB, X-Key: {command: [pass, show, key]}}\n"
    "    cookies: {sid: abc}\n"
    "    auth: {user: me, password_command: pass}\n"
    "    json: {items: /hits, title: '/a // /b', published: {at: /t, unit: ms}, html: [title],\n"
    "           next: {page: p, last: /n}, max_pages: 3}\n"
    "  - {name: Log, command: [bot, '', -x], filter: [my filter]}\n"
    "fetch: {timeout: 9s, proxy: 'socks5h://127.0.0.1:9050'}\n"
    "sections: [{name: Sky, query: sky}]\n"
    "rules: [{match: moon, do: [star, tag sky], until: 1970-01-02}]\n"
    "layout: {headlines: 40%, related: off}\n"
    "theme: {link: {fg: blue, underline: true}}\n"
    "open: {browser: [w3m, '{url}']}\n"
    "keys: {preset: vim, headlines: {J: next-unread}}\n"
    "commands: {later: [later, '{title}  x']}\n";

static void a_file_becomes_records(void **state)
{
	struct err err = {0};
	SCOPED_PTR(conf) struct conf *c = conf_parse(str_c(full), "f", NULL, &err);
	const struct source_conf *s;
	size_t n;

	(void)state;
	if (!c)
		fail_msg("%d:%d: %s", err.line, err.column, err.message);
	s = conf_sources(c, &n);
	assert_int_equal(n, 3);
	assert_true(str_eqc(s[0].section, "World") && str_eqc(s[0].key, "https://one.example/feed"));
	assert_int_equal(s[0].timeout_s, 9);
	assert_true(str_eqc(s[0].proxy, "socks5h://127.0.0.1:9050"));
	assert_true(s[0].refresh_s == 1800 && s[0].keep_s == 180 * 86400 && s[0].full_text == FULL_TEXT_AUTO);
	assert_true(s[1].refresh_s == CONF_WORD && s[1].keep_s == CONF_FOREVER && s[1].timeout_s == 5);
	assert_true(s[1].proxy.p && !s[1].proxy.len && s[1].full_text == FULL_TEXT_NEVER && s[1].line == 5);
	assert_int_equal(s[1].n_headers, 2);
	assert_true(str_eqc(s[1].headers[0].value, "en-GB") && !s[1].headers[0].command);
	assert_string_equal(s[1].headers[1].command[2], "key");
	assert_true(s[1].n_cookies == 1 && str_eqc(s[1].cookies[0].name, "sid"));
	assert_true(str_eqc(s[1].user, "me") && strcmp(s[1].password_command[0], "pass") == 0);
	assert_true(
	    str_eqc(s[1].mapping->fields[MAP_PUBLISHED], "/t") && str_eqc(s[1].mapping->date_unit, "ms"));
	assert_true(str_eqc(s[1].mapping->fields[MAP_TITLE], "/a // /b") &&
	            s[1].mapping->html_fields == 1 << MAP_TITLE);
	assert_true(s[1].mapping->max_pages == 3 && str_eqc(s[1].mapping->page_last, "/n"));
	assert_true(str_eqc(s[2].key, "command:bot  -x") && !s[2].url.p && !s[2].command[1][0]);
	assert_string_equal(s[2].filter[0], "my filter");
}

static void the_rest_of_a_file_too(void **state)
{
	SCOPED_PTR(conf) struct conf *c = conf_parse(str_c(full), "f", NULL, NULL);
	size_t n;

	(void)state;
	assert_non_null(c);
	assert_true(str_eqc(conf_sections(c, &n)[0].query, "sky") && n == 1);
	assert_true(conf_rules(c, &n)[0].until == 2 * 86400 && conf_rules(c, &n)[0].n_actions == 2);
	assert_int_equal(conf_cells(c, SET_LAYOUT_HEADLINES, 120), 48);
	assert_true(conf_is(c, SET_LAYOUT_RELATED, "off") && conf_is(c, SET_THEME, "default"));
	assert_true(str_eqc(conf_styles(c, &n)[1].attribute, "underline") && n == 2);
	assert_string_equal(conf_argv(c, SET_OPEN_BROWSER)[0], "w3m");
	assert_true(conf_is(c, SET_KEYS_PRESET, "vim") &&
	            str_eqc(conf_keys(c, &n)[0].command, "next-unread") && n == 1);
	assert_string_equal(conf_commands(c, &n)[0].argv[1], "{title}  x");
	assert_true(
	    conf_put(c, STR("layout.measure"), STR("60"), NULL) && conf_int(c, SET_LAYOUT_MEASURE) == 60);
	assert_false(conf_put(c, STR("layout.measure"), STR("6"), NULL));
	assert_false(conf_put(c, STR("sources"), STR("[]"), NULL));
	assert_int_equal(conf_int(c, SET_LAYOUT_MEASURE), 60);
}

static bool is_refused(struct buf *text, const char *word)
{
	SCOPED(buf) struct buf out = BUF_INIT;

	problems_of(buf_cstr(text), &out);
	buf_reset(text);
	return strstr(buf_cstr(&out), word) != NULL;
}

static void bombs_are_refused(void **state)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	int64_t start = clock_mono_ms();

	(void)state;
	buf_adds(&b, "layout: ");
	buf_fill(&b, '[', 100000);
	assert_true(is_refused(&b, "nested more than 32 deep"));
	buf_adds(&b, "sources:\n");
	for (int i = 0; i < 50000; i++)
		buf_adds(&b, " -");
	assert_true(is_refused(&b, "nested more than 32 deep"));
	for (int i = 0; i < 50000; i++)
		buf_adds(&b, "{a: ");
	assert_true(is_refused(&b, "nested more than 32 deep"));
	buf_adds(&b, "a: &x [1]\nb:\n");
	for (int i = 0; i < 101; i++)
		buf_adds(&b, "- *x\n");
	assert_true(is_refused(&b, "more than 100 aliases"));
	buf_adds(&b, "a: [");
	for (int i = 0; i < 200001; i++)
		buf_adds(&b, "1,");
	assert_true(is_refused(&b, "more than 200000 values"));
	buf_fill(&b, '#', (8 << 20) + 1);
	assert_true(is_refused(&b, "larger than 8 MiB"));
	assert_true(clock_mono_ms() - start < 20000);
}

static void many_problems_are_bounded(void **state)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	SCOPED(problems) struct problems p = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "k%d\xc2\xad: \"\\e]0;x\"\n", i);
	assert_null(conf_parse(buf_str(&b), "f", &p, NULL));
	assert_int_equal(p.n, PROBLEMS_MAX);
	assert_int_equal(p.more, 1000 - PROBLEMS_MAX);
	for (size_t i = 0; i < p.n; i++)
		assert_null(strchr(p.v[i].message, 033));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_mistake_has_its_place),
	    cmocka_unit_test(what_comes_later_is_no_mistake),
	    cmocka_unit_test(the_defaults_are_those_of_the_table),
	    cmocka_unit_test(a_file_becomes_records),
	    cmocka_unit_test(the_rest_of_a_file_too),
	    cmocka_unit_test(bombs_are_refused),
	    cmocka_unit_test(many_problems_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
