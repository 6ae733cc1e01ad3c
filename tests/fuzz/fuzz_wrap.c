/* SPDX-License-Identifier: MIT */
/* Lines and columns: the first two bytes are the widths. No line is wider, no byte is given twice, display
 * and measure agree. */
#include "fuzz.h"

#include "text/utf8.h"
#include "text/width.h"
#include "text/wrap.h"

struct lines {
	struct str s;
	size_t first, rest, n, end;
};

static void check_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct lines *l = arg;
	struct str line = str_sub(l->s, start, end - start);

	FUZZ_CHECK(start >= l->end && end >= start && end <= l->s.len);
	FUZZ_CHECK(columns == width_of(line));
	FUZZ_CHECK(columns <= (l->n ? l->rest : l->first) || width_cluster(line, 0) == line.len);
	l->n++;
	l->end = end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lines l = {.first = 20, .rest = 20};
	SCOPED(buf) struct buf shown = BUF_INIT;
	size_t used;

	if (size >= 2) {
		l.first = 1u + data[0];
		l.rest = 1u + data[1];
		data += 2;
		size -= 2;
	}
	l.s = (struct str){(const char *)data, size};
	FUZZ_CHECK(wrap_text(l.s, l.first, l.rest, 0, check_line, &l) == l.n);
	FUZZ_CHECK(width_display(&shown, l.s) && utf8_valid(buf_str(&shown)));
	FUZZ_CHECK(width_of(buf_str(&shown)) == width_of(l.s));
	FUZZ_CHECK(width_of(width_cut(l.s, l.first, &used)) == used && used <= l.first);
	buf_reset(&shown);
	FUZZ_CHECK(width_fit(&shown, l.s, l.rest, CUT_ELLIPSIS, true, l.first % 2 == 0) == l.rest);
	FUZZ_CHECK(width_of(buf_str(&shown)) == l.rest);
	return 0;
}
