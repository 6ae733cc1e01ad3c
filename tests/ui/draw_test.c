/* SPDX-License-Identifier: MIT */
/* Drawing against a small terminal: whatever frames follow each other, it shows what the canvas holds. */
#include "ui/draw.h"

#include "base/attr.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "text/width.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <locale.h>
#include <cmocka.h>

#define W 40
#define H 14

static const char *param(const char *form, int a, int b)
{
	static char s[32]; /* one for all, as curses has it */
	if (strcmp(form, "cup") == 0)
		snprintf(s, 32, "\033[%d;%dH", a + 1, b + 1);
	else if (strcmp(form, "csr") == 0)
		snprintf(s, 32, "\033[%d;%dr", a + 1, b + 1);
	else if (strcmp(form, "cuf") == 0)
		snprintf(s, 32, "\033[%dC", a);
	else
		snprintf(s, 32, "\033[%s8;5;%dm", form, a);
	return s;
}

static const struct draw_caps ansi = {.param = param,
    .cup = "cup",
    .cuf = "cuf",
    .cub1 = "\b",
    .cud1 = "\n",
    .clear = "\033[H\033[J",
    .el = "\033[K",
    .csr = "csr",
    .ri = "\033M",
    .sgr0 = "\033(B\033[m",
    .bold = "\033[1m",
    .dim = "\033[2m",
    .sitm = "\033[3m",
    .smul = "\033[4m",
    .rev = "\033[7m",
    .setaf = "3",
    .setab = "4",
    .am = true,
    .xenl = true};

/* ---- A small terminal ---- */

struct spot {
	char text[CELL_BYTES + 1];
	unsigned attrs;
	int fg;
};
struct terminal {
	struct spot spots[H][W];
	int x, y, top, bottom;
	unsigned attrs;
	int fg;
	bool wraps; /* the last column is written, the next character would wrap */
	int odd;    /* columns that it shifts after an emoji, against our count */
};

static void wipe(struct terminal *t, int y, int from, int to)
{
	for (int x = from; x < to; x++)
		t->spots[y][x] = (struct spot){.text = " ", .fg = -1};
}

static void feed_line(struct terminal *t)
{
	if (t->y != t->bottom) {
		t->y += t->y < H - 1;
		return;
	}
	for (int y = t->top; y < t->bottom; y++)
		memcpy(t->spots[y], t->spots[y + 1], sizeof t->spots[y]);
	wipe(t, t->bottom, 0, W);
}

static void reverse_feed(struct terminal *t)
{
	if (t->y != t->top) {
		t->y -= t->y > 0;
		return;
	}
	for (int y = t->bottom; y > t->top; y--)
		memcpy(t->spots[y], t->spots[y - 1], sizeof t->spots[y]);
	wipe(t, t->top, 0, W);
}

static void attributes(struct terminal *t, const int *p, int n)
{
	for (int i = 0; i < n; i++) {
		if (p[i] == 0) {
			t->attrs = 0;
			t->fg = -1;
		} else if (p[i] == 38) {
			t->fg = p[i + 2];
			i += 2;
		} else {
			t->attrs |= 1u << p[i];
		}
	}
}

static size_t sequence(struct terminal *t, struct str s, size_t at)
{
	int p[8] = {0}, n = 1;
	if (s.p[at] == 'M') {
		reverse_feed(t);
		return at + 1;
	}
	assert_int_equal(s.p[at], '[');
	for (at++; ch_digit(s.p[at]) || s.p[at] == ';'; at++) {
		if (s.p[at] == ';')
			n++;
		else
			p[n - 1] = p[n - 1] * 10 + s.p[at] - '0';
	}
	switch (s.p[at]) {
	case 'H':
		t->y = p[0] ? p[0] - 1 : 0;
		t->x = p[1] ? p[1] - 1 : 0;
		break;
	case 'J':
		for (int y = 0; y < H; y++)
			wipe(t, y, 0, W);
		break;
	case 'K':
		assert_int_equal(t->attrs, 0);
		wipe(t, t->y, t->x, W);
		break;
	case 'C':
		t->x += p[0];
		break;
	case 'r':
		t->top = p[0] - 1;
		t->bottom = p[1] - 1;
		t->x = t->y = 0;
		break;
	case 'm':
		attributes(t, p, n);
		break;
	default:
		fail_msg("unknown sequence %c", s.p[at]);
	}
	t->wraps = false;
	return at + 1;
}

static void character(struct terminal *t, struct str one, uint32_t cp)
{
	int w = width_cp(cp);
	if (w == 0) {
		int x = t->wraps ? t->x : t->x - 1;
		while (x > 0 && !t->spots[t->y][x].text[0])
			x--;
		strncat(t->spots[t->y][x].text, one.p, one.len);
		return;
	}
	assert_false(t->wraps);
	assert_true(t->x >= 0 && t->x + w <= W);
	struct spot s = {.attrs = t->attrs, .fg = t->fg};
	memcpy(s.text, one.p, one.len);
	t->spots[t->y][t->x] = s;
	if (w == 2)
		t->spots[t->y][t->x + 1] = (struct spot){.text = ""};
	t->x += w + (cp >= 0x1F000 ? t->odd : 0);
	if (t->x >= W) {
		t->x = W - 1;
		t->wraps = true;
	}
}

static void show(struct terminal *t, struct str s)
{
	for (size_t at = 0; at < s.len;) {
		size_t start = at;
		uint32_t cp = utf8_next(s, &at);
		if (cp == 033) {
			at = sequence(t, s, at);
		} else if (cp == '\r') {
			t->x = 0;
			t->wraps = false;
		} else if (cp == '\b') {
			assert_false(t->wraps);
			assert_true(t->x > 0);
			t->x--;
		} else if (cp == '\n') {
			assert_false(t->wraps);
			feed_line(t);
		} else {
			character(t, str_sub(s, start, at - start), cp);
		}
	}
}

static bool is_bare(const char *text)
{
	return strcmp(text, " ") == 0;
}

static void compare(const struct terminal *t, const struct canvas *c, const struct theme *theme)
{
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++) {
			const struct cell *cell = canvas_at(c, x, y);
			const struct spot *spot = &t->spots[y][x];
			char text[CELL_BYTES + 1] = "";
			memcpy(text, cell->text, cell->len);
			if (strcmp(text, spot->text) != 0)
				print_error("(%d, %d): want '%s', got '%s'\n", x, y, text, spot->text);
			assert_string_equal(text, spot->text);
			struct look l = theme_look(theme, cell->style);
			if (is_bare(text) || !cell->width)
				continue;
			assert_int_equal(!!(l.attrs & STYLE_BOLD), !!(spot->attrs & 1u << 1));
			assert_int_equal(!!(l.attrs & STYLE_REVERSE), !!(spot->attrs & 1u << 7));
			assert_int_equal(l.fg, spot->fg);
		}
}

/* ---- Frames ---- */

static unsigned seed = 11;
static unsigned chance(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static void scribble(struct canvas *c)
{
	static const char *const words[] = {
	    "a", "the moon", "月面", "é", "ȩ̈", "│", "😀", "     ", "wide 月 and 面 narrow", "●"};
	struct rect all = {0, 0, c->w, c->h};
	unsigned n = chance(12);
	for (unsigned i = 0; i < n; i++) {
		const char *word = words[chance(ARRAY_LEN(words))];
		unsigned style = chance(STYLE_COUNT) | (chance(6) ? 0 : STYLE_REVERSE);
		canvas_put(c, all, (int)chance(W), (int)chance(H), str_c(word), style);
	}
	if (!chance(4))
		canvas_fill(c, (struct rect){(int)chance(W), (int)chance(H), (int)chance(W), 3}, STYLE_TEXT);
}

/* Rows of text that move up or down, within a part of the screen. */
static void roll(struct canvas *c, int first)
{
	struct rect r = {0, 2, c->w, c->h - 4};
	canvas_fill(c, r, STYLE_TEXT);
	for (int y = 0; y < r.h; y++) {
		char line[64];
		int n = snprintf(line, sizeof line, "row %d of a text that is long enough", first + y);
		canvas_put(c, r, 0, r.y + y, str_n(line, (size_t)n), STYLE_TEXT);
	}
}

static size_t frame(struct draw *d, struct terminal *t, const struct canvas *c, const struct theme *theme)
{
	SCOPED(buf) struct buf out = BUF_MAX(1 << 20);
	draw_frame(d, c, theme, &out);
	show(t, buf_str(&out));
	compare(t, c, theme);
	return out.len;
}

static void test_random(void **state)
{
	struct theme theme;
	(void)state;
	theme_named(&theme, STR("default"));
	for (int odd = 0; odd < 2; odd++) {
		struct terminal t = {.bottom = H - 1, .odd = odd};
		struct draw d;
		struct canvas c;
		draw_init(&d, &ansi);
		canvas_init(&c, W, H);
		for (int i = 0; i < 4000; i++) {
			if (chance(3))
				scribble(&c);
			else
				roll(&c, (int)chance(6));
			if (!chance(500))
				draw_forget(&d);
			frame(&d, &t, &c, &theme);
			assert_int_equal(frame(&d, &t, &c, &theme), 0);
		}
		draw_release(&d);
		canvas_release(&c);
	}
}

static void test_scroll(void **state)
{
	struct theme theme;
	struct terminal t = {.bottom = H - 1};
	struct draw d;
	struct canvas c;
	(void)state;
	theme_named(&theme, STR("default"));
	draw_init(&d, &ansi);
	canvas_init(&c, W, H);
	for (int i = 0; i < 10; i++) {
		roll(&c, i);
		size_t n = frame(&d, &t, &c, &theme);
		if (i)
			assert_in_range(n, 20, 80);
	}
	for (int i = 9; i >= 0; i -= 2) {
		roll(&c, i);
		assert_in_range(frame(&d, &t, &c, &theme), 0, 130);
	}
	draw_release(&d);
	canvas_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_random), cmocka_unit_test(test_scroll)};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
