/* SPDX-License-Identifier: MIT */
/* The next and the previous row, unread or any: on the page at hand when that is certain, else asked of the
 * reader. */
#include "app/errand.h"
#include "app/fold.h"
#include "app/headlines_priv.h"
#include "app/tabs.h"

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
		if (!unread || fold_has_unread(h, &s->rows[i])) {
			*found = s->rows[i].id;
			return true;
		}
	}
	*found = STORY_NONE;
	return direction > 0 ? s->at_end : s->at_start;
}

void headlines_step(struct app *a, int direction, bool unread, headlines_found_fn *found)
{
	struct headlines *h = headlines_list(a);
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
