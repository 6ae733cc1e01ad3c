/* SPDX-License-Identifier: MIT */
/* The session: lines "key value" in the database. */
#include "app/session.h"

#include "app/errand.h"
#include "app/headlines.h"
#include "app/tabs.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/session_db.h"

#include <stdlib.h>

char *session_key(const char *name)
{
	const char *pane = getenv("TMUX_PANE");
	if (name)
		return mem_printf("name:%s", name);
	return pane ? mem_printf("tmux:%s", pane) : mem_strdup("");
}

/* ---- Writing ---- */

struct save_errand {
	struct errand e;
	struct str key, state;
	int64_t now;
};

static void save_work(struct errand *e, struct db *db)
{
	struct save_errand *s = (struct save_errand *)e;
	session_put(db, s->key, s->now, s->state, &e->task.err);
}

/* The story of the selected row; none at the top: there the newest is wanted. */
static struct story_id place_of(const struct headlines *h)
{
	bool at_top = h->snap && h->snap->before + h->index == 0;
	return at_top ? STORY_NONE : h->cursor;
}

void session_save(struct app *a)
{
	SCOPED(buf) struct buf b = BUF_MAX(1 << 16);
	const struct tab *t = app_tab_const(a);
	buf_printf(&b, "tab %s\n", t->name);
	for (size_t i = 0; i < a->tabs.n; i++)
		if (a->tabs.v[i].kind != TAB_SEARCH)
			buf_printf(&b, "list %lld %d %d %s\n", (long long)place_of(&a->tabs.v[i].list).v,
			    a->tabs.v[i].list.unread_only, (int)a->tabs.v[i].list.order, a->tabs.v[i].name);
	for (int c = 0; c < WIDTH_CLASSES; c++)
		buf_printf(&b, "width %d %d %d\n", c, a->want.single[c], a->want.headlines_delta[c]);
	struct save_errand *s = errand_new(a, sizeof *s, save_work, NULL);
	s->key = arena_str(s->e.arena, str_c(a->session_key));
	s->state = arena_str(s->e.arena, buf_str(&b));
	s->now = clock_now();
	errand_write(&s->e, TASK_MARK);
}

/* ---- Reading ---- */

struct load_errand {
	struct errand e;
	struct str key, state;
	bool own;
	void (*then)(struct app *a);
};

static void load_work(struct errand *e, struct db *db)
{
	struct load_errand *l = (struct load_errand *)e;
	session_get(db, l->key, e->arena, &l->state, &l->own, &e->task.err);
}

static int64_t number(struct str *line)
{
	struct str word;
	int64_t n = 0;
	return str_split(line, ' ', &word) && str_i64(word, &n) ? n : 0;
}

static struct tab *tab_named(struct app *a, struct str name, size_t *index)
{
	for (size_t i = 0; i < a->tabs.n; i++)
		if (str_eqc(name, a->tabs.v[i].name)) {
			*index = i;
			return &a->tabs.v[i];
		}
	return NULL;
}

static void take_list(struct app *a, struct str line, bool own)
{
	size_t index;
	int64_t cursor = number(&line), unread_only = number(&line), order = number(&line);
	struct tab *t = tab_named(a, line, &index);
	if (!t)
		return;
	t->list.unread_only = unread_only;
	if (order >= 0 && order < ORDER_COUNT)
		t->list.order = (enum headline_order)order;
	/* A place is this pane's own; another pane's would be a surprise. */
	if (own && !a->keyed && cursor > 0) {
		t->list.cursor = (struct story_id){cursor};
		t->list.restored = true;
	}
}

static void take_width(struct app *a, struct str line)
{
	int64_t c = number(&line), single = number(&line), delta = number(&line);
	if (c < 0 || c >= WIDTH_CLASSES || delta < -100 || delta > 100)
		return;
	a->want.single[c] = single;
	a->want.headlines_delta[c] = (int)delta;
}

static void load_done(struct app *a, struct errand *e)
{
	struct load_errand *l = (struct load_errand *)e;
	struct str rest = l->state, line, word;
	size_t index;
	while (str_split(&rest, '\n', &line)) {
		if (!str_split(&line, ' ', &word))
			continue;
		if (str_eqc(word, "tab") && tab_named(a, line, &index) && !a->keyed)
			a->tab = index;
		else if (str_eqc(word, "list"))
			take_list(a, line, l->own);
		else if (str_eqc(word, "width"))
			take_width(a, line);
	}
	if (l->state.len)
		a->first_card = false; /* somebody has been here before */
	app_relayout(a);
	a->restored = true;
	headlines_refresh(a);
	tabs_count(a);
	l->then(a);
}

void session_restore(struct app *a, void (*then)(struct app *a))
{
	struct load_errand *l = errand_new(a, sizeof *l, load_work, load_done);
	l->then = then;
	l->key = arena_str(l->e.arena, str_c(a->session_key));
	errand_read(&l->e, SLOT_NONE);
}
