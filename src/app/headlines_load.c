/* SPDX-License-Identifier: MIT */
/* Rows of the headlines: asking the reader's thread for a page of them, and what of selection, place and
 * arrivals stays when it comes. */
#include "app/errand.h"
#include "app/fold.h"
#include "app/headlines_priv.h"
#include "app/preview.h"
#include "app/tabs.h"
#include "base/clock.h"

#define ROWS_BEFORE     120
#define ROWS_AFTER      240
#define ROWS_ABOVE      5
#define COUNT_MAX       9999
#define SIGHT_HITS      250    /* of a search, looked at for the rows in sight */
#define SIGHT_HITS_MORE 2000   /* when those did not fill the sight */
#define RELEASED_MS     120000 /* without a key: the selection is released */
#define ENTER_EVERY_MS  30000  /* and arrivals enter at most so often */

/* What comes from the start, or at each letter of a search, is wanted at once: the rows in sight come first.
 */
enum look { LOOK_SIGHT, LOOK_SIGHT_MORE, LOOK_ALL };

struct list_errand {
	struct errand e;
	struct tab_set set;
	struct list_spec spec;
	struct story_id newest;
	int64_t now;
	size_t tab, arrivals;
	enum look look;
	struct snapshot *snap;
};

static void list_work(struct errand *e, struct db *db)
{
	struct list_errand *l = (struct list_errand *)e;
	snapshot_unref(take(&l->snap));
	if (!tab_set_open(&l->set, e->arena, l->now, &l->spec.set, &e->task.err))
		return;
	l->newest = list_newest(db);
	l->snap = list_load(db, &l->spec, &e->task.err);
	if (l->snap)
		l->arrivals = list_waiting(db, &l->spec);
	tab_set_close(&l->set);
}

static void list_cleanup(struct errand *e)
{
	struct list_errand *l = (struct list_errand *)e;
	tab_set_close(&l->set);
	snapshot_unref(l->snap);
}

/* The row that stands where the missing selection would: the first that is not newer. */
static size_t nearest_row(const struct snapshot *s, const struct story_row *gone)
{
	for (size_t i = 0; gone && i < s->n_rows; i++)
		if (s->rows[i].published <= gone->published)
			return i;
	return 0;
}

static void adopt(struct headlines *h, struct snapshot *s, bool to_top, bool to_end)
{
	struct story_row was = {0}, top = {0};
	bool had = h->snap && h->index < h->snap->n_rows;
	size_t above = ROWS_ABOVE; /* of a list that is shown for the first time */
	if (had) {
		was = h->snap->rows[h->index];
		top = h->snap->rows[h->top < h->snap->n_rows ? h->top : h->index];
		above = h->index > h->top ? h->index - h->top : 0;
	}
	ptrdiff_t at = to_top || to_end ? -1 : snapshot_find(s, h->cursor, h->cursor_event);
	if (at >= 0)
		h->index = (size_t)at;
	else if (to_end)
		h->index = s->n_rows ? s->n_rows - 1 : 0;
	else
		h->index = to_top || !had ? 0 : nearest_row(s, &was);
	ptrdiff_t top_at = had ? snapshot_find(s, top.id, top.event) : -1;
	if (to_top)
		h->top = 0;
	else if (top_at >= 0 && (size_t)top_at <= h->index)
		h->top = (size_t)top_at;
	else
		h->top = h->index > above ? h->index - above : 0;
	snapshot_unref(h->snap);
	h->snap = snapshot_ref(s);
}

static void ask(struct app *a, enum list_anchor anchor, enum look look);

/* After the rows in sight: more of them when a search found too few at first, else what is beyond and the
 * counts, which a search shows once it is kept. */
static void ask_further(struct app *a, const struct list_errand *l)
{
	const struct snapshot *s = l->snap;
	if (l->look == LOOK_ALL || (s->at_start && s->at_end))
		return;
	if (s->more && s->n_rows < l->spec.after)
		ask(a, l->spec.anchor, l->look + 1);
	else if (!a->prompt.kind)
		ask(a, LIST_AT_STORY, LOOK_ALL);
}

static void list_done(struct app *a, struct errand *e)
{
	struct list_errand *l = (struct list_errand *)e;
	if (l->tab >= a->tabs.n)
		return;
	struct headlines *h = &a->tabs.v[l->tab].list;
	if (h->asked != l->spec.serial)
		return;
	h->loading = false;
	if (!l->snap) {
		if (e->task.err.code != ERR_CANCELLED)
			app_tell(a, &e->task.err);
		return;
	}
	if (l->tab == a->tab && !l->snap->n_rows && l->snap->more) { /* what stands there stays till then */
		ask_further(a, l);
		return;
	}
	bool to_top = l->spec.anchor == LIST_TOP;
	adopt(h, l->snap, to_top, l->spec.anchor == LIST_END);
	h->arrivals = l->arrivals;
	if (!l->set.held.v)
		h->seen = l->newest;
	a->dirty |= DIRTY_SCREEN;
	if (l->tab != a->tab)
		return;
	const struct story_row *row = headlines_row(a);
	h->cursor = row ? row->id : STORY_NONE;
	h->cursor_event = row ? row->event : (struct event_id){0};
	headlines_show_cursor(a);
	ptrdiff_t owed = h->owed;
	h->owed = 0;
	if (owed)
		headlines_move(a, owed);
	preview_selected(a);
	ask_further(a, l);
}

static struct event_id *copy_events(struct arena *arena, const struct imap *m, size_t *n)
{
	struct event_id *out = arena_array(arena, m->n, sizeof *out);
	uint64_t key, value;
	*n = 0;
	for (size_t at = 0; imap_next(m, &at, &key, &value);)
		out[(*n)++] = (struct event_id){(int64_t)key};
	return out;
}

/* What stands on the screen keeps its title: the stories shown in sight. Those of folded rows first, so that
 * a later report joins them; what was folded before stands for the event. */
static struct story_id *copy_shown(struct arena *arena, const struct headlines *h, size_t height, size_t *n)
{
	*n = 0;
	if (!h->snap)
		return NULL;
	struct story_id *out = arena_array(arena, height, sizeof *out);
	size_t end = h->snap->n_rows - h->top < height ? h->snap->n_rows : h->top + height;
	for (int folded = 1; folded >= 0; folded--)
		for (size_t i = h->top; i < end; i++) {
			const struct story_row *row = &h->snap->rows[i];
			if (!fold_is_under(row) && (row->event_size > 1) == (folded == 1))
				out[(*n)++] = row->id;
		}
	return out;
}

static void ask_rows(const struct app *a, struct list_errand *l)
{
	bool all = l->look == LOOK_ALL;
	l->spec.before = all ? ROWS_BEFORE : headlines_height(a);
	l->spec.after = all ? ROWS_AFTER : headlines_height(a);
	l->spec.count_max = all ? COUNT_MAX : 0;
	l->spec.hits = all ? 0 : l->look == LOOK_SIGHT ? SIGHT_HITS : SIGHT_HITS_MORE;
	l->spec.partly = !all;
	l->spec.again = l->look != LOOK_SIGHT;
}

static void ask(struct app *a, enum list_anchor anchor, enum look look)
{
	struct headlines *h = headlines_list(a);
	struct list_errand *l = errand_new(a, sizeof *l, list_work, list_done);
	struct arena *arena = l->e.arena;
	l->e.cleanup = list_cleanup;
	l->tab = a->tab;
	l->now = a->now;
	l->set = tab_set_of(arena, app_tab(a));
	struct list_spec *s = &l->spec;
	s->order = (enum list_order)h->order;
	s->fold = !h->flat;
	s->later = app_tab(a)->kind == TAB_STARRED;
	s->unfolded = copy_events(arena, &h->unfolded, &s->n_unfolded);
	if (a->keyed) /* before the first key all comes straight in */
		s->shown = copy_shown(arena, h, headlines_height(a), &s->n_shown);
	s->anchor = anchor == LIST_AT_STORY && !h->cursor.v ? LIST_TOP : anchor;
	s->at = h->cursor;
	l->look = look;
	ask_rows(a, l);
	s->serial = ++h->asked;
	if (s->anchor == LIST_TOP || !a->keyed)
		l->set.held = STORY_NONE; /* all is let in */
	h->loading = true;
	errand_read(&l->e, SLOT_LIST);
}

void headlines_ask(struct app *a, enum list_anchor anchor)
{
	bool first = !headlines_list(a)->snap || (a->prompt.kind && anchor == LIST_TOP);
	ask(a, anchor, first ? LOOK_SIGHT : LOOK_ALL);
}

/* The pane that is only looked at: nobody has touched it for a while, it stands at the top, and nothing is
 * being read. Then arrivals go straight in, now and then. */
static bool released(const struct app *a, const struct headlines *h)
{
	int64_t now = clock_mono_ms();
	bool at_top = h->snap && h->snap->at_start && h->index == 0 && h->top == 0;
	return at_top && a->focus == PLACE_HEADLINES && (a->view.preview || !a->view.id.v) &&
	       now - a->last_key_ms >= RELEASED_MS && now - h->entered_ms >= ENTER_EVERY_MS;
}

void headlines_refresh(struct app *a)
{
	struct headlines *h = headlines_list(a);
	bool to_top = (!a->keyed && !h->restored) || !h->cursor.v || released(a, h);
	if (to_top)
		h->entered_ms = clock_mono_ms();
	headlines_ask(a, to_top ? LIST_TOP : LIST_AT_STORY);
}
