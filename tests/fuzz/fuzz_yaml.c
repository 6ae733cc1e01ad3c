/* SPDX-License-Identifier: MIT */
/* Configurations: any bytes become a conf or problems with clean words; any words become the name of one
 * source and nothing else. */
#include "fuzz.h"

#include "conf/conf.h"
#include "conf/conf_write.h"
#include "text/safe.h"

static void read_as_file(struct str text)
{
	SCOPED(problems) struct problems p = {0};
	struct err err = {0};
	struct conf *c = conf_parse(text, "fuzz.yaml", &p, &err);
	size_t n;

	FUZZ_CHECK((c == NULL) == p.failed && p.n <= PROBLEMS_MAX);
	FUZZ_CHECK(c || err.message[0]);
	for (size_t i = 0; i < p.n; i++)
		FUZZ_CHECK(
		    safe_is(str_c(p.v[i].message), SAFE_LINE) && p.v[i].line >= 0 && p.v[i].column >= 0);
	const struct source_conf *s = c ? conf_sources(c, &n) : NULL;
	for (size_t i = 0; s && i < n; i++)
		FUZZ_CHECK(s[i].name.len && s[i].key.len && safe_is(s[i].name, SAFE_LINE));
	conf_free(c);
}

static void write_as_name(struct str text)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	struct new_source s = {.name = text, .url = STR("https://a.example/"), .section = text};
	size_t n;

	buf_adds(&b, "sources:\n");
	conf_source_lines(&b, &s, 1, 2);
	SCOPED_PTR(conf) struct conf *c = conf_parse(buf_str(&b), "fuzz.yaml", NULL, NULL);
	if (!c) /* nothing was left of the words */
		return;
	const struct source_conf *list = conf_sources(c, &n);
	FUZZ_CHECK(
	    n == 1 && !list[0].command && !list[0].filter && str_eqc(list[0].url, "https://a.example/"));
	FUZZ_CHECK(!text.len || str_eq(list[0].name, list[0].section));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_n((const char *)data, size);

	read_as_file(text);
	write_as_name(text);
	return 0;
}
