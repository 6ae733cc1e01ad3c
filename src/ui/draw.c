/* SPDX-License-Identifier: MIT */
/* Drawing row by row. A run of changed cells is written; short unchanged runs between are written along, when
 * that is shorter than to step over them. */
#include "ui/draw_priv.h"

#include "base/attr.h"
#include "text/utf8.h"
#include "text/width.h"

#include <string.h>
#include <wchar.h>

#define STEP_OVER  5 /* unchanged cells that are as long as a movement over them */
#define CLEAR_FROM 5 /* blanks at a row's end that are longer than the sequence which clears it */

void draw_init(struct draw *d, const struct draw_caps *caps)
{
	*d = (struct draw){.caps = *caps, .blank = true};
	d->look = (struct look){.fg = COLOUR_NONE, .bg = COLOUR_NONE};
	/* Letters of other sets are never used, so the sequence need not leave them. */
	struct str plain = str_c(caps->sgr0);
	if (str_find(plain, STR("\033[m")) >= 0 || str_find(plain, STR("\033[0m")) >= 0)
		d->caps.sgr0 = "\033[m";
}

void draw_release(struct draw *d)
{
	canvas_release(&d->shown);
}

void draw_forget(struct draw *d)
{
	d->blank = true;
}

/* ---- The cursor ---- */

static void add_times(struct buf *out, const char *s, int n)
{
	for (int i = 0; i < n; i++)
		buf_adds(out, s);
}

/* Along the row from `from`; false: there is no way but by an address. */
static bool along(const struct draw *d, int from, int to, struct buf *out)
{
	if (to < from && to == 0)
		return buf_addc(out, '\r');
	if (to < from && d->caps.cub1 && from - to <= 4) {
		add_times(out, d->caps.cub1, from - to);
		return true;
	}
	if (to > from && d->caps.cuf)
		return buf_adds(out, d->caps.param(d->caps.cuf, to - from, 0));
	return to == from;
}

/* From where the cursor is, by single steps; false when there is no such way. */
static bool step(const struct draw *d, int x, int y, struct buf *out)
{
	int down = y - d->y;
	if (d->x < 0 || d->y < 0 || d->x >= d->shown.w || down < 0 || down > 4 || (down && !d->caps.cud1))
		return false;
	if (x == 0 && d->x > 1) {
		buf_addc(out, '\r');
		add_times(out, d->caps.cud1, down);
		return true;
	}
	if (!along(d, d->x, x, out))
		return false;
	add_times(out, d->caps.cud1, down);
	return true;
}

void draw_move(struct draw *d, int x, int y, struct buf *out)
{
	SCOPED(buf) struct buf steps = BUF_MAX(256);
	if (x == d->x && y == d->y)
		return;
	bool stepped = step(d, x, y, &steps);
	/* The string lives until the next one is made. */
	const char *address = d->caps.param(d->caps.cup, y, x);
	if (stepped && steps.len < strlen(address))
		buf_addstr(out, buf_str(&steps));
	else
		buf_adds(out, address);
	d->x = x;
	d->y = y;
}

/* ---- Attributes ---- */

/* Adds a sequence to one that has just been written, "\e[1m" and "\e[36m" becoming "\e[1;36m". */
static void add_attr(struct buf *out, size_t start, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	bool both = out->len > start + 3 && n > 3 && out->data[start] == '\033' &&
	            out->data[start + 1] == '[' && out->data[out->len - 1] == 'm' && s[0] == '\033' &&
	            s[1] == '[' && s[n - 1] == 'm';
	if (both) {
		buf_truncate(out, out->len - 1);
		buf_addc(out, ';');
		buf_adds(out, s + 2);
	} else if (n) {
		buf_adds(out, s);
	}
}

static bool look_same(struct look a, struct look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs;
}

static void put_colour(struct draw *d, struct buf *out, size_t start, const char *form, int32_t c)
{
	if (c != COLOUR_NONE && form)
		add_attr(out, start, d->caps.param(form, (int)(c & 0xFFFFFF), 0));
}

static void put_look(struct draw *d, struct look l, struct buf *out)
{
	const struct {
		unsigned bit;
		const char *s;
	} attrs[] = {{STYLE_BOLD, d->caps.bold}, {STYLE_DIM, d->caps.dim}, {STYLE_ITALIC, d->caps.sitm},
	    {STYLE_UNDERLINE, d->caps.smul}, {STYLE_REVERSE, d->caps.rev}};
	if (look_same(l, d->look))
		return;
	bool less = (d->look.attrs & ~l.attrs) || (d->look.fg != COLOUR_NONE && l.fg == COLOUR_NONE) ||
	            (d->look.bg != COLOUR_NONE && l.bg == COLOUR_NONE);
	if (less) {
		buf_adds(out, d->caps.sgr0 ? d->caps.sgr0 : "");
		d->look = (struct look){.fg = COLOUR_NONE, .bg = COLOUR_NONE};
	}
	size_t start = out->len;
	for (size_t i = 0; i < ARRAY_LEN(attrs); i++)
		if (l.attrs & ~d->look.attrs & attrs[i].bit)
			add_attr(out, start, attrs[i].s);
	if (l.fg != d->look.fg)
		put_colour(d, out, start, d->caps.setaf, l.fg);
	if (l.bg != d->look.bg)
		put_colour(d, out, start, d->caps.setab, l.bg);
	d->look = l;
}

static void draw_plain(struct draw *d, struct buf *out)
{
	put_look(d, (struct look){.fg = COLOUR_NONE, .bg = COLOUR_NONE}, out);
}

/* ---- Cells ---- */

/* True where terminals disagree on the width: marks, emoji, what this machine's own table has otherwise.
 * After such a cell the cursor is placed by its address, so that a wrong guess never moves what stands to its
 * right. */
static bool unsure(const struct cell *c)
{
	struct str s = {c->text, c->len};
	size_t at = 0;
	if (c->len == 1)
		return false;
	uint32_t cp = utf8_next(s, &at);
	return at < s.len || cp >= 0x1F000 || wcwidth((wchar_t)cp) != c->width;
}

static void put_cell(
    struct draw *d, const struct canvas *c, int x, int y, const struct theme *theme, struct buf *out)
{
	const struct cell *cell = canvas_at(c, x, y);
	put_look(d, theme_look(theme, cell->style), out);
	buf_add(out, cell->text, cell->len);
	d->x = unsure(cell) ? -1 : d->x + cell->width;
	/* At the edge some terminals have wrapped, others wait. */
	if (d->x >= c->w)
		d->x = -1;
}

static bool is_blank(const struct cell *c, const struct theme *theme)
{
	struct look l = theme_look(theme, c->style);
	return c->len == 1 && c->text[0] == ' ' && l.bg == COLOUR_NONE &&
	       !(l.attrs & (STYLE_REVERSE | STYLE_UNDERLINE));
}

/* Looks the same: blanks of different styles do. */
static bool same(const struct cell *a, const struct cell *b, const struct theme *theme)
{
	return cell_same(a, b) || (is_blank(a, theme) && is_blank(b, theme));
}

/* The first column from which on the row is blank. */
static int text_end(const struct canvas *c, int y, const struct theme *theme)
{
	int x = c->w;
	while (x > 0 && is_blank(canvas_at(c, x - 1, y), theme))
		x--;
	return x;
}

/* The run of cells from x on that is to be written: ends before STEP_OVER unchanged ones. */
static int run_end(
    const struct draw *d, const struct canvas *c, const struct theme *theme, int x, int y, int end)
{
	int last = x, kept = 0;
	for (int i = x; i < end && kept <= STEP_OVER; i++) {
		bool same_here = same(canvas_at(&d->shown, i, y), canvas_at(c, i, y), theme);
		kept = same_here ? kept + 1 : 0;
		if (!same_here)
			last = i + 1;
	}
	return last;
}

static void put_run(struct draw *d, const struct canvas *c, const struct theme *theme, int from, int to,
    int y, struct buf *out)
{
	/* A half of a wide character is written whole. */
	while (from > 0 && (!canvas_at(c, from, y)->width || !canvas_at(&d->shown, from, y)->width))
		from--;
	for (int x = from; x < to; x++) {
		if (!canvas_at(c, x, y)->width)
			continue;
		bool corner = x + 1 == c->w && y + 1 == c->h;
		if (corner && d->caps.am && !d->caps.xenl)
			return; /* it would scroll the screen */
		draw_move(d, x, y, out);
		put_cell(d, c, x, y, theme, out);
	}
}

bool draw_row_same(const struct draw *d, const struct canvas *c, int y)
{
	return memcmp(canvas_at(&d->shown, 0, y), canvas_at(c, 0, y), (size_t)c->w * sizeof *c->cells) == 0;
}

static void put_row(struct draw *d, const struct canvas *c, const struct theme *theme, int y, struct buf *out)
{
	int was = text_end(&d->shown, y, theme), end = text_end(c, y, theme);
	bool clears = d->caps.el && was - end > CLEAR_FROM;
	int limit = clears ? end : c->w;
	for (int x = 0; x < limit; x++) {
		if (same(canvas_at(&d->shown, x, y), canvas_at(c, x, y), theme))
			continue;
		int to = run_end(d, c, theme, x, y, limit);
		put_run(d, c, theme, x, to, y, out);
		x = to - 1;
	}
	if (!clears)
		return;
	draw_plain(d, out);
	draw_move(d, end, y, out);
	buf_adds(out, d->caps.el);
}

static void begin(struct draw *d, const struct canvas *c, struct buf *out)
{
	canvas_resize(&d->shown, c->w, c->h);
	buf_adds(out, d->caps.sgr0 ? d->caps.sgr0 : "");
	d->look = (struct look){.fg = COLOUR_NONE, .bg = COLOUR_NONE};
	buf_adds(out, d->caps.clear);
	d->x = d->y = 0;
	d->blank = false;
}

void draw_frame(struct draw *d, const struct canvas *c, const struct theme *theme, struct buf *out)
{
	if (d->blank || d->shown.w != c->w || d->shown.h != c->h)
		begin(d, c, out);
	else
		draw_scroll(d, c, out);
	for (int y = 0; y < c->h; y++)
		if (!draw_row_same(d, c, y))
			put_row(d, c, theme, y, out);
	memcpy(d->shown.cells, c->cells, (size_t)c->w * (size_t)c->h * sizeof *c->cells);
	draw_plain(d, out);
}
