/* SPDX-License-Identifier: MIT */
/* Acts of reading as errands of the writer. */
#include "app/reading.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/fold.h"
#include "app/headlines.h"
#include "app/marked.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/show.h"
#include "app/tabs.h"
#include "app/target.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "conf/conf.h"
#include "store/marks.h"

struct mark_errand {
	struct errand e;
	struct tab_set set;
	struct mark_op op;
	struct marked_ids ids; /* each alone, or with all that is folded in its row */
	bool list;             /* the tab's list instead, down to `to` when there is one */
	struct story_id to;
	enum list_order order;
	int64_t now;
	struct str tab;
	size_t n_marked;
};

struct ids {
	VEC(struct story_id);
};

static bool add_row(
    struct mark_errand *m, struct db *db, const struct list_set *set, size_t index, struct ids *out)
{
	struct story_id id = m->ids.v[index], *row = &id;
	size_t n = 1;
	if (m->ids.row[index] && !list_folded(db, set, id, m->e.arena, &row, &n, &m->e.task.err))
		return false;
	for (size_t i = 0; i < n; i++)
		vec_push(out, row[i]);
	return true;
}

static bool add_list(struct mark_errand *m, struct db *db, const struct list_set *set, struct ids *out)
{
	struct list_ids_spec spec = {
	    .set = *set, .order = m->order, .fold = true, .to = m->to, .above = true, .unread = true};
	struct story_id *ids;
	size_t n;
	if (!list_ids(db, &spec, m->e.arena, &ids, &n, &m->e.task.err))
		return false;
	for (size_t i = 0; i < n; i++)
		vec_push(out, ids[i]);
	return true;
}

static bool ids_of(struct mark_errand *m, struct db *db, struct ids *out)
{
	struct list_set set;
	if (!tab_set_open(&m->set, m->e.arena, m->now, &set, &m->e.task.err))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < m->ids.n; i++)
		ok = add_row(m, db, &set, i, out);
	if (ok && m->list)
		ok = add_list(m, db, &set, out);
	tab_set_close(&m->set);
	return ok;
}

static void mark_work(struct errand *e, struct db *db)
{
	struct mark_errand *m = (struct mark_errand *)e;
	struct ids ids = {0};
	if (ids_of(m, db, &ids)) {
		if (m->list)
			/* TRANSLATORS: what undoing did: how many stories in which section */
			m->op.label =
			    str_c(arena_printf(e->arena, _("unread again: %zu in %s"), ids.n, m->tab.p));
		if (ids.n)
			marks_set(db, &m->op, ids.v, ids.n, e->arena, NULL, NULL, &e->task.err);
		m->n_marked = ids.n;
	}
	vec_free(&ids);
}

static void after_marks(struct app *a)
{
	headlines_refresh(a);
	tabs_count(a);
	related_pane_reload(a);
}

static void mark_cleanup(struct errand *e)
{
	tab_set_close(&((struct mark_errand *)e)->set);
}

static void mark_done(struct app *a, struct errand *e)
{
	struct mark_errand *m = (struct mark_errand *)e;
	if (e->task.err.code)
		say_err(a, &e->task.err);
	else if (m->list)
		say(a,
		    P_("Marked %zu story read. u undoes it", "Marked %zu stories read. u undoes it",
		        m->n_marked),
		    m->n_marked);
	after_marks(a);
}

static struct mark_errand *prepare(struct app *a, enum mark_kind kind, bool on)
{
	struct mark_errand *m = errand_new(a, sizeof *m, mark_work, mark_done);
	m->e.cleanup = mark_cleanup;
	m->now = a->now;
	m->set = tab_set_of(m->e.arena, app_tab(a));
	m->set.unread_only = false;
	m->order = (enum list_order)app_tab(a)->list.order;
	m->op = (struct mark_op){.kind = kind, .on = on, .at_ms = clock_now_ms(), .owner = a->engine->owner};
	return m;
}

/* One story; `row`: with all that is folded in its row. */
static struct mark_errand *prepare_one(
    struct app *a, enum mark_kind kind, bool on, struct story_id id, bool row)
{
	struct mark_errand *m = prepare(a, kind, on);
	m->ids =
	    (struct marked_ids){arena_alloc(m->e.arena, sizeof id), arena_alloc(m->e.arena, sizeof row), 1};
	m->ids.v[0] = id;
	m->ids.row[0] = row;
	return m;
}

/* What undoing the act will be called. */
static void label(struct mark_errand *m, const char *words, struct str title)
{
	m->op.label = str_c(arena_printf(m->e.arena, "%s: %.*s", words, STR_ARG(title)));
}

static void submit(struct app *a, struct mark_errand *m)
{
	/* What is read now stays in sight until the tab is left. */
	for (size_t i = 0; m->op.kind != MARK_STAR && i < m->ids.n; i++)
		headlines_keep(a, m->ids.v[i]);
	errand_write(&m->e, TASK_MARK);
}

/* The marked rows, of which none stays marked. */
static struct mark_errand *prepare_marked(struct app *a, enum mark_kind kind, bool on, const char *undone)
{
	struct mark_errand *m = prepare(a, kind, on);
	m->ids = marked_copy(a, m->e.arena);
	m->op.label = str_c(arena_printf(m->e.arena, "%s: %zu", undone, m->ids.n));
	marked_clear(a);
	return m;
}

/* ---- Opening ---- */

/* Read after a time: when it is still the one that is read. */
static void on_read_timer(void *arg)
{
	struct app *a = arg;
	const struct view *v = &a->view;
	if (v->id.v > 0 && !v->preview && !(v->story.row.flags & STORY_READ))
		reading_done(a, v->id, v->story.row.title);
}

bool reading_init(struct app *a)
{
	a->read_timer = loop_timer_new(a->loop, on_read_timer, a);
	return a->read_timer != NULL;
}

void reading_release(struct app *a)
{
	loop_timer_free(a->read_timer);
	a->read_timer = NULL;
}

void reading_opened(struct app *a, struct story_id id)
{
	loop_timer_set(a->read_timer, -1);
	if (id.v <= 0)
		return;
	bool at_once = conf_is(a->conf, SET_READING_MARK_READ, "open");
	struct mark_errand *m = prepare_one(a, MARK_OPENED, true, id, fold_acts(a, id));
	m->op.first_opened = true;
	m->op.only_opened = !at_once;
	label(m, at_once ? _("unread again") : _("not opened"), a->view.story.row.title);
	submit(a, m);
	if (a->view.id.v == id.v) {
		a->view.story.row.flags |= STORY_OPENED | (at_once ? STORY_READ : 0);
		a->view.story.row.flags &= ~(uint32_t)STORY_KEPT_UNREAD;
	}
	int64_t seconds = conf_seconds(a->conf, SET_READING_MARK_READ);
	if (seconds > 0)
		loop_timer_set(a->read_timer, clock_mono_ms() + seconds * 1000);
}

void reading_end(struct app *a)
{
	const struct view *v = &a->view;
	if (v->id.v <= 0 || v->preview || !conf_is(a->conf, SET_READING_MARK_READ, "end"))
		return;
	if (!(v->story.row.flags & STORY_READ))
		reading_done(a, v->id, v->story.row.title);
}

/* ---- Marks by command ---- */

void reading_done(struct app *a, struct story_id id, struct str title)
{
	if (id.v <= 0)
		return;
	struct mark_errand *m = prepare_one(a, MARK_READ, true, id, fold_acts(a, id));
	label(m, _("unread again"), title);
	submit(a, m);
}

void reading_toggle(struct app *a, struct story_id id, struct str title, bool is_read)
{
	if (id.v <= 0)
		return;
	if (!is_read) {
		reading_done(a, id, title);
		return;
	}
	struct mark_errand *m = prepare_one(a, MARK_KEPT, true, id, false);
	label(m, _("read again"), title);
	submit(a, m);
}

void reading_star(struct app *a, struct story_id id, struct str title, bool is_starred)
{
	if (id.v <= 0)
		return;
	struct mark_errand *m = prepare_one(a, MARK_STAR, !is_starred, id, false);
	label(m, is_starred ? _("starred again") : _("star taken off"), title);
	submit(a, m);
	say(a, is_starred ? _("Star taken off") : _("Starred"));
}

void reading_marked(struct app *a, enum marked_act act)
{
	uint32_t all = marked_flags(a);
	size_t n = marked_count(a);
	struct mark_errand *m;
	if (act == MARKED_STAR) {
		bool off = all & STORY_STARRED;
		m = prepare_marked(a, MARK_STAR, !off, off ? _("starred again") : _("stars taken off"));
		for (size_t i = 0; i < m->ids.n; i++)
			m->ids.row[i] = false;
		say(a,
		    off ? P_("Star taken off %zu story", "Stars taken off %zu stories", n)
		        : P_("Starred %zu story", "Starred %zu stories", n),
		    n);
	} else if (act == MARKED_TOGGLE && all & STORY_READ) {
		m = prepare_marked(a, MARK_KEPT, true, _("read again"));
		for (size_t i = 0; i < m->ids.n; i++)
			m->ids.row[i] = false;
		say(a, P_("Unread again: %zu", "Unread again: %zu", n), n);
	} else {
		m = prepare_marked(a, MARK_READ, true, _("unread again"));
		say(a, P_("Marked %zu row read. u undoes it", "Marked %zu rows read. u undoes it", n), n);
	}
	submit(a, m);
}

void reading_tab(struct app *a, struct story_id down_to)
{
	struct mark_errand *m = prepare(a, MARK_READ, true);
	m->list = true;
	m->to = down_to;
	m->tab = arena_str(m->e.arena, str_c(tab_title(app_tab(a))));
	struct headlines *h = &app_tab(a)->list;
	for (size_t i = 0; h->snap && i < h->snap->n_rows; i++)
		headlines_keep(a, h->snap->rows[i].id);
	submit(a, m);
}

/* Of the marked rows, else of the focused pane's story. */
static struct mark_errand *prepare_tag(struct app *a, const struct target *t, bool on)
{
	if (!marked_any(a))
		return prepare_one(a, MARK_TAG, on, t->id, false);
	struct mark_errand *m = prepare(a, MARK_TAG, on);
	m->ids = marked_copy(a, m->e.arena);
	for (size_t i = 0; i < m->ids.n; i++)
		m->ids.row[i] = false;
	return m;
}

bool reading_tags(struct app *a, struct str words, struct err *err)
{
	struct target t;
	struct str word;
	size_t n = 0;
	if (!target_of(a, &t, err))
		return false;
	if (t.id.v <= 0 && !marked_any(a))
		return err_set(err, ERR_NOT_FOUND, _("this page is not stored; it takes no tags"));
	while (str_split(&words, ' ', &word)) {
		bool off = str_starts(word, "-");
		word = off ? str_skip(word, 1) : word;
		if (!word.len)
			continue;
		struct mark_errand *m = prepare_tag(a, &t, !off);
		m->op.tag = arena_str(m->e.arena, word);
		label(m, off ? _("tagged again") : _("tag taken off"), word);
		errand_write(&m->e, TASK_MARK);
		n++;
	}
	if (!n)
		return err_set(err, ERR_USAGE, _("a tag is a word; -word takes it off"));
	if (marked_any(a))
		marked_clear(a);
	say(a, P_("%zu tag set", "%zu tags set", n), n);
	return true;
}

/* ---- Undo ---- */

struct undo_errand {
	struct errand e;
	uint64_t owner;
	int64_t at_ms;
	bool redo;
	struct undo_step step;
};

static void undo_work(struct errand *e, struct db *db)
{
	struct undo_errand *u = (struct undo_errand *)e;
	undo_last(db, u->owner, u->redo, u->at_ms, e->arena, &u->step, &e->task.err);
}

static void undo_done(struct app *a, struct errand *e)
{
	struct undo_errand *u = (struct undo_errand *)e;
	if (e->task.err.code == ERR_NOT_FOUND)
		say(a, u->redo ? _("Nothing to do again") : _("Nothing to undo"));
	else if (e->task.err.code)
		say_err(a, &e->task.err);
	else if (u->redo)
		/* TRANSLATORS: what was undone is undone itself; the words name the first undoing */
		say(a, _("Done again (it was: %.*s)"), STR_ARG(u->step.label));
	else
		say(a, "%.*s", STR_ARG(u->step.label));
	if (e->task.err.code)
		return;
	after_marks(a);
	if (a->view.id.v > 0)
		show_story(a, a->view.id, SHOW_AGAIN);
}

void reading_undo(struct app *a, bool redo)
{
	struct undo_errand *u = errand_new(a, sizeof *u, undo_work, undo_done);
	u->owner = a->engine->owner;
	u->at_ms = clock_now_ms();
	u->redo = redo;
	errand_write(&u->e, TASK_MARK);
}
