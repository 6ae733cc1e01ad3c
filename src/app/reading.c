/* SPDX-License-Identifier: MIT */
/* Acts of reading as errands of the writer. */
#include "app/reading.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/headlines.h"
#include "app/related_pane.h"
#include "app/say.h"
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
	struct story_id id; /* with folded: its whole row */
	bool folded;
	bool list; /* the tab's list, down to id when there is one */
	enum list_order order;
	int64_t now;
	struct str tab;
	size_t n_marked;
};

static bool ids_of(struct mark_errand *m, struct db *db, struct story_id **ids, size_t *n)
{
	struct err *err = &m->e.task.err;
	struct list_set set;
	if (!m->folded && !m->list) {
		*ids = &m->id;
		*n = 1;
		return true;
	}
	if (!tab_set_open(&m->set, m->e.arena, m->now, &set, err))
		return false;
	struct list_ids_spec spec = {
	    .set = set, .order = m->order, .fold = true, .to = m->id, .above = true, .unread = true};
	bool ok = m->list ? list_ids(db, &spec, m->e.arena, ids, n, err)
	                  : list_folded(db, &set, m->id, m->e.arena, ids, n, err);
	tab_set_close(&m->set);
	if (ok && !*n && !m->list) {
		*ids = &m->id;
		*n = 1;
	}
	return ok;
}

static void mark_work(struct errand *e, struct db *db)
{
	struct mark_errand *m = (struct mark_errand *)e;
	struct story_id *ids = NULL;
	size_t n = 0;
	if (!ids_of(m, db, &ids, &n))
		return;
	if (m->list)
		/* TRANSLATORS: what undoing did: how many stories in which section */
		m->op.label = str_c(arena_printf(e->arena, _("unread again: %zu in %s"), n, m->tab.p));
	if (n)
		marks_set(db, &m->op, ids, n, e->arena, NULL, NULL, &e->task.err);
	m->n_marked = n;
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

static struct mark_errand *prepare(struct app *a, enum mark_kind kind, bool on, struct story_id id)
{
	struct mark_errand *m = errand_new(a, sizeof *m, mark_work, mark_done);
	m->e.cleanup = mark_cleanup;
	m->id = id;
	m->now = a->now;
	m->set = tab_set_of(m->e.arena, app_tab(a));
	m->set.unread_only = false;
	m->order = (enum list_order)app_tab(a)->list.order;
	m->op = (struct mark_op){.kind = kind, .on = on, .at_ms = clock_now_ms(), .owner = a->engine->owner};
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
	if (m->op.kind != MARK_STAR && m->id.v)
		headlines_keep(a, m->id);
	errand_write(&m->e, TASK_MARK);
}

void reading_opened(struct app *a, struct story_id id)
{
	if (id.v <= 0)
		return;
	bool marks = conf_is(a->conf, SET_READING_MARK_READ, "open");
	if (!marks)
		return;
	struct mark_errand *m = prepare(a, MARK_OPENED, true, id);
	label(m, _("unread again"), a->view.story.row.title);
	submit(a, m);
	m = prepare(a, MARK_READ, true, id);
	m->folded = true;
	submit(a, m);
}

void reading_end(struct app *a)
{
	const struct view *v = &a->view;
	if (v->id.v <= 0 || v->preview || !conf_is(a->conf, SET_READING_MARK_READ, "end"))
		return;
	if (!(v->story.row.flags & STORY_READ))
		reading_done(a, v->id, v->story.row.title);
}

void reading_done(struct app *a, struct story_id id, struct str title)
{
	if (id.v <= 0)
		return;
	struct mark_errand *m = prepare(a, MARK_READ, true, id);
	m->folded = true;
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
	struct mark_errand *m = prepare(a, MARK_KEPT, true, id);
	label(m, _("read again"), title);
	submit(a, m);
}

void reading_star(struct app *a, struct story_id id, struct str title, bool is_starred)
{
	if (id.v <= 0)
		return;
	struct mark_errand *m = prepare(a, MARK_STAR, !is_starred, id);
	label(m, is_starred ? _("starred again") : _("star taken off"), title);
	submit(a, m);
	say(a, is_starred ? _("Star taken off") : _("Starred"));
}

void reading_tab(struct app *a, struct story_id down_to)
{
	struct mark_errand *m = prepare(a, MARK_READ, true, down_to);
	m->list = true;
	m->tab = arena_str(m->e.arena, str_c(tab_title(app_tab(a))));
	struct headlines *h = &app_tab(a)->list;
	for (size_t i = 0; h->snap && i < h->snap->n_rows; i++)
		headlines_keep(a, h->snap->rows[i].id);
	submit(a, m);
}

bool reading_tags(struct app *a, struct str words, struct err *err)
{
	struct target t;
	struct str word;
	size_t n = 0;
	if (!target_of(a, &t, err))
		return false;
	if (t.id.v <= 0)
		return err_set(err, ERR_NOT_FOUND, _("this page is not stored; it takes no tags"));
	while (str_split(&words, ' ', &word)) {
		bool off = str_starts(word, "-");
		word = off ? str_skip(word, 1) : word;
		if (!word.len)
			continue;
		struct mark_errand *m = prepare(a, MARK_TAG, !off, t.id);
		m->op.tag = arena_str(m->e.arena, word);
		label(m, off ? _("tagged again") : _("tag taken off"), word);
		errand_write(&m->e, TASK_MARK);
		n++;
	}
	if (!n)
		return err_set(err, ERR_USAGE, _("a tag is a word; -word takes it off"));
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
	if (!e->task.err.code)
		after_marks(a);
}

void reading_undo(struct app *a, bool redo)
{
	struct undo_errand *u = errand_new(a, sizeof *u, undo_work, undo_done);
	u->owner = a->engine->owner;
	u->at_ms = clock_now_ms();
	u->redo = redo;
	errand_write(&u->e, TASK_MARK);
}
