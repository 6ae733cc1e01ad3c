/* SPDX-License-Identifier: MIT */
/* Paints the related stories: groups of rows, or one row that counts them. */
#include "ui/paint.h"

#include "app/related_rows.h"
#include "base/attr.h"
#include "base/i18n.h"
#include "text/date.h"
#include "text/width.h"
#include "text/wrap.h"

struct walk {
	const struct app *a;
	struct canvas *g;
	struct rect pane;
	int y;      /* row of the next line; rows outside of the pane are not painted */
	bool dry;   /* counts lines alone */
	int sought; /* a row whose item is looked for */
	ptrdiff_t found;
	/* Lines of the selected item, with the head of its group when it is the first. */
	int selected, selected_end;
};

static const char *group_title(enum related_kind kind)
{
	static const char *const titles[RELATED_KINDS] = {
	    N_("Same event"), N_("Follow-ups"), N_("Background"), N_("On this page")};
	return _(titles[kind]);
}

static size_t new_in(const struct related_pane *r, enum related_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n_items; i++)
		n += r->items[i].kind == kind && r->items[i].is_new;
	return n;
}

static void group_head(struct walk *w, enum related_kind kind)
{
	const struct related_pane *r = &w->a->related;
	int y = w->y++;
	if (w->dry)
		return;
	size_t fresh = new_in(r, kind), count = r->counts[kind];
	SCOPED(buf) struct buf head = BUF_MAX(256), tail = BUF_MAX(256);
	buf_printf(&head, "%s · ", group_title(kind));
	if (fresh != count)
		buf_printf(&head, fresh ? "%zu · " : "%zu", count);
	if (fresh)
		buf_printf(&tail, P_("%zu new since you read it", "%zu new since you read it", fresh), fresh);
	int x = canvas_put(w->g, w->pane, w->pane.x + 1, y, buf_str(&head), STYLE_GROUP);
	int room = w->pane.x + w->pane.w - x;
	if ((int)width_of(buf_str(&tail)) > room) {
		buf_reset(&tail);
		/* TRANSLATORS: the same, where there is less room */
		buf_printf(&tail, P_("%zu new", "%zu new", fresh), fresh);
	}
	paint_fit(w->g, w->pane, x, y, buf_str(&tail), room, STYLE_NEWS);
}

static void no_line(void *arg, size_t start, size_t end, size_t columns)
{
	(void)arg, (void)start, (void)end, (void)columns;
}

static int wrapped_lines(struct str s, size_t columns)
{
	return (int)wrap_text(s, columns, columns, 0, no_line, NULL);
}

static void also_words(const struct related_item *it, struct buf *out)
{
	if (it->also_in.len)
		buf_printf(out, _("also in: %.*s"), STR_ARG(it->also_in));
}

/* The selected row of the focused pane: whole title, dek, copies; nothing is cut. */
static void whole_item(struct walk *w, const struct related_item *it, const struct headline_row *row)
{
	struct rect r = {w->pane.x + HEADLINE_GUTTER, w->pane.y, w->pane.w - HEADLINE_GUTTER - 1, w->pane.h};
	int start = w->y;
	size_t columns = r.w > 0 ? (size_t)r.w : 1;
	SCOPED(buf) struct buf meta = BUF_MAX(1024), also = BUF_MAX(1024);
	bool why = w->a->related.why && it->id.v && it->id.v == w->a->related.why_of.v;
	buf_printf(&meta, "%.*s%s%.*s", STR_ARG(row->source), row->source.len && row->age.len ? " · " : "",
	    STR_ARG(row->age));
	also_words(it, &also);
	const struct {
		struct str s;
		unsigned style;
	} parts[] = {{it->title, row->unread ? STYLE_UNREAD : STYLE_TEXT},
	    {why ? STR_NONE : it->dek, STYLE_TEXT}, /* why stands in its place */
	    {buf_str(&meta), STYLE_META}, {buf_str(&also), STYLE_META},
	    {why ? str_c(w->a->related.why) : STR_NONE, STYLE_NEWS}};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		w->y += w->dry ? wrapped_lines(parts[i].s, columns)
		               : paint_wrapped(w->g, r, w->y, parts[i].s, 0, parts[i].style);
	if (!w->dry)
		paint_gutter(w->g, w->pane, start, w->y - start, row);
}

static void also_line(struct walk *w, const struct related_item *it)
{
	SCOPED(buf) struct buf also = BUF_MAX(1024);
	int x = w->pane.x + HEADLINE_GUTTER;
	if (!it->also_in.len)
		return;
	also_words(it, &also);
	if (!w->dry)
		paint_fit(
		    w->g, w->pane, x, w->y, buf_str(&also), w->pane.w - HEADLINE_GUTTER - 1, STYLE_META);
	w->y++;
}

static void item(struct walk *w, size_t index)
{
	const struct related_pane *r = &w->a->related;
	const struct related_item *it = &r->items[index];
	struct headline h;
	SCOPED(buf) struct buf age = BUF_MAX(64);
	related_row_make(w->a, it, w->pane.w, &h, &age);
	bool focused = w->a->focus == PLACE_RELATED;
	struct headline_row row = {.h = &h,
	    .source = it->source,
	    .age = buf_str(&age),
	    .mark = it->opened ? SIGN_READ : SIGN_UNREAD,
	    .selected = focused && index == r->index,
	    .focused = focused,
	    .later_new = it->is_new};
	if (row.selected) {
		whole_item(w, it, &row);
		return;
	}
	if (!w->dry)
		paint_headline(w->g, w->pane, w->y, &row);
	w->y += (int)h.n_lines;
	also_line(w, it);
}

static void all_groups(struct walk *w)
{
	const struct related_pane *r = &w->a->related;
	bool first = true;
	for (enum related_kind kind = 0; kind < RELATED_KINDS; kind++) {
		if (!r->counts[kind])
			continue;
		if (!first)
			w->y++;
		first = false;
		int head = w->y;
		group_head(w, kind);
		bool first_item = true;
		for (size_t i = 0; i < r->n_items; i++) {
			if (r->items[i].kind != kind)
				continue;
			int start = w->y;
			item(w, i);
			if (w->sought >= start && w->sought < w->y)
				w->found = (ptrdiff_t)i;
			if (i == r->index) {
				w->selected = first_item ? head : start;
				w->selected_end = w->y;
			}
			first_item = false;
		}
	}
}

/* The first line to show, so that the selected item is in sight. */
static int first_line(const struct app *a, struct rect pane)
{
	struct walk w = {.a = a, .pane = pane, .dry = true};
	all_groups(&w);
	int top = (int)a->related.top;
	if (top > w.y - pane.h)
		top = w.y - pane.h > 0 ? w.y - pane.h : 0;
	if (a->focus != PLACE_RELATED)
		return top;
	if (w.selected_end - pane.h > top)
		top = w.selected_end - pane.h;
	return w.selected < top ? w.selected : top;
}

/* "3 same event, 1 follow-up, 6 more". */
static void count_words(const struct related_pane *r, struct buf *out)
{
	size_t same = r->counts[RELATED_SAME_EVENT], follow = r->counts[RELATED_FOLLOW_UP];
	size_t more = r->counts[RELATED_BACKGROUND] + r->counts[RELATED_ON_PAGE];
	if (same)
		buf_printf(out, P_("%zu same event", "%zu same event", same), same);
	if (follow) {
		buf_adds(out, same ? ", " : "");
		buf_printf(out, P_("%zu follow-up", "%zu follow-ups", follow), follow);
	}
	if (more) {
		buf_adds(out, same || follow ? ", " : "");
		buf_printf(out,
		    same || follow ? P_("%zu more", "%zu more", more) : P_("%zu story", "%zu stories", more),
		    more);
	}
}

static void paint_row(const struct app *a, struct canvas *g)
{
	struct rect r = a->geo.related_row;
	SCOPED(buf) struct buf words = BUF_MAX(512), line = BUF_MAX(512);
	count_words(&a->related, &words);
	if (words.len)
		buf_printf(&line, _(" Related: %s "), buf_cstr(&words));
	else
		buf_adds(&line, a->related.loading || !a->view.id.v ? "" : _(" no related stories "));
	int x = canvas_put(g, r, r.x, r.y, sign(g, SIGN_TEE), STYLE_SEPARATOR);
	x = canvas_put(g, r, x, r.y, sign(g, SIGN_RULE), STYLE_SEPARATOR);
	x = paint_fit(g, r, x, r.y, buf_str(&line), r.x + r.w - x, STYLE_GROUP);
	canvas_repeat(g, r, x, r.y, sign(g, SIGN_RULE), r.x + r.w - x, STYLE_SEPARATOR);
}

void paint_related(const struct app *a, struct canvas *g)
{
	struct rect pane = a->geo.related;
	if (a->geo.related_row.h > 0)
		paint_row(a, g);
	if (pane.w <= 0 || pane.h <= 0)
		return;
	if (!a->related.n_items) {
		struct rect r = {pane.x + 1, pane.y, pane.w - 2, pane.h};
		if (a->view.id.v && !a->related.loading && a->geo.related_row.h == 0)
			paint_wrapped(g, r, pane.y, str_c(_("No related stories.")), 0, STYLE_META);
		return;
	}
	struct walk w = {.a = a, .g = g, .pane = pane};
	w.y = pane.y - first_line(a, pane);
	all_groups(&w);
}

void paint_related_under(const struct app *a, struct canvas *g, struct rect pane, int y)
{
	struct walk w = {.a = a, .g = g, .pane = pane, .y = y};
	all_groups(&w);
}

ptrdiff_t related_at(const struct app *a, int row)
{
	struct rect pane = a->geo.related;
	struct walk w = {.a = a, .pane = pane, .dry = true, .sought = row, .found = -1};
	w.y = pane.y - first_line(a, pane);
	all_groups(&w);
	return w.found;
}
