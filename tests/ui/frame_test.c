/* SPDX-License-Identifier: MIT */
/* The painters against the drawings, and at every size without a slip. UPDATE=1 rewrites the drawings of
 * screens/ that are no part of the design. */
#include "stand_in.h"
#include "ui/paint.h"

#include "app/view.h"
#include "base/file.h"
#include "base/mem.h"
#include "text/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static char *golden_path(const char *name)
{
	const char *top = getenv("top_srcdir");
	return mem_printf("%s/tests/ui/screens/%s", top ? top : ".", name);
}

/* Says the first row that differs, which a dump of both would hide. */
static void compare(struct str want, struct str got, const char *name)
{
	struct str w, g;
	for (int row = 1;; row++) {
		bool more = str_split(&want, '\n', &w), also = str_split(&got, '\n', &g);
		if (!more && !also)
			return;
		if (more != also || !str_eq(w, g)) {
			print_error(
			    "%s, row %d\nwant |%.*s|\ngot  |%.*s|\n", name, row, STR_ARG(w), STR_ARG(g));
			fail();
		}
	}
}

static void check_golden(const struct app *a, const char *name)
{
	SCOPED_STR path = golden_path(name);
	SCOPED(buf) struct buf want = BUF_MAX(1 << 20), got = BUF_MAX(1 << 20);
	struct err err = {0};
	SCOPED(canvas) struct canvas g = {0};
	frame_paint(a, &g);
	canvas_text(&g, &got);
	if (getenv("UPDATE")) {
		assert_true(file_replace(path, got.data, got.len, 0644, &err));
		return;
	}
	if (!file_read(path, &want, &err))
		fail_msg("%s", err.message);
	compare(buf_str(&want), buf_str(&got), name);
}

static void test_wide(void **state)
{
	struct app *a = stand_in_new(160, 45, PLACE_ARTICLE);
	(void)state;
	check_golden(a, "160x45.txt");
	stand_in_free(a);
}

static void test_medium(void **state)
{
	struct app *a = stand_in_new(80, 24, PLACE_HEADLINES);
	(void)state;
	a->tabs.v[0].list.arrivals = 7;
	check_golden(a, "80x24.txt");
	stand_in_free(a);
}

static void test_narrow(void **state)
{
	struct app *a = stand_in_new(45, 20, PLACE_HEADLINES);
	(void)state;
	check_golden(a, "45x20.txt");
	a->tabs.v[0].unread = 127;
	a->focus = PLACE_ARTICLE;
	stand_in_layout(a);
	check_golden(a, "45x20-article.txt");
	a->related.whom = a->view.id;
	a->view.top = view_lines(a) - (size_t)a->geo.article.h;
	check_golden(a, "45x20-article-end.txt");
	stand_in_free(a);
}

/* Sizes without a drawing in the design: ours, looked at once and kept. */
static void test_others(void **state)
{
	static const struct {
		const char *name;
		int w, h;
		enum pane_place focus;
	} rows[] = {{"100x30.txt", 100, 30, PLACE_HEADLINES}, {"100x30-related.txt", 100, 30, PLACE_RELATED},
	    {"100x40.txt", 100, 40, PLACE_ARTICLE}, {"45x20-related.txt", 45, 20, PLACE_RELATED},
	    {"20x5.txt", 20, 5, PLACE_HEADLINES}, {"20x8-article.txt", 20, 8, PLACE_ARTICLE},
	    {"1x1.txt", 1, 1, PLACE_HEADLINES}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct app *a = stand_in_new(rows[i].w, rows[i].h, rows[i].focus);
		check_golden(a, rows[i].name);
		stand_in_free(a);
	}
}

static void test_zoomed(void **state)
{
	struct app *a = stand_in_new(80, 24, PLACE_HEADLINES);
	(void)state;
	a->want.single[WIDTH_MEDIUM] = true;
	stand_in_layout(a);
	check_golden(a, "80x24-zoomed.txt");
	stand_in_free(a);
}

static void check_grid(const struct canvas *g)
{
	for (int y = 0; y < g->h; y++)
		for (int x = 0; x < g->w; x++) {
			const struct cell *c = canvas_at(g, x, y);
			bool half = x > 0 && canvas_at(g, x - 1, y)->width == 2;
			assert_int_equal(c->width == 0, half);
			assert_true(c->width != 2 || x + 1 < g->w);
			for (size_t i = 0; i < c->len; i++)
				assert_true((unsigned char)c->text[i] >= 0x20 && c->text[i] != 0x7F);
		}
}

static void test_every_size(void **state)
{
	static const enum pane_place places[] = {PLACE_HEADLINES, PLACE_ARTICLE, PLACE_RELATED};
	struct app *a = stand_in_new(80, 24, PLACE_HEADLINES);
	SCOPED(canvas) struct canvas g = {0};
	(void)state;
	for (int w = 1; w <= 200; w += w < 30 ? 1 : 7)
		for (int h = 1; h <= 40; h += h < 12 ? 1 : 7)
			for (size_t i = 0; i < 3; i++) {
				a->focus = places[i];
				a->want.width = w;
				a->want.height = h;
				a->ascii = (w + h) % 2;
				stand_in_layout(a);
				frame_paint(a, &g);
				check_grid(&g);
				assert_int_equal(g.w, w);
				assert_int_equal(g.h, h);
			}
	stand_in_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_wide), cmocka_unit_test(test_medium),
	    cmocka_unit_test(test_narrow), cmocka_unit_test(test_others), cmocka_unit_test(test_zoomed),
	    cmocka_unit_test(test_every_size)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
