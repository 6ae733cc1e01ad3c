/* SPDX-License-Identifier: MIT */
/* Tabs of the headlines. */
#include "app/tabs.h"

#include "app/errand.h"
#include "app/headlines.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "store/count_db.h"

#define COUNT_MAX 1000 /* above it 999+ is shown */

static void tab_release(struct tab *t)
{
	mem_free(t->name);
	mem_free(t->query);
	mem_free(t->section);
	headlines_release(&t->list);
}

static enum headline_order order_named(struct str word)
{
	static const char *const words[] = {[ORDER_NEWEST] = "newest",
	    [ORDER_UNREAD] = "unread",
	    [ORDER_OLDEST] = "oldest",
	    [ORDER_SOURCE] = "source",
	    [ORDER_SIZE] = "event"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqc(word, words[i]))
			return (enum headline_order)i;
	return ORDER_NEWEST;
}

static struct tab *add(struct app *a, enum tab_kind kind, struct str name, struct str query)
{
	struct tab *t = vec_add(&a->tabs);
	t->kind = kind;
	t->name = mem_strndup(name.p, name.len);
	t->query = query.len ? mem_strndup(query.p, query.len) : NULL;
	t->list.order = order_named(conf_text(a->conf, SET_LAYOUT_ORDER));
	t->list.visited = TIME_NONE;
	return t;
}

static bool has_section(const struct app *a, struct str section)
{
	for (size_t i = 0; i < a->tabs.n; i++)
		if (a->tabs.v[i].kind == TAB_SECTION && str_eqc(section, a->tabs.v[i].section))
			return true;
	return false;
}

/* A section of a query takes the place of the tab of that name. */
static bool is_query(const struct app *a, struct str name)
{
	size_t n;
	const struct section_conf *queries = conf_sections(a->conf, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(queries[i].name, name))
			return true;
	return false;
}

void tabs_build(struct app *a)
{
	size_t n = 0;
	tabs_free(a);
	add(a, TAB_ALL, str_c(_("All")), STR(""));
	const struct source_conf *sources = conf_sources(a->conf, &n);
	for (size_t i = 0; i < n; i++)
		if (sources[i].section.len && !has_section(a, sources[i].section) &&
		    !is_query(a, sources[i].section)) {
			struct tab *t = add(a, TAB_SECTION, sources[i].section, STR(""));
			t->section = mem_strndup(sources[i].section.p, sources[i].section.len);
		}
	add(a, TAB_STARRED, str_c(a->ascii ? "*" : "★"), STR(""));
	const struct section_conf *queries = conf_sections(a->conf, &n);
	for (size_t i = 0; i < n; i++)
		add(a, TAB_QUERY, queries[i].name, queries[i].query);
}

void tabs_free(struct app *a)
{
	VEC_EACH (struct tab, t, &a->tabs)
		tab_release(t);
	vec_free(&a->tabs);
	a->tab = a->tab_scroll = 0;
}

const char *tab_title(const struct tab *t)
{
	return t->kind == TAB_STARRED ? _("Starred") : t->name;
}

void tabs_go(struct app *a, size_t tab)
{
	if (tab >= a->tabs.n || tab == a->tab)
		return;
	headlines_leave(a);
	a->tab = tab;
	app_tab(a)->list.seen = STORY_NONE; /* what waited there is let in */
	a->dirty |= DIRTY_SCREEN;
	headlines_refresh(a);
}

size_t tabs_add_search(struct app *a, struct str name, struct str query)
{
	size_t from = a->tab;
	add(a, TAB_SEARCH, name, query)->from = from;
	return a->tabs.n - 1;
}

void tabs_remove(struct app *a, size_t tab)
{
	size_t to = a->tab == tab ? a->tabs.v[tab].from : a->tab;
	tab_release(&a->tabs.v[tab]);
	for (size_t i = tab; i + 1 < a->tabs.n; i++)
		a->tabs.v[i] = a->tabs.v[i + 1];
	a->tabs.n--;
	VEC_EACH (struct tab, t, &a->tabs)
		t->from -= t->from > tab;
	to -= to > tab;
	a->tab = to < a->tabs.n ? to : a->tabs.n - 1;
	a->dirty |= DIRTY_SCREEN;
}

/* ---- What a tab holds ---- */

struct tab_set tab_set_of(struct arena *arena, const struct tab *t)
{
	struct tab_set s = {.section = arena_str(arena, t->section ? str_c(t->section) : STR_NONE),
	    .query = arena_str(arena, t->query ? str_c(t->query) : STR_NONE),
	    .starred_only = t->kind == TAB_STARRED,
	    .unread_only = t->list.unread_only,
	    .held = t->list.seen};
	const struct imap *kept = &t->list.kept;
	s.stay = arena_array(arena, kept->n, sizeof *s.stay);
	uint64_t id, value;
	for (size_t at = 0; imap_next(kept, &at, &id, &value);)
		s.stay[s.n_stay++] = (struct story_id){(int64_t)id};
	return s;
}

bool tab_set_open(struct tab_set *s, struct arena *arena, int64_t now, struct list_set *out, struct err *err)
{
	*out = (struct list_set){.section = s->section,
	    .starred_only = s->starred_only,
	    .unread_only = s->unread_only,
	    .stay = s->stay,
	    .n_stay = s->n_stay,
	    .held = s->held};
	if (!s->query.len)
		return true;
	s->tree = query_parse(arena, s->query, now, err);
	out->query = s->tree;
	return s->tree != NULL;
}

void tab_set_close(struct tab_set *s)
{
	if (s->tree)
		query_release(s->tree);
	s->tree = NULL;
}

/* ---- Counting ---- */

struct count_errand {
	struct errand e;
	struct tab_set *sets;
	size_t *counts;
	size_t n, starred, later;
	bool events; /* rows, else stories */
	int64_t now;
};

static void count_work(struct errand *e, struct db *db)
{
	struct count_errand *c = (struct count_errand *)e;
	for (size_t i = 0; i < c->n; i++) {
		struct list_set set;
		if (c->sets[i].starred_only)
			count_starred(db, &c->starred, &c->later, NULL);
		else if (tab_set_open(&c->sets[i], e->arena, c->now, &set, NULL))
			count_unread(db, &set, c->events, COUNT_MAX, &c->counts[i], NULL);
		tab_set_close(&c->sets[i]);
	}
}

static size_t digits(size_t n)
{
	size_t d = 1;
	for (; n > 9; n /= 10)
		d++;
	return d;
}

static void count_done(struct app *a, struct errand *e)
{
	struct count_errand *c = (struct count_errand *)e;
	if (c->n != a->tabs.n)
		return; /* the tabs changed meanwhile: another count is on its way */
	for (size_t i = 0; i < c->n; i++) {
		struct tab *t = &a->tabs.v[i];
		size_t count = t->kind == TAB_STARRED ? c->starred : c->counts[i];
		if (t->kind == TAB_STARRED && t->later != c->later) {
			t->later = c->later;
			a->dirty |= DIRTY_SCREEN;
		}
		if (t->unread == count)
			continue;
		t->unread = count;
		size_t columns = count >= COUNT_MAX ? 4 : digits(count);
		if (columns > t->count_columns)
			t->count_columns = columns;
		a->dirty |= DIRTY_SCREEN;
	}
}

void tabs_count(struct app *a)
{
	struct count_errand *c = errand_new(a, sizeof *c, count_work, count_done);
	c->n = a->tabs.n;
	c->now = a->now;
	c->events = conf_is(a->conf, SET_LAYOUT_COUNT, "events");
	c->sets = arena_array(c->e.arena, c->n, sizeof *c->sets);
	c->counts = arena_array(c->e.arena, c->n, sizeof *c->counts);
	for (size_t i = 0; i < c->n; i++) {
		c->sets[i] = tab_set_of(c->e.arena, &a->tabs.v[i]);
		c->sets[i].unread_only = false;
		c->sets[i].held = STORY_NONE;
	}
	errand_read(&c->e, SLOT_COUNTS);
}
