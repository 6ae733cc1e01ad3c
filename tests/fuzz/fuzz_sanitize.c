/* SPDX-License-Identifier: MIT */
/* HTML made harmless: safe, without code, a second time changes nothing, and its tree holds it all. */
#include "fuzz.h"

#include "syntax/sanitize.h"
#include "text/safe.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const never[] = {
	    "<script", "<style", "<!--", "href=\"javascript:", "src=\"data:", "<iframe", "<svg"};
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf valid = BUF_INIT;
	SCOPED(buf) struct buf once = BUF_INIT;
	SCOPED(buf) struct buf twice = BUF_INIT;
	SCOPED(buf) struct buf line = BUF_INIT;
	struct str in = {(const char *)data, size}, base = STR("https://e.example/a/b"), rest, tag;

	(void)utf8_repair(&valid, in);
	FUZZ_CHECK(sanitize_html(&once, buf_str(&valid), base));
	FUZZ_CHECK(safe_is(buf_str(&once), SAFE_RUN));
	/* Inside tags only: the same words may stand in text. */
	for (rest = buf_str(&once); str_split(&rest, '>', &tag) && rest.p;) {
		ptrdiff_t lt = str_rchr(tag, '<');
		struct str open = str_skip(tag, (size_t)lt);
		FUZZ_CHECK(lt >= 0);
		for (size_t i = 0; i < ARRAY_LEN(never); i++)
			FUZZ_CHECK(str_find_nocase(open, never[i]) < 0);
	}
	FUZZ_CHECK(sanitize_html(&twice, buf_str(&once), base));
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&twice)));
	FUZZ_CHECK(sanitize_tree(a, buf_str(&valid), base)->root != NULL);
	FUZZ_CHECK(
	    sanitize_line(&line, buf_str(&valid), true) && sanitize_line(&line, buf_str(&valid), false));
	return 0;
}
