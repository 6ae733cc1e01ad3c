/* SPDX-License-Identifier: MIT */
/* Documents: bytes that claim to be one, or (odd first byte) a script for the builder. What comes of it is
 * encoded and decoded, set at several widths, and written out in each form. */
#include "fuzz.h"

#include "doc/codec.h"
#include "doc/layout.h"
#include "doc/out.h"
#include "text/utf8.h"
#include "text/width.h"

struct script {
	struct str rest;
};

static unsigned next_byte(struct script *s)
{
	unsigned b = s->rest.len ? (unsigned char)s->rest.p[0] : 0;

	s->rest = str_skip(s->rest, 1);
	return b;
}

static struct str next_text(struct script *s)
{
	size_t len = next_byte(s) % 64;
	struct str text = str_sub(s->rest, 0, len);

	s->rest = str_skip(s->rest, text.len);
	return text;
}

static void next_block(struct doc_builder *b, struct script *s)
{
	struct block like = {.kind = (enum block_kind)(next_byte(s) % (BLOCK_RULE + 1)),
	    .level = (uint8_t)next_byte(s),
	    .quote = (uint8_t)(next_byte(s) & 3),
	    .ordered = next_byte(s) & 1,
	    .number = next_byte(s) * 7919u};

	like.url = like.number & 1 ? STR("https://a.example/") : STR_NONE;
	like.label = like.number & 2 ? next_text(s) : STR_NONE;
	like.alt = like.number & 4 ? next_text(s) : STR_NONE;
	doc_block(b, &like);
}

static struct doc *build(struct str bytes)
{
	static const char *const links[] = {
	    NULL, "https://a.example/1", "https://a.example/2", "javascript:x"};
	struct doc_builder *b = doc_build();
	struct script s = {bytes};

	while (s.rest.len) {
		unsigned op = next_byte(&s), a = 0;

		switch (op & 3) {
		case 0:
			next_block(b, &s);
			break;
		case 1:
			doc_table_cell(b, op >> 2, next_byte(&s), next_byte(&s));
			break;
		case 2:
			doc_table_row(b);
			break;
		default:
			a = next_byte(&s) << 2 | op >> 6;
			doc_text(b, next_text(&s), a, str_c(links[op >> 2 & 3]));
		}
	}
	return doc_finish(b);
}

static void check_layout(const struct doc *d, const struct layout_options *o)
{
	static const struct layout_head head = {.title = STR("Title"), .byline = STR("by line")};
	SCOPED_PTR(layout) struct layout *l = layout_make(d, &head, o);

	for (size_t i = 0; i < l->n_lines; i++) {
		const struct layout_line *line = &l->lines[i];
		size_t columns = 0;

		for (size_t s = 0; s < line->n_spans; s++) {
			columns += line->spans[s].columns;
			FUZZ_CHECK(width_of(line->spans[s].text) == line->spans[s].columns);
			FUZZ_CHECK(line->spans[s].link <= d->n_links);
		}
		FUZZ_CHECK(columns == line->columns && (columns <= l->width || line->pannable));
	}
	(void)layout_line_of(l, (uint32_t)(o->pan), 3);
}

static void check_forms(const struct doc *d)
{
	SCOPED(buf) struct buf once = BUF_INIT, twice = BUF_INIT;
	struct doc *again;

	doc_encode(&once, d);
	again = doc_decode(buf_str(&once), NULL);
	FUZZ_CHECK(again);
	doc_encode(&twice, again);
	doc_free(again);
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&twice)));
	buf_reset(&once);
	doc_out_text(&once, d, 0);
	doc_out_html(&once, d);
	doc_out_markdown(&once, d);
	FUZZ_CHECK(utf8_valid(buf_str(&once)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = str_n((const char *)data, size);
	struct doc *d;
	size_t width;

	if (size < 3)
		return 0;
	d = data[0] & 1 ? build(str_skip(bytes, 3)) : doc_decode(str_skip(bytes, 3), NULL);
	if (!d)
		return 0;
	width = 1 + (data[1] | (size_t)data[2] << 8) % 300;
	check_forms(d);
	for (unsigned i = 0; i < 4; i++)
		check_layout(d, &(struct layout_options){.width = i == 0 ? width : 1 + width * i % 47,
		                    .number_links = i & 1,
		                    .ascii = i & 2,
		                    .records = data[0] & 2,
		                    .pan = data[0] >> 2});
	doc_free(d);
	return 0;
}
