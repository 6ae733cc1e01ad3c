/* SPDX-License-Identifier: MIT */
/* The canvas: where foreign text becomes cells, whatever is in it. */
#include "ui/cell.h"

#include "base/mem.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/width.h"

#include <string.h>

#define PUT_MAX ((size_t)64 << 10) /* bytes of one text; the screen shows less */

static const struct cell blank = {.text = " ", .len = 1, .width = 1};

void canvas_init(struct canvas *g, int w, int h)
{
	*g = (struct canvas){0};
	canvas_resize(g, w, h);
}

void canvas_release(struct canvas *g)
{
	mem_free(g->cells);
	*g = (struct canvas){0};
}

static void canvas_clear(struct canvas *g)
{
	for (size_t i = 0; i < (size_t)g->w * (size_t)g->h; i++)
		g->cells[i] = blank;
}

void canvas_resize(struct canvas *g, int w, int h)
{
	w = w < 1 ? 1 : w;
	h = h < 1 ? 1 : h;
	if (w != g->w || h != g->h) {
		mem_free(g->cells);
		g->cells = mem_array((size_t)w * (size_t)h, sizeof *g->cells);
		g->w = w;
		g->h = h;
	}
	canvas_clear(g);
}

struct cell *canvas_at(const struct canvas *g, int x, int y)
{
	return &g->cells[(size_t)y * (size_t)g->w + (size_t)x];
}

static struct rect inside(const struct canvas *g, struct rect r)
{
	int right = r.x + r.w < g->w ? r.x + r.w : g->w, bottom = r.y + r.h < g->h ? r.y + r.h : g->h;
	if (r.x < 0)
		r.x = 0;
	if (r.y < 0)
		r.y = 0;
	r.w = right > r.x ? right - r.x : 0;
	r.h = bottom > r.y ? bottom - r.y : 0;
	return r;
}

/* Before (x, y) is overwritten: the other half of a wide character there becomes a blank. */
static void part(struct canvas *g, int x, int y)
{
	struct cell *c = canvas_at(g, x, y);
	unsigned style = c->style;
	if (c->width == 0 && x > 0) {
		*(c - 1) = blank;
		(c - 1)->style = (uint16_t)style;
	} else if (c->width == 2 && x + 1 < g->w) {
		*(c + 1) = blank;
		(c + 1)->style = (uint16_t)style;
	}
}

static void set(struct canvas *g, int x, int y, struct str text, int width, unsigned style)
{
	part(g, x, y);
	if (width == 2)
		part(g, x + 1, y);
	struct cell *c = canvas_at(g, x, y);
	*c = (struct cell){.len = (uint8_t)text.len, .width = (uint8_t)width, .style = (uint16_t)style};
	for (size_t i = 0; i < text.len; i++)
		c->text[i] = text.p[i];
	if (width == 2)
		*(c + 1) = (struct cell){.style = (uint16_t)style};
}

static void add_mark(struct cell *c, struct str mark)
{
	if (c->len + mark.len > sizeof c->text || utf8_count(str_n(c->text, c->len)) > CELL_MARKS)
		return;
	for (size_t i = 0; i < mark.len; i++)
		c->text[c->len++] = mark.p[i];
}

/* What stands in ASCII for letters with accents, and for the punctuation that texts and the screen itself
 * use; ? for the rest. */
static char stand_in(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		char c;
	} table[] = {{0xA0, ' '}, {0xAB, '"'}, {0xB7, '-'}, {0xBB, '"'}, {0xC6, 'A'}, {0xD7, 'x'},
	    {0xD8, 'O'}, {0xDF, 's'}, {0xE6, 'a'}, {0xF8, 'o'}, {0x110, 'D'}, {0x111, 'd'}, {0x131, 'i'},
	    {0x141, 'L'}, {0x142, 'l'}, {0x152, 'O'}, {0x153, 'o'}, {0x2010, '-'}, {0x2011, '-'},
	    {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'}, {0x2018, '\''}, {0x2019, '\''},
	    {0x201A, ','}, {0x201C, '"'}, {0x201D, '"'}, {0x201E, '"'}, {0x2022, '*'}, {0x2026, '.'},
	    {0x202F, ' '}, {0x2039, '<'}, {0x203A, '>'}, {0x2190, '<'}, {0x2191, '^'}, {0x2192, '>'},
	    {0x2193, 'v'}, {0x2212, '-'}, {0x258E, '|'}, {0x2500, '-'}, {0x2502, '|'}};
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (table[i].cp == cp)
			return table[i].c;
	cp = fold_base(cp);
	return cp < 0x80 ? (char)cp : '?';
}

struct pen {
	struct canvas *g;
	struct rect clip;
	int x, y;
	unsigned style;
	struct cell *last; /* where a mark goes; NULL: the character was clipped */
};

static void put_cp(struct pen *p, struct str text, uint32_t cp)
{
	int w = width_cp(cp), right = p->clip.x + p->clip.w;
	if (w == 0) {
		if (p->last && !p->g->ascii && cp >= 0x300)
			add_mark(p->last, text);
		return;
	}
	char c = cp < 128 ? (char)cp : ' ';
	bool whole = p->x >= p->clip.x && p->x + w <= right;
	if (p->g->ascii && cp >= 128)
		c = stand_in(cp);
	bool plain = cp < 128 || p->g->ascii;
	p->last = NULL;
	for (int i = 0; (plain || !whole) && i < w; i++)
		if (p->x + i >= p->clip.x && p->x + i < right)
			set(p->g, p->x + i, p->y, str_n(whole ? &c : " ", 1), 1, p->style);
	if (whole && !plain)
		set(p->g, p->x, p->y, text, w, p->style);
	if (whole)
		p->last = canvas_at(p->g, p->x, p->y);
	p->x += w;
}

/* Nothing in it that the display filter would change. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] < 0x20 || s.p[i] == 0x7F)
			return false;
	return true;
}

int canvas_put(struct canvas *g, struct rect clip, int x, int y, struct str s, unsigned style)
{
	struct pen p = {.g = g, .clip = inside(g, clip), .x = x, .y = y, .style = style};
	SCOPED(buf) struct buf shown = BUF_MAX(PUT_MAX * 2);
	if (s.len > PUT_MAX)
		s = utf8_cut(s, PUT_MAX);
	bool plain = is_plain(s);
	if (!s.len || (!plain && !width_display(&shown, s)))
		return x;
	struct str t = plain ? s : buf_str(&shown);
	bool seen = y >= p.clip.y && y < p.clip.y + p.clip.h;
	if (!seen)
		return x + (int)width_of(t);
	for (size_t at = 0; at < t.len;) {
		size_t start = at;
		uint32_t cp = utf8_next(t, &at);
		if (cp >= 0x20 && cp != 0x7F)
			put_cp(&p, str_sub(t, start, at - start), cp);
	}
	return p.x;
}

int canvas_repeat(struct canvas *g, struct rect clip, int x, int y, struct str s, int n, unsigned style)
{
	for (int i = 0; i < n; i++)
		x = canvas_put(g, clip, x, y, s, style);
	return x;
}

void canvas_fill(struct canvas *g, struct rect r, unsigned style)
{
	r = inside(g, r);
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			set(g, x, y, STR(" "), 1, style);
}

void canvas_restyle(struct canvas *g, struct rect r, unsigned style)
{
	r = inside(g, r);
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			canvas_at(g, x, y)->style = (uint16_t)style;
}

bool cell_same(const struct cell *a, const struct cell *b)
{
	return a->len == b->len && a->width == b->width && a->style == b->style &&
	       memcmp(a->text, b->text, a->len) == 0;
}

void canvas_text(const struct canvas *g, struct buf *out)
{
	for (int y = 0; y < g->h; y++) {
		for (int x = 0; x < g->w; x++)
			buf_add(out, canvas_at(g, x, y)->text, canvas_at(g, x, y)->len);
		buf_addc(out, '\n');
	}
}

void canvas_styles(const struct canvas *g, char (*letter_of)(unsigned style), struct buf *out)
{
	for (int y = 0; y < g->h; y++) {
		for (int x = 0; x < g->w; x++)
			buf_addc(out, letter_of(canvas_at(g, x, y)->style));
		buf_addc(out, '\n');
	}
}
