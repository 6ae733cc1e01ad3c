/* SPDX-License-Identifier: MIT */
/* Setting documents: one of everything against golden files (UPDATE=1 rewrites them), and what must hold at
 * any width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "doc/layout.h"
#include "doc/out.h"
#include "sample.h"
#include "text/utf8.h"
#include "text/width.h"

static const struct layout_head head = {
    .title = STR("Eagle lands: two men are on the Moon"),
    .dek = STR("The walk follows within hours."),
    .byline = STR("Ledger · 20 Jul 22:40"),
};

/* Marks that show what a line is: R right to left, > pans. */
static void print_layout(struct buf *out, const struct layout *l)
{
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct layout_line *line = &l->lines[i];

		buf_adds(out, line->rtl ? "R|" : line->pannable ? ">|" : " |");
		for (size_t s = 0; s < line->n_spans; s++)
			buf_addstr(out, line->spans[s].text);
		buf_trim_right(out);
		buf_addc(out, '\n');
	}
}

/* Compares with tests/doc/golden/NAME. */
static void golden(const char *name, const struct buf *got)
{
	const char *top = getenv("top_srcdir");
	SCOPED_STR path = mem_printf("%s/tests/doc/golden/%s", top ? top : ".", name);
	SCOPED(buf) struct buf want = BUF_INIT;
	struct err err = {0};

	if (getenv("UPDATE")) {
		assert_true(file_replace(path, got->data, got->len, 0644, &err));
		return;
	}
	if (!file_read(path, &want, &err))
		fail_msg("%s", err.message);
	if (!str_eq(buf_str(got), buf_str(&want)))
		fail_msg("%s differs; what came:\n%s", name, buf_cstr(got));
}

static void test_golden(void **state)
{
	static const struct {
		const char *name;
		struct layout_options o;
	} rows[] = {
	    {"72.txt", {.width = 72, .number_links = true}},
	    {"40.txt", {.width = 40, .number_links = true, .records = true}},
	    {"20.txt", {.width = 20, .number_links = true, .records = true}},
	    {"72-ascii-pan.txt", {.width = 72, .ascii = true, .pan = 10}},
	};
	SCOPED_PTR(doc) struct doc *d = sample_doc();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(layout) struct layout *l = layout_make(d, &head, &rows[i].o);
		SCOPED(buf) struct buf out = BUF_INIT;

		print_layout(&out, l);
		golden(rows[i].name, &out);
	}
}

static void test_out(void **state)
{
	SCOPED_PTR(doc) struct doc *d = sample_doc();
	SCOPED(buf) struct buf out = BUF_INIT;

	(void)state;
	doc_out_text(&out, d, 0);
	golden("words.txt", &out);
	buf_reset(&out);
	doc_out_markdown(&out, d);
	golden("markdown.md", &out);
	buf_reset(&out);
	doc_out_html(&out, d);
	golden("html.html", &out);
}

static void check_line(const struct layout *l, const struct doc *d, size_t i)
{
	const struct layout_line *line = &l->lines[i];
	size_t columns = 0;

	for (size_t s = 0; s < line->n_spans; s++) {
		const struct line_span *span = &line->spans[s];

		assert_true(utf8_valid(span->text));
		assert_true(span->text.len > 0);
		assert_true(!memchr(span->text.p, '\n', span->text.len) &&
		            !memchr(span->text.p, '\t', span->text.len));
		if (width_of(span->text) != span->columns)
			fail_msg("\"%.*s\" is not of %d columns", STR_ARG(span->text), span->columns);
		assert_true(span->link <= d->n_links);
		columns += span->columns;
	}
	assert_int_equal(columns, line->columns);
	if (!line->pannable && columns > l->width)
		fail_msg("line %d: %d columns of %d", (int)i, (int)columns, (int)l->width);
}

static void check_order(const struct layout *l, const struct doc *d, size_t i)
{
	const struct layout_line *a = &l->lines[i - 1], *b = &l->lines[i];

	if (i <= l->head_lines)
		return;
	assert_true(a->block < b->block || (a->block == b->block && a->at <= b->at));
	assert_true(b->block < d->n_blocks);
	if (d->blocks[b->block].kind != BLOCK_TABLE)
		assert_true(b->at <= d->blocks[b->block].text.text.len);
}

static void check_layout(const struct doc *d, const struct layout_options *o)
{
	SCOPED_PTR(layout) struct layout *l = layout_make(d, &head, o);

	for (size_t i = 0; i < l->n_lines; i++) {
		check_line(l, d, i);
		if (i > 0)
			check_order(l, d, i);
	}
	for (uint32_t b = 0; b < d->n_blocks; b++) {
		size_t line = layout_line_of(l, b, 0);

		assert_true(line < l->n_lines);
		if (l->lines[line].block != b) { /* only what cannot be seen is not there */
			assert_true(d->blocks[b].table || width_of(d->blocks[b].text.text) == 0);
			continue;
		}
		assert_true(line == l->head_lines || l->lines[line - 1].block != b);
	}
}

static void test_any_width(void **state)
{
	SCOPED_PTR(doc) struct doc *sample = sample_doc();

	(void)state;
	for (size_t width = 0; width <= 300; width++) {
		SCOPED_PTR(doc) struct doc *d = random_doc(width + 1, 12);
		struct layout_options o = {.width = width,
		    .number_links = width % 2,
		    .ascii = width % 3 == 0,
		    .pan = width % 7 * 9,
		    .records = width % 5 == 0};

		check_layout(sample, &o);
		check_layout(d, &o);
		o.width = 1 + width % 23;
		check_layout(d, &o);
	}
}

/* The same place in the text is found again at another width. */
static void test_anchor(void **state)
{
	struct doc_builder *b = doc_build();

	(void)state;
	for (size_t i = 0; i < 200; i++)
		doc_text(b, STR("word "), 0, STR_NONE);
	{
		SCOPED_PTR(doc) struct doc *d = doc_finish(b);
		SCOPED_PTR(layout)
		struct layout *wide = layout_make(d, &head, &(struct layout_options){.width = 72});
		SCOPED_PTR(layout)
		struct layout *narrow = layout_make(d, &head, &(struct layout_options){.width = 33});
		const struct layout_line *shown = &wide->lines[wide->head_lines + 5];
		size_t line = layout_line_of(narrow, shown->block, shown->at);

		assert_int_equal(shown->at, 5 * 70);
		assert_true(narrow->lines[line].at <= shown->at && narrow->lines[line + 1].at > shown->at);
		assert_int_equal(layout_line_of(narrow, UINT32_MAX, 0), 0);
		assert_int_equal(layout_line_of(narrow, 0, UINT32_MAX), narrow->n_lines - 1);
		assert_int_equal(layout_line_of(narrow, 99, 0), narrow->n_lines - 1);
	}
}

static bool is_before(const struct layout_line *line, uint32_t block, uint32_t at)
{
	return line->block < block || (line->block == block && line->at <= at);
}

/* Each place of one width is on the line of another that shows it. */
static void check_places(const struct layout *from, const struct layout *to)
{
	for (size_t i = from->head_lines; i < from->n_lines; i++) {
		uint32_t block = from->lines[i].block, at = from->lines[i].at;
		size_t line = layout_line_of(to, block, at), next = line;

		assert_int_equal(to->lines[line].block, block);
		assert_true(is_before(&to->lines[line], block, at));
		while (next < to->n_lines && to->lines[next].block == to->lines[line].block &&
		       to->lines[next].at == to->lines[line].at)
			next++;
		assert_true(next == to->n_lines || !is_before(&to->lines[next], block, at));
	}
}

static void test_any_resize(void **state)
{
	static const size_t widths[] = {12, 20, 33, 45, 72, 120};
	struct layout *l[ARRAY_LEN(widths)];
	SCOPED_PTR(doc) struct doc *d = sample_doc();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(widths); i++)
		l[i] = layout_make(d, &head,
		    &(struct layout_options){
		        .width = widths[i], .number_links = true, .records = widths[i] < 40});
	for (size_t i = 0; i < ARRAY_LEN(widths); i++)
		for (size_t k = 0; k < ARRAY_LEN(widths); k++)
			check_places(l[i], l[k]);
	for (size_t i = 0; i < ARRAY_LEN(widths); i++)
		layout_free(l[i]);
}

/* Links are numbered once; every mention can be followed. */
static void test_links(void **state)
{
	SCOPED_PTR(doc) struct doc *d = sample_doc();
	SCOPED_PTR(layout)
	struct layout *l = layout_make(d, NULL, &(struct layout_options){.width = 50, .number_links = true});
	size_t numbers[6] = {0}, mentions[6] = {0};

	(void)state;
	assert_int_equal(l->head_lines, 0);
	for (size_t i = 0; i < l->n_lines; i++) {
		for (size_t s = 0; s < l->lines[i].n_spans; s++) {
			const struct line_span *span = &l->lines[i].spans[s];

			numbers[span->link] += span->style & LINE_LINK_NUMBER ? 1 : 0;
			mentions[span->link] += span->style & LINE_LINK ? 1 : 0;
		}
	}
	for (size_t i = 1; i <= 5; i++)
		assert_int_equal(numbers[i], 1);
	assert_true(numbers[0] == 0 && mentions[0] == 0 && mentions[1] == 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_golden),
	    cmocka_unit_test(test_out),
	    cmocka_unit_test(test_any_width),
	    cmocka_unit_test(test_anchor),
	    cmocka_unit_test(test_any_resize),
	    cmocka_unit_test(test_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
