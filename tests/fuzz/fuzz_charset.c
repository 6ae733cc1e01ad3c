/* SPDX-License-Identifier: MIT */
/* Encodings: the first line is the Content-Type, the rest the document. What comes out is UTF-8. */
#include "fuzz.h"

#include "text/charset.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size}, type = STR_NONE;
	ptrdiff_t newline = str_chr(s, '\n');

	charset_open_all();
	if (newline >= 0) {
		type = str_sub(s, 0, (size_t)newline);
		s = str_skip(s, (size_t)newline + 1);
	}
	for (int kind = CHARSET_XML; kind <= CHARSET_JSON; kind++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		const char *used;
		bool lied;

		FUZZ_CHECK(charset_to_utf8(&out, s, type, (enum charset_kind)kind, &used, &lied));
		FUZZ_CHECK(used && utf8_valid(buf_str(&out)));
		/* No encoding makes more than three bytes of one, but for U+FFFD and odd ends. */
		FUZZ_CHECK(out.len <= s.len * 3 + 16);
	}
	return 0;
}
