/* SPDX-License-Identifier: MIT */
/* Tables: set in columns when they fit, with narrower columns when those stay readable, as wide lines that
 * pan when the pane is wide, else as records, one "Head: value" a cell. */
#include "doc/grid.h"
#include "doc/layout_priv.h"
#include "text/width.h"
#include "text/wrap.h"

#define GAP           2
#define LEAST         6  /* columns that a squeezed column keeps */
#define WORD_COLUMNS  16 /* words up to these are not cut for the sake of fitting */
#define MOST          40 /* columns of a column that pans */
#define AGAIN_COLUMNS 40 /* of a text that is told in each of several records */
#define PAN_FROM      40 /* panes narrower than this have records instead */
#define ROOMY         56 /* narrower ones have them instead of cramped columns */
#define CRAMPED       12 /* columns too few for a text of three times as many */

struct box { /* a cell to be set */
	struct flow flow;
	size_t natural, longest; /* columns of its longest line, of its longest word */
};

struct box_line {
	size_t start, end, columns;
};

struct column {
	size_t natural, least, width;
	size_t numbers, texts; /* cells below the heads */
	uint32_t head;         /* the lowest head over it, GRID_NONE: none */
	/* The cell that goes on in it, told at its first column: */
	struct box_line *lines;
	size_t n_lines, next;
};

struct table_set {
	struct setter *s;
	const struct doc_table *t;
	struct box *boxes;
	struct column *columns;
	size_t n;
	size_t head_rows;
	size_t again_left; /* cells that may still be told a second time */
	struct {
		VEC(struct box_line);
	} lines;
};

static void measure(struct box *box)
{
	struct str rest = box->flow.text, line, word;

	while (str_split(&rest, '\n', &line)) {
		size_t columns = width_of(line);

		if (columns > box->natural)
			box->natural = columns;
		while (str_split(&line, ' ', &word)) {
			columns = width_of(word);
			if (columns > box->longest)
				box->longest = columns;
		}
	}
}

static void make_boxes(struct table_set *ts)
{
	size_t n = ts->t->row_start[ts->t->n_rows];

	ts->boxes = arena_array(ts->s->arena, n, sizeof *ts->boxes);
	for (size_t i = 0; i < n; i++) {
		const struct doc_cell *cell = &ts->t->cells[i];

		flow_rich(
		    &ts->s->maker, &cell->text, cell->flags & CELL_HEAD ? (uint32_t)LINE_TABLE_HEAD : 0);
		ts->boxes[i].flow = flow_take(&ts->s->maker);
		measure(&ts->boxes[i]);
	}
}

/* Heads in the top rows, and what the cells below them are. */
static void look_at_row(struct table_set *ts, const struct grid *g)
{
	bool heads = ts->head_rows + 1 == g->next_row;

	for (size_t i = 0; i < ts->n && heads; i++)
		heads = g->slots[i].cell == GRID_NONE || ts->t->cells[g->slots[i].cell].flags & CELL_HEAD;
	if (heads)
		ts->head_rows++;
	for (size_t i = 0; i < ts->n; i++) {
		const struct grid_slot *slot = &g->slots[i];

		if (slot->cell == GRID_NONE || !ts->boxes[slot->cell].natural)
			continue;
		if (heads)
			ts->columns[i].head = slot->cell;
		else if (slot->starts && ts->t->cells[slot->cell].flags & CELL_NUMBER)
			ts->columns[i].numbers++;
		else if (slot->starts)
			ts->columns[i].texts++;
	}
}

static size_t cell_columns(const struct table_set *ts, size_t first, size_t span, bool natural)
{
	size_t sum = 0;

	for (size_t i = first; i < first + span && i < ts->n; i++)
		sum += (natural ? ts->columns[i].natural : ts->columns[i].width) + (i > first ? GAP : 0);
	return sum;
}

/* Columns that the cell starting in slot i takes of this row. */
static size_t span_of(const struct table_set *ts, const struct grid *g, size_t i)
{
	size_t span = 1;

	while (i + span < ts->n && g->slots[i + span].cell == g->slots[i].cell && !g->slots[i + span].first)
		span++;
	return span;
}

/* What a cell over several columns needs beyond what they have is shared among them. */
static void widen(struct table_set *ts, const struct grid *g)
{
	for (size_t i = 0; i < ts->n; i++) {
		const struct grid_slot *slot = &g->slots[i];
		size_t span, has, needs;

		if (slot->cell == GRID_NONE || !slot->starts || !slot->first)
			continue;
		span = span_of(ts, g, i);
		has = cell_columns(ts, i, span, true);
		needs = ts->boxes[slot->cell].natural;
		for (size_t c = 0; span > 1 && c < span && has < needs; c++) {
			size_t share = (needs - has + (span - c) - 1) / (span - c);

			ts->columns[i + c].natural += share;
			has += share;
		}
	}
}

static void measure_columns(struct table_set *ts)
{
	struct grid g;

	grid_init(&g, ts->s->arena, ts->t, ts->n);
	while (grid_next(&g)) {
		look_at_row(ts, &g);
		for (size_t i = 0; i < ts->n; i++) {
			const struct box *box;
			size_t least;

			if (g.slots[i].cell == GRID_NONE || !g.slots[i].first || span_of(ts, &g, i) > 1)
				continue;
			box = &ts->boxes[g.slots[i].cell];
			least = box->longest < WORD_COLUMNS ? box->longest : WORD_COLUMNS;
			if (box->natural > ts->columns[i].natural)
				ts->columns[i].natural = box->natural;
			if (least > ts->columns[i].least)
				ts->columns[i].least = least;
		}
	}
	grid_init(&g, ts->s->arena, ts->t, ts->n);
	while (grid_next(&g))
		widen(ts, &g);
}

/* Columns of the whole when no column is wider than most; sets their widths. */
static size_t try_width(struct table_set *ts, size_t most)
{
	for (size_t i = 0; i < ts->n; i++) {
		struct column *c = &ts->columns[i];
		size_t floor = c->natural < LEAST ? c->natural : c->least > LEAST ? c->least : LEAST;

		c->width = c->natural < most ? c->natural : most > floor ? most : floor;
		if (!c->width)
			c->width = 1;
	}
	return cell_columns(ts, 0, ts->n, false);
}

/* A column of sentences in so few columns is a stack of words. */
static bool is_cramped(const struct table_set *ts)
{
	for (size_t i = 0; i < ts->n; i++) {
		const struct column *c = &ts->columns[i];

		if (c->width < CRAMPED && c->natural > 3 * c->width)
			return true;
	}
	return false;
}

enum manner { SET_COLUMNS, SET_WIDE, SET_RECORDS };

static enum manner choose(struct table_set *ts, size_t width)
{
	size_t low = 1, high = width;

	if (try_width(ts, SIZE_MAX) <= width)
		return SET_COLUMNS;
	if (ts->s->o->records)
		return SET_RECORDS;
	if (try_width(ts, low) <= width) {
		while (low + 1 < high) {
			size_t mid = low + (high - low) / 2;

			if (try_width(ts, mid) <= width)
				low = mid;
			else
				high = mid;
		}
		try_width(ts, low);
		return width < ROOMY && is_cramped(ts) ? SET_RECORDS : SET_COLUMNS;
	}
	if (width < PAN_FROM)
		return SET_RECORDS;
	try_width(ts, MOST);
	return SET_WIDE;
}

static void keep_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct table_set *ts = arg;

	vec_push(&ts->lines, ((struct box_line){start, end, columns}));
}

static void break_cell(struct table_set *ts, struct column *c, const struct box *box, size_t width)
{
	vec_clear(&ts->lines);
	wrap_text(box->flow.text, width, width, 0, keep_line, ts);
	c->n_lines = ts->lines.n;
	c->next = 0;
	c->lines = arena_grow(ts->s->arena, ts->lines.v, ts->lines.n, ts->lines.n + 1, sizeof *c->lines);
}

/* Breaks the cells that start in this row and tells how many lines it takes: a cell that goes on below need
 * not end. */
static size_t row_height(struct table_set *ts, const struct grid *g)
{
	size_t height = 1;

	for (size_t i = 0; i < ts->n; i++) {
		const struct grid_slot *slot = &g->slots[i];
		struct column *c = &ts->columns[i];

		if (slot->cell == GRID_NONE || !slot->first)
			continue;
		if (slot->starts)
			break_cell(
			    ts, c, &ts->boxes[slot->cell], cell_columns(ts, i, span_of(ts, g, i), false));
		if (!slot->left && c->n_lines - c->next > height)
			height = c->n_lines - c->next;
	}
	return height;
}

/* All of a column of numbers stands at the right, "n/a" too, but for the words of the first, which name rows;
 * in a column of words a number is one of them. */
static bool at_right(const struct table_set *ts, const struct grid_slot *slot, size_t column)
{
	const struct column *c = &ts->columns[column];
	unsigned flags = ts->t->cells[slot->cell].flags;

	if (flags & CELL_NUMBER)
		return c->numbers >= c->texts;
	return c->numbers > c->texts && (column || flags & CELL_HEAD);
}

/* The next line of the cell in column i, and the blanks before it; *gap: blanks that are due. */
static void set_cell_line(
    struct table_set *ts, const struct grid_slot *slot, size_t i, size_t width, size_t *gap)
{
	struct column *c = &ts->columns[i];
	const struct flow *flow = &ts->boxes[slot->cell].flow;
	struct box_line line;
	size_t pad;

	if (c->next >= c->n_lines) {
		*gap += width;
		return;
	}
	line = c->lines[c->next++];
	if (line.columns > width) { /* a wide character in a single column */
		line_blanks(ts->s, *gap);
		line_add(ts->s, STR("?"), 0, 0, 1);
		*gap = width - 1;
		return;
	}
	pad = ts->s->rtl || at_right(ts, slot, i) ? width - line.columns : 0;
	line_blanks(ts->s, *gap + pad);
	line_flow(ts->s, flow, line.start, line.end, line.columns);
	*gap = width - pad - line.columns;
}

/* The columns at which cells or gaps begin in a row, in the order in which they are set. */
static size_t order_row(const struct table_set *ts, const struct grid *g, size_t order[DOC_MAX_COLUMNS])
{
	size_t n = 0, span;

	for (size_t i = 0; i < ts->n && n < DOC_MAX_COLUMNS; i += span) {
		const struct grid_slot *slot = &g->slots[i];

		span = slot->cell == GRID_NONE || !slot->first ? 1 : span_of(ts, g, i);
		order[n++] = i;
	}
	for (size_t i = 0; ts->s->rtl && i < n / 2; i++) {
		size_t other = order[n - 1 - i];

		order[n - 1 - i] = order[i];
		order[i] = other;
	}
	return n;
}

/* The first column names the rows: it stays while the others pan, unless it is wide. */
static size_t fixed_columns(const struct table_set *ts)
{
	size_t columns = ts->columns[0].width + GAP;

	return !ts->s->rtl && ts->n > 2 && columns * 3 <= set_rest_width(ts->s) ? columns : 0;
}

static void set_row(struct table_set *ts, const struct grid *g, bool wide, size_t shift)
{
	size_t height = row_height(ts, g), order[DOC_MAX_COLUMNS], n = order_row(ts, g, order);

	for (size_t h = 0; h < height && !set_full(ts->s); h++) {
		size_t gap = 0;

		line_begin(ts->s, g->next_row - 1, h == 0);
		for (size_t k = 0; k < n; k++) {
			size_t i = order[k];
			const struct grid_slot *slot = &g->slots[i];

			if (slot->cell == GRID_NONE || !slot->first)
				gap += ts->columns[i].width;
			else
				set_cell_line(
				    ts, slot, i, cell_columns(ts, i, span_of(ts, g, i), false), &gap);
			gap += GAP;
		}
		if (ts->s->rtl) /* the right edge is the one that counts */
			line_blanks(ts->s, gap - GAP);
		if (wide)
			line_pan(ts->s, shift, fixed_columns(ts));
	}
}

static void set_head_rule(struct table_set *ts, size_t row, bool wide, size_t shift)
{
	line_begin(ts->s, row, false);
	for (size_t i = 0; i < ts->n; i++) {
		size_t column = ts->s->rtl ? ts->n - 1 - i : i;

		line_repeat(
		    ts->s, ts->s->o->ascii ? STR("-") : STR("─"), ts->columns[column].width, LINE_DIM);
		if (i + 1 < ts->n)
			line_blanks(ts->s, GAP);
	}
	if (wide)
		line_pan(ts->s, shift, fixed_columns(ts));
}

static void set_columns(struct table_set *ts, bool wide)
{
	size_t columns = cell_columns(ts, 0, ts->n, false);
	size_t shift = wide ? set_shift(ts->s, columns) : 0;
	struct grid g;

	grid_init(&g, ts->s->arena, ts->t, ts->n);
	while (!set_full(ts->s) && grid_next(&g)) {
		set_row(ts, &g, wide, shift);
		if (g.next_row == ts->head_rows && g.next_row < ts->t->n_rows)
			set_head_rule(ts, g.next_row - 1, wide, shift);
	}
}

static void set_pair(struct table_set *ts, uint32_t head, uint32_t value, bool again, size_t row)
{
	struct flow_maker *m = &ts->s->maker;
	struct flow flow;

	if (head != GRID_NONE) {
		flow_again(m, &ts->boxes[head].flow, AGAIN_COLUMNS, LINE_TABLE_HEAD, row);
		flow_words(m, STR(": "), LINE_TABLE_HEAD, 0, row);
	}
	flow_again(m, &ts->boxes[value].flow, again ? AGAIN_COLUMNS : SIZE_MAX, 0, row);
	flow = flow_take(m);
	set_part(ts->s, &flow, 0, flow.text.len, 0, 2);
}

/* A table of two columns without heads above: the first cell of a row names the second. */
static bool is_list_of_pairs(const struct table_set *ts, const struct grid *g)
{
	const struct grid_slot *s = g->slots;

	return ts->n == 2 && !ts->head_rows && s[0].cell != GRID_NONE && s[1].cell != GRID_NONE &&
	       s[1].first && ts->boxes[s[0].cell].natural && ts->boxes[s[1].cell].natural;
}

/* A cell that reaches down from a row above is told again, cut short, as long as that stays within bounds. */
static void set_record(struct table_set *ts, const struct grid *g)
{
	for (size_t i = 0; i < ts->n; i++) {
		const struct grid_slot *slot = &g->slots[i];

		if (slot->cell == GRID_NONE || !slot->first || !ts->boxes[slot->cell].natural)
			continue;
		if (!slot->starts && !ts->again_left)
			continue;
		if (!slot->starts)
			ts->again_left--;
		set_pair(ts, ts->columns[i].head, slot->cell, !slot->starts, g->next_row - 1);
	}
}

static void set_records(struct table_set *ts)
{
	size_t bars = ts->s->margin.bar_columns / 2, before = ts->s->lines.n;
	struct grid g;

	grid_init(&g, ts->s->arena, ts->t, ts->n);
	while (!set_full(ts->s) && grid_next(&g)) {
		if (g.next_row <= ts->head_rows && ts->head_rows < ts->t->n_rows)
			continue;
		if (is_list_of_pairs(ts, &g)) {
			set_pair(ts, g.slots[0].cell, g.slots[1].cell, false, g.next_row - 1);
			continue;
		}
		if (ts->s->lines.n > before)
			line_blank(ts->s, bars);
		set_record(ts, &g);
	}
}

void set_table(struct setter *s, const struct doc_table *t)
{
	struct table_set ts = {.s = s, .t = t, .n = t->n_columns};
	enum manner manner;

	if (t->caption.text.len) {
		struct flow caption;

		flow_rich(&s->maker, &t->caption, LINE_DIM);
		caption = flow_take(&s->maker);
		for (size_t i = 0; i < caption.n_pieces; i++) {
			caption.pieces[i].source = 0;
			caption.pieces[i].linear = false;
		}
		set_flow(s, &caption);
	}
	ts.columns = arena_array(s->arena, ts.n, sizeof *ts.columns);
	for (size_t i = 0; i < ts.n; i++)
		ts.columns[i].head = GRID_NONE;
	ts.again_left = 1000 + 4 * (size_t)t->row_start[t->n_rows];
	make_boxes(&ts);
	measure_columns(&ts);
	manner = choose(&ts, set_rest_width(s));
	if (manner == SET_RECORDS)
		set_records(&ts);
	else
		set_columns(&ts, manner == SET_WIDE);
	vec_free(&ts.lines);
}
