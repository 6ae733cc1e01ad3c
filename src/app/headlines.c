/* SPDX-License-Identifier: MIT */
/* The headlines' state: rows asked for around the selection, selection and place kept by story. */
#include "app/headlines.h"

#include "app/errand.h"
#include "app/preview.h"
#include "app/tabs.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "store/list_db.h"
#include "text/date.h"

#include <stdio.h>

#define ROWS_BEFORE    120
#define ROWS_AFTER     240
#define ROWS_MARGIN    40     /* fewer rows than this left on the page: ask for the next one */
#define RELEASED_MS    120000 /* without a key: the selection is released */
#define ENTER_EVERY_MS 30000  /* and arrivals enter at most so often */
#define COUNT_MAX      100000

static struct headlines *list_of(struct app *a)
{
	return &app_tab(a)->list;
}

const struct story_row *headlines_row(const struct app *a)
{
	const struct headlines *h = &app_tab_const(a)->list;
	return h->snap && h->index < h->snap->n_rows ? &h->snap->rows[h->index] : NULL;
}

void headlines_release(struct headlines *h)
{
	snapshot_unref(h->snap);
	imap_release(&h->kept);
	imap_release(&h->unfolded);
	*h = (struct headlines){0};
}

/* ---- Lines on the screen ---- */

size_t headlines_height(const struct app *a)
{
	int h = a->geo.headlines.h - (app_tab_const(a)->list.arrivals ? 1 : 0);
	return h > 0 ? (size_t)h : 1;
}

static enum density density_of(const struct app *a)
{
	if (conf_is(a->conf, SET_LAYOUT_DENSITY, "compact"))
		return DENSITY_COMPACT;
	return conf_is(a->conf, SET_LAYOUT_DENSITY, "comfortable") ? DENSITY_COMFORTABLE : DENSITY_AUTO;
}

void app_headline(
    const struct app *a, const struct story_row *row, struct headline *out, struct headline_words *w)
{
	w->plus_len = row->event_outlets > 1 ? (size_t)snprintf(w->plus, sizeof w->plus, "+%u",
	                                           (unsigned)(row->event_outlets - 1))
	                                     : 0;
	struct buf age = BUF_MAX(32);
	/* A folded row stands at the place of its newest report, and tells that one's age. */
	date_age(&age, row->event_size > 1 ? row->event_newest : row->published, a->now);
	w->age_len = age.len < sizeof w->age ? age.len : sizeof w->age;
	for (size_t i = 0; i < w->age_len; i++)
		w->age[i] = age.data[i];
	buf_release(&age);
	headline_make(out, row->title, str_n(w->plus, w->plus_len), app_source_name(a, row->source),
	    str_n(w->age, w->age_len), a->geo.headlines.w, density_of(a));
}

static size_t row_lines(const struct app *a, size_t index)
{
	struct headline h;
	struct headline_words w;
	app_headline(a, &app_tab_const(a)->list.snap->rows[index], &h, &w);
	return h.n_lines;
}

/* The first row from which `index` is still wholly in sight, filling the pane upwards. */
static size_t top_for(const struct app *a, size_t index, size_t height)
{
	size_t used = row_lines(a, index), top = index;
	while (top > 0) {
		used += row_lines(a, top - 1);
		if (used > height)
			break;
		top--;
	}
	return top;
}

void headlines_show_cursor(struct app *a)
{
	struct headlines *h = list_of(a);
	if (!h->snap || !h->snap->n_rows)
		return;
	size_t height = headlines_height(a);
	if (h->top > h->index)
		h->top = h->index;
	size_t lowest = top_for(a, h->index, height);
	if (h->top < lowest)
		h->top = lowest;
	a->dirty |= DIRTY_SCREEN;
}

/* ---- Asking for rows ---- */

struct list_errand {
	struct errand e;
	struct tab_set set;
	struct list_spec spec;
	struct story_id since_top;
	int64_t since, now;
	size_t tab, arrivals;
	struct snapshot *snap;
};

static void list_work(struct errand *e, struct db *db)
{
	struct list_errand *l = (struct list_errand *)e;
	if (!tab_set_open(&l->set, e->arena, l->now, &l->spec.set, &e->task.err))
		return;
	l->snap = list_load(db, &l->spec, &e->task.err);
	if (l->snap && l->since_top.v && l->since != TIME_NONE)
		l->arrivals = list_new_above(db, &l->spec, l->since_top, l->since);
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
	size_t above = 0;
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
	if (to_top && s->n_rows)
		h->seen_top = s->rows[0].id;
}

/* The reader has gone above what was the top: what waited there is seen. */
static void see_arrivals(struct headlines *h)
{
	ptrdiff_t top = h->arrivals ? snapshot_find(h->snap, h->seen_top, (struct event_id){0}) : -1;
	if (top < 0 || h->index >= (size_t)top || !h->snap->at_start)
		return;
	h->arrivals = 0;
	h->seen_top = h->snap->rows[0].id;
	h->seen_until = clock_now();
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
	bool to_top = l->spec.anchor == LIST_TOP;
	adopt(h, l->snap, to_top, l->spec.anchor == LIST_END);
	h->arrivals = l->arrivals;
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

/* What stands on the screen keeps its title: the stories shown in sight. */
static struct story_id *copy_shown(struct arena *arena, const struct headlines *h, size_t height, size_t *n)
{
	*n = 0;
	if (!h->snap)
		return NULL;
	struct story_id *out = arena_array(arena, height, sizeof *out);
	for (size_t i = h->top; i < h->snap->n_rows && *n < height; i++)
		out[(*n)++] = h->snap->rows[i].id;
	return out;
}

static void ask(struct app *a, enum list_anchor anchor)
{
	struct headlines *h = list_of(a);
	struct list_errand *l = errand_new(a, sizeof *l, list_work, list_done);
	struct arena *arena = l->e.arena;
	l->e.cleanup = list_cleanup;
	l->tab = a->tab;
	l->now = a->now;
	l->set = tab_set_of(arena, app_tab(a));
	struct list_spec *s = &l->spec;
	s->order = (enum list_order)h->order;
	s->fold = !h->flat;
	s->unfolded = copy_events(arena, &h->unfolded, &s->n_unfolded);
	s->shown = copy_shown(arena, h, headlines_height(a), &s->n_shown);
	s->anchor = anchor == LIST_AT_STORY && !h->cursor.v ? LIST_TOP : anchor;
	s->at = h->cursor;
	s->before = ROWS_BEFORE;
	s->after = ROWS_AFTER;
	s->count_max = COUNT_MAX;
	s->serial = ++h->asked;
	if (s->anchor == LIST_AT_STORY) {
		l->since_top = h->seen_top;
		l->since = h->seen_until;
	}
	if (s->anchor == LIST_TOP)
		h->seen_until = clock_now();
	h->loading = true;
	errand_read(&l->e, SLOT_LIST);
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
	struct headlines *h = list_of(a);
	bool to_top = !a->keyed || !h->cursor.v || released(a, h);
	if (to_top)
		h->entered_ms = clock_mono_ms();
	ask(a, to_top ? LIST_TOP : LIST_AT_STORY);
}

void headlines_top(struct app *a)
{
	struct headlines *h = list_of(a);
	if (h->snap && h->snap->at_start && !h->arrivals && h->snap->n_rows) {
		headlines_select(a, 0);
		return;
	}
	h->arrivals = 0;
	ask(a, LIST_TOP);
}

void headlines_bottom(struct app *a)
{
	struct headlines *h = list_of(a);
	if (h->snap && h->snap->at_end && h->snap->n_rows)
		headlines_select(a, h->snap->n_rows - 1);
	else
		ask(a, LIST_END);
}

/* ---- Moving ---- */

void headlines_select(struct app *a, size_t index)
{
	struct headlines *h = list_of(a);
	if (!h->snap || index >= h->snap->n_rows)
		return;
	h->index = index;
	h->cursor = h->snap->rows[index].id;
	h->cursor_event = h->snap->rows[index].event;
	see_arrivals(h);
	headlines_show_cursor(a);
	bool near_start = !h->snap->at_start && index < ROWS_MARGIN;
	bool near_end = !h->snap->at_end && h->snap->n_rows - index < ROWS_MARGIN;
	if ((near_start || near_end) && !h->loading)
		ask(a, LIST_AT_STORY);
	preview_selected(a);
}

void headlines_select_story(struct app *a, struct story_id id)
{
	struct headlines *h = list_of(a);
	ptrdiff_t at = h->snap ? snapshot_find(h->snap, id, (struct event_id){0}) : -1;
	if (at >= 0) {
		headlines_select(a, (size_t)at);
		return;
	}
	h->cursor = id;
	h->cursor_event = (struct event_id){0};
	ask(a, LIST_AT_STORY);
}

bool headlines_move(struct app *a, ptrdiff_t rows)
{
	struct headlines *h = list_of(a);
	if (!h->snap || !h->snap->n_rows)
		return false;
	ptrdiff_t last = (ptrdiff_t)h->snap->n_rows - 1, to = (ptrdiff_t)h->index + rows;
	ptrdiff_t clamped = to < 0 ? 0 : to > last ? last : to;
	bool more = to < 0 ? !h->snap->at_start : to > last && !h->snap->at_end;
	if (more && h->loading)
		h->owed = to - clamped;
	if (clamped == (ptrdiff_t)h->index)
		return more;
	headlines_select(a, (size_t)clamped);
	return true;
}

void headlines_page(struct app *a, int direction, bool half)
{
	struct headlines *h = list_of(a);
	if (!h->snap || !h->snap->n_rows)
		return;
	size_t height = headlines_height(a), want = half ? height / 2 : height, used = 0, i = h->index;
	while (used < want) {
		if (direction > 0 ? i + 1 >= h->snap->n_rows : i == 0)
			break;
		i = direction > 0 ? i + 1 : i - 1;
		used += row_lines(a, i);
	}
	if (used > want && i != h->index + (direction > 0 ? 1 : 0) && direction > 0)
		i--;
	headlines_select(a, i);
}

/* ---- Next and previous unread ---- */

struct step_errand {
	struct errand e;
	struct tab_set set;
	struct list_spec spec;
	struct story_id from, found;
	int64_t now;
	bool forward, unread;
	headlines_found_fn *then;
};

static void step_work(struct errand *e, struct db *db)
{
	struct step_errand *s = (struct step_errand *)e;
	if (!tab_set_open(&s->set, e->arena, s->now, &s->spec.set, &e->task.err))
		return;
	s->found = list_step(db, &s->spec, s->from, s->forward, s->unread, &e->task.err);
	tab_set_close(&s->set);
}

static void step_cleanup(struct errand *e)
{
	tab_set_close(&((struct step_errand *)e)->set);
}

static void step_done(struct app *a, struct errand *e)
{
	struct step_errand *s = (struct step_errand *)e;
	if (e->task.err.code != ERR_CANCELLED)
		s->then(a, s->found);
}

/* On the present page: true when the answer is certain. */
static bool step_here(const struct headlines *h, int direction, bool unread, struct story_id *found)
{
	const struct snapshot *s = h->snap;
	for (size_t i = h->index;;) {
		if (direction > 0 ? i + 1 >= s->n_rows : i == 0)
			break;
		i = direction > 0 ? i + 1 : i - 1;
		if (!unread || s->rows[i].event_unread || !(s->rows[i].flags & STORY_READ)) {
			*found = s->rows[i].id;
			return true;
		}
	}
	*found = STORY_NONE;
	return direction > 0 ? s->at_end : s->at_start;
}

void headlines_step(struct app *a, int direction, bool unread, headlines_found_fn *found)
{
	struct headlines *h = list_of(a);
	struct story_id id;
	if (!h->snap || !h->snap->n_rows) {
		found(a, STORY_NONE);
		return;
	}
	if (step_here(h, direction, unread, &id)) {
		found(a, id);
		return;
	}
	struct step_errand *s = errand_new(a, sizeof *s, step_work, step_done);
	s->e.cleanup = step_cleanup;
	s->set = tab_set_of(s->e.arena, app_tab(a));
	s->spec.order = (enum list_order)h->order;
	s->spec.fold = !h->flat;
	s->from = h->cursor;
	s->forward = direction > 0;
	s->unread = unread;
	s->now = a->now;
	s->then = found;
	errand_read(&s->e, SLOT_STEP);
}

struct str headlines_next_title(const struct app *a)
{
	const struct headlines *h = &app_tab_const(a)->list;
	struct story_id id = STORY_NONE;
	if (!h->snap || !h->snap->n_rows || !step_here(h, 1, true, &id) || !id.v)
		return STR_NONE;
	return h->snap->rows[snapshot_find(h->snap, id, (struct event_id){0})].title;
}

void headlines_keep(struct app *a, struct story_id id)
{
	imap_put(&list_of(a)->kept, (uint64_t)id.v, 1);
}

void headlines_leave(struct app *a)
{
	struct headlines *h = list_of(a);
	imap_release(&h->kept);
	h->kept = (struct imap){0};
	h->arrivals = 0;
}

/* ---- Words of an empty list ---- */

char *headlines_empty_words(const struct app *a)
{
	const struct tab *t = app_tab_const(a);
	size_t sources = 0;
	if (!t->list.snap || t->list.snap->n_rows)
		return NULL;
	conf_sources(a->conf, &sources);
	if (a->refresh.total)
		return mem_printf(
		    P_("Fetching %zu source… %zu done", "Fetching %zu sources… %zu done", a->refresh.total),
		    a->refresh.total, a->refresh.done);
	if (!sources)
		return mem_strdup(
		    _("No sources yet. :add ADDRESS adds one; the configuration file lists them."));
	if (t->kind == TAB_SEARCH)
		return mem_strdup(_("Nothing matches. Esc back"));
	if (t->kind == TAB_STARRED)
		return mem_strdup(_("No starred stories. s stars one · ] next section"));
	if (t->list.unread_only)
		return mem_printf(_("Nothing unread in %s. U shows all · ] next section"), tab_title(t));
	return mem_printf(_("No stories in %s yet. R refreshes · ! shows the sources"), tab_title(t));
}
