/* SPDX-License-Identifier: MIT */
/* Lines that go on from one another are one text again, without the numbers of links, and what is found in it
 * is told in cells of the lines. */
#include "app/find.h"

#include "app/view.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/width.h"

#define PASSAGE_MAX ((size_t)1 << 18)
#define MATCHES_MAX 100000

struct piece {
	size_t at; /* byte of the passage that it begins with */
	size_t line, column;
	struct str shown;
};

struct passage {
	struct view *v;
	struct buf text;
	struct {
		VEC(struct piece);
	} pieces;
	size_t next; /* piece in which the last match ended */
};

static size_t end_of(const struct piece *p)
{
	return p->at + p->shown.len;
}

static void add_hit(struct view *v, const struct piece *p, size_t from, size_t to)
{
	struct find_hit hit = {.line = p->line,
	    .start = p->column + width_of(str_sub(p->shown, 0, from)),
	    .columns = width_of(str_sub(p->shown, from, to - from)),
	    .match = v->n_matches};
	struct find_hit *last;

	if (v->hits.n && vec_last(&v->hits).match == hit.match && vec_last(&v->hits).line == hit.line) {
		last = &vec_last(&v->hits);
		last->columns = hit.start + hit.columns - last->start;
	} else {
		vec_push(&v->hits, hit);
	}
}

static void found(void *arg, size_t at, size_t len)
{
	struct passage *g = arg;

	while (g->next < g->pieces.n && end_of(&g->pieces.v[g->next]) <= at)
		g->next++;
	for (size_t i = g->next; i < g->pieces.n && g->pieces.v[i].at < at + len; i++) {
		const struct piece *p = &g->pieces.v[i];
		size_t from = at > p->at ? at - p->at : 0;
		size_t to = at + len < end_of(p) ? at + len - p->at : p->shown.len;

		if (from < to)
			add_hit(g->v, p, from, to);
	}
	g->v->n_matches++;
}

static void look_through(struct passage *g)
{
	struct view *v = g->v;

	if (g->text.len && v->n_matches < MATCHES_MAX)
		fold_each(buf_str(&g->text), str_c(v->find), MATCHES_MAX - v->n_matches, found, g);
	buf_reset(&g->text);
	vec_clear(&g->pieces);
	g->next = 0;
}

/* " [3]" is not in the author's words. */
static void leave_number_out(struct passage *g)
{
	struct piece *last = g->pieces.n ? &vec_last(&g->pieces) : NULL;

	if (!g->text.len || g->text.data[g->text.len - 1] != ' ')
		return;
	buf_truncate(&g->text, g->text.len - 1);
	if (last && end_of(last) > g->text.len)
		last->shown.len = g->text.len - last->at;
}

static void add_line(struct passage *g, size_t i)
{
	const struct layout_line *line = &g->v->layout->lines[i];
	size_t column = 0;

	if (line->joint == JOINT_BLANK)
		buf_addc(&g->text, ' ');
	for (uint32_t k = 0; k < line->n_spans; column += line->spans[k++].columns) {
		const struct line_span *s = &line->spans[k];

		if (s->style & (LINE_QUOTE_BAR | LINE_MARGIN | LINE_MARKER))
			continue;
		if (s->style & LINE_LINK_NUMBER)
			leave_number_out(g);
		else if (g->text.len + s->text.len < PASSAGE_MAX) {
			vec_push(&g->pieces, ((struct piece){g->text.len, i, column, s->text}));
			buf_addstr(&g->text, s->text);
		}
	}
}

void find_relight(struct app *a)
{
	struct view *v = &a->view;
	struct passage g = {.v = v, .text = BUF_MAX(PASSAGE_MAX)};

	vec_clear(&v->hits);
	v->n_matches = 0;
	if (!v->find || !v->layout)
		return;
	for (size_t i = 0; i < v->layout->n_lines; i++) {
		if (v->layout->lines[i].joint == JOINT_NONE || g.text.len > PASSAGE_MAX / 2)
			look_through(&g);
		add_line(&g, i);
	}
	look_through(&g);
	buf_release(&g.text);
	vec_free(&g.pieces);
	if (v->match >= v->n_matches)
		v->match = 0;
}

/* Line on which a match begins. */
static size_t line_of(const struct view *v, size_t match)
{
	size_t low = 0, high = v->hits.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v->hits.v[mid].match < match)
			low = mid + 1;
		else
			high = mid;
	}
	return v->hits.v[low].line;
}

static void show_match(struct app *a)
{
	struct view *v = &a->view;
	size_t h = view_height(a), line;

	if (!v->n_matches)
		return;
	line = line_of(v, v->match);
	if (line < v->top || line >= v->top + h)
		view_set_top(a, line > h / 3 ? line - h / 3 : 0);
	a->dirty |= DIRTY_SCREEN;
}

void find_words(struct app *a, struct str words)
{
	struct view *v = &a->view;

	mem_free(v->find);
	v->find = words.len ? mem_strndup(words.p, words.len) : NULL;
	v->match = 0;
	find_relight(a);
	while (v->match + 1 < v->n_matches && line_of(v, v->match) < v->top)
		v->match++;
	show_match(a);
	a->dirty |= DIRTY_SCREEN;
}

void find_step(struct app *a, int direction)
{
	struct view *v = &a->view;

	if (!v->n_matches)
		return;
	v->match =
	    direction > 0 ? (v->match + 1) % v->n_matches : (v->match + v->n_matches - 1) % v->n_matches;
	show_match(a);
}
