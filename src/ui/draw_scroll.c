/* SPDX-License-Identifier: MIT */
/* Scrolling whole rows: what a page of one pane in full width costs when it moves by a few lines. */
#include "ui/draw_priv.h"

#include "base/attr.h"
#include "base/mem.h"

#include <string.h>

#define ROWS_LEAST 4  /* rows that must move for it to be shorter than drawing them */
#define SHIFT_MAX  40 /* rows that they move by at most */
#define TEXT_LEAST 60 /* columns of text in the rows that move */

struct shift {
	int top, rows, by; /* rows [top, top + rows) come from `by` rows further down (negative: up) */
	int weight;
};

static uint64_t row_hash(const struct canvas *c, int y, int *weight)
{
	uint64_t h = 1469598103934665603u;
	*weight = 0;
	for (int x = 0; x < c->w; x++) {
		const struct cell *cell = canvas_at(c, x, y);
		uint64_t words[sizeof *cell / sizeof(uint64_t)];
		memcpy(words, cell, sizeof words); /* cells have no padding */
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			h = (h ^ words[i]) * 1099511628211u;
		*weight += cell->len > 1 || (cell->len == 1 && cell->text[0] != ' ');
	}
	return h;
}

/* The longest run of rows that stand `by` rows away from where they are shown, and not already in place. */
static struct shift best_run(const uint64_t *was, const uint64_t *is, const int *weight, int h, int by)
{
	struct shift best = {0};
	for (int y = 0; y < h; y++) {
		struct shift s = {.top = y, .by = by};
		while (y < h && y + by >= 0 && y + by < h && is[y] == was[y + by]) {
			s.weight += is[y] == was[y] ? 0 : weight[y];
			s.rows++;
			y++;
		}
		if (s.rows >= ROWS_LEAST && s.weight > best.weight)
			best = s;
	}
	return best;
}

static struct shift find(const struct draw *d, const struct canvas *c)
{
	size_t h = (size_t)c->h;
	uint64_t *hashes = mem_array(h * 2, sizeof *hashes);
	int *weight = mem_array(h, sizeof *weight);
	struct shift best = {0};
	int ignored, most = c->h / 2 < SHIFT_MAX ? c->h / 2 : SHIFT_MAX;
	for (int y = 0; y < c->h; y++) {
		hashes[y] = row_hash(&d->shown, y, &ignored);
		hashes[c->h + y] = row_hash(c, y, &weight[y]);
	}
	for (int by = -most; by <= most; by++) {
		struct shift s = by ? best_run(hashes, hashes + c->h, weight, c->h, by) : best;
		if (s.weight > best.weight)
			best = s;
	}
	mem_free(hashes);
	mem_free(weight);
	return best;
}

/* The canvas of what is shown, moved along. */
static void move_rows(struct canvas *c, int top, int bottom, int by)
{
	size_t row = (size_t)c->w;
	size_t n = (size_t)(bottom - top - (by < 0 ? -by : by)) * row * sizeof *c->cells;
	struct rect bare = {0, by > 0 ? bottom - by : top, c->w, by > 0 ? by : -by};
	if (by > 0)
		memmove(canvas_at(c, 0, top), canvas_at(c, 0, top + by), n);
	else
		memmove(canvas_at(c, 0, top - by), canvas_at(c, 0, top), n);
	canvas_fill(c, bare, 0);
}

static bool few_changed(const struct draw *d, const struct canvas *c)
{
	int n = 0;
	for (int y = 0; y < c->h && n < ROWS_LEAST; y++)
		n += !draw_row_same(d, c, y);
	return n < ROWS_LEAST;
}

void draw_scroll(struct draw *d, const struct canvas *c, struct buf *out)
{
	if (!d->caps.csr || !d->caps.ri || few_changed(d, c))
		return;
	struct shift s = find(d, c);
	if (s.weight < TEXT_LEAST)
		return;
	int top = s.by > 0 ? s.top : s.top + s.by, bottom = s.top + s.rows + (s.by > 0 ? s.by : 0);
	buf_adds(out, d->caps.param(d->caps.csr, top, bottom - 1));
	d->x = d->y = -1;
	if (s.by > 0)
		draw_move(d, 0, bottom - 1, out);
	else
		draw_move(d, 0, top, out);
	for (int i = 0; i < (s.by > 0 ? s.by : -s.by); i++)
		buf_adds(out, s.by > 0 ? "\n" : d->caps.ri);
	buf_adds(out, d->caps.param(d->caps.csr, 0, c->h - 1));
	d->x = d->y = -1;
	move_rows(&d->shown, top, bottom, s.by);
}
