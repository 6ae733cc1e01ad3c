/* SPDX-License-Identifier: MIT */
#include "stand_in.h"

#include "app/headlines.h"
#include "app/prompt.h"
#include "app/related_rows.h"
#include "app/view.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/date.h"

#include <stdio.h>
#include <string.h>

/* ---- What the app would answer ---- */

static bool no_command(struct app *app, const struct args *args, struct err *err)
{
	(void)app, (void)args, (void)err;
	return true;
}

const struct command commands[COMMAND_COUNT] = {
#define CMD(id, name, places, keys, group, text, long_text)                                                  \
	{name, places, keys, group, text, long_text, no_command},
#include "app/command.def"
};

size_t keymap_keys_of(const struct keymap *m, const struct command *c, unsigned places, const char *between,
    size_t max, struct buf *out)
{
	struct str keys = str_c(c->keys), one;
	size_t n = 0;
	(void)m;
	while (c->places & places && (!max || n < max) && str_split(&keys, ' ', &one)) {
		buf_adds(out, n++ ? between : "");
		struct key k;
		while (one.len && key_parse(&one, &k))
			key_show(out, k);
	}
	return n;
}

char *headlines_empty_words(const struct app *a)
{
	return app_tab_const(a)->list.snap->n_rows ? NULL
	                                           : mem_strdup("Nothing unread in World. U shows all");
}

struct str headlines_next_title(const struct app *a)
{
	return app_tab_const(a)->list.snap->rows[1].title;
}

char *view_status(const struct app *a)
{
	return a->view.page_load == PAGE_LOADING ? mem_strdup("Loading the page…") : NULL;
}

size_t view_lines(const struct app *a)
{
	return a->view.layout->n_lines +
	       (related_under_article(a) ? 1 + related_rows_lines(a, a->geo.article.w) : 0);
}

int view_percent(const struct app *a)
{
	size_t n = view_lines(a), last = a->view.top + (size_t)a->geo.article.h;
	return last >= n ? 100 : (int)(last * 100 / n);
}

const char *prompt_label(const struct prompt *p)
{
	return p->kind == PROMPT_FIND ? "/" : ":";
}

static const char *const source_names[] = {"", "Ledger", "Harbour Post", "Southern Cross", "Der Bote",
    "朝の便り", "Signal", "Le Fanal", "Observatory Notes", "Loom & Needle", "Вісник"};

struct str app_source_name(const struct app *a, struct source_id id)
{
	(void)a;
	return str_c(source_names[id.v]);
}

void app_headline(
    const struct app *a, const struct story_row *row, struct headline *out, struct headline_words *w)
{
	w->plus_len = row->event_outlets > 1 ? (size_t)snprintf(w->plus, sizeof w->plus, "+%u",
	                                           (unsigned)(row->event_outlets - 1))
	                                     : 0;
	struct buf age = BUF_MAX(sizeof w->age);
	date_age(&age, row->published, a->now);
	memcpy(w->age, buf_cstr(&age), age.len);
	w->age_len = age.len;
	buf_release(&age);
	headline_make(out, row->title, str_n(w->plus, w->plus_len), app_source_name(a, row->source),
	    str_n(w->age, w->age_len), a->geo.headlines.w, DENSITY_AUTO);
}

/* ---- The headlines of the drawings ---- */

#define R STORY_READ
#define S STORY_STARRED
static const struct {
	const char *title;
	int source;
	unsigned plus;
	int hours;
	unsigned flags, unread; /* of its event */
} row_words[] = {
    {"Eagle lands: two men are on the Moon tonight", 1, 3, 2, 0, 1},
    {"Lunar module came down with half a minute of fuel to spare", 2, 0, 3, 0, 1},
    {"Parkes dish carries the pictures from the Moon", 3, 1, 5, 0, 1},
    {"Luna 15: Soviet probe still circles, its purpose untold", 4, 2, 5, R, 1},
    {"月面着陸、六億人がテレビで見守る", 5, 0, 6, 0, 1},
    {"What a 1202 alarm is, and why the computer kept going", 6, 0, 6, R | S, 0},
    {"Wall Street closed on Monday for the landing", 1, 0, 7, 0, 1},
    {"Collins alone behind the Moon, forty-eight minutes at a time", 7, 4, 7, 0, 1},
    {"Why the footprints will outlast the pyramids", 6, 0, 8, R, 0},
    {"The guidance computer: 2,048 words that can be changed", 6, 0, 8, 0, 1},
    {"A laser mirror is left behind to measure the distance", 8, 1, 9, 0, 1},
    {"Houston answers the world: telegrams from ninety countries", 2, 6, 9, 0, 1},
    {"Sea of Tranquility: how the landing site was chosen", 4, 2, 11, 0, 1},
    {"The suit: twenty-one layers, most of them sewn by hand", 9, 0, 12, R, 0},
    {"Seismometer feels the astronauts walk", 8, 0, 14, 0, 1},
    {"Ascent engine has no spare: what happens at lift-off", 3, 3, 15, 0, 1},
    {"Людина на Місяці: ніч, яку не спав увесь світ", 10, 0, 16, 0, 1},
    {"Recovery fleet takes its place south-west of Hawaii", 2, 5, 17, 0, 1},
    {"Quarantine: three weeks in a silver trailer", 1, 2, 18, 0, 1},
    {"The women who wove the memory of the Moon ship", 9, 0, 20, R | S, 0},
    {"Saturn V in numbers: 2,900 tonnes on five engines", 6, 4, 21, 0, 1},
    {"Tides, eclipses, calendars: the Moon before the landing", 8, 0, 22, R, 0},
};

static struct snapshot *make_rows(bool first_read)
{
	struct snapshot *s = snapshot_new();
	s->n_rows = sizeof row_words / sizeof row_words[0];
	s->rows = arena_array(s->arena, s->n_rows, sizeof *s->rows);
	s->total = 214;
	s->counted = true;
	s->at_start = true;
	for (size_t i = 0; i < s->n_rows; i++)
		s->rows[i] = (struct story_row){.id = {(int64_t)i + 1},
		    .source = {row_words[i].source},
		    .published = STAND_IN_NOW - row_words[i].hours * 3600 - 60,
		    .flags = row_words[i].flags | (!i && first_read ? R : 0u),
		    .title = str_c(row_words[i].title),
		    .event_size = row_words[i].plus + 1,
		    .event_outlets = row_words[i].plus + 1,
		    .event_unread = !i && first_read         ? 0
		                    : row_words[i].flags & R ? row_words[i].unread
		                                             : row_words[i].plus + 1};
	return s;
}

static void make_tabs(struct app *a, bool first_read)
{
	static const struct {
		enum tab_kind kind;
		const char *name;
		size_t unread, later;
	} words[] = {{TAB_ALL, "All", 128, 0}, {TAB_SECTION, "World", 41, 0}, {TAB_SECTION, "Science", 17, 0},
	    {TAB_SECTION, "Voices", 22, 0}, {TAB_SECTION, "Tech", 31, 0}, {TAB_SECTION, "Apollo", 9, 0},
	    {TAB_STARRED, "★", 6, 2}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		struct tab *t = vec_add(&a->tabs);
		t->kind = words[i].kind;
		t->name = mem_strdup(words[i].name);
		t->unread = words[i].unread - (!i && first_read);
		t->later = words[i].later;
	}
	a->tabs.v[0].list.snap = make_rows(first_read);
	a->tabs.v[0].list.cursor = a->tabs.v[0].list.snap->rows[0].id;
}

/* ---- The article ---- */

static void para(struct doc_builder *b, struct block like, const char *before, const char *linked,
    const char *url, const char *after)
{
	doc_block(b, &like);
	doc_text(b, str_c(before), 0, STR_NONE);
	if (!linked)
		return;
	doc_text(b, str_c(linked), 0, str_c(url));
	doc_text(b, str_c(after), 0, STR_NONE);
}

static struct doc *make_doc(void)
{
	static const struct block text = {.kind = BLOCK_PARA}, head = {.kind = BLOCK_HEADING, .level = 2},
	                          item = {.kind = BLOCK_ITEM, .level = 1},
	                          quote = {.kind = BLOCK_PARA, .quote = 1};
	struct doc_builder *b = doc_build();
	para(b, text, "The lunar module Eagle of ", "Apollo 11", "https://a.example/11",
	    " set down on the Moon at 20:17 universal time on Sunday, with Neil Armstrong at the controls "
	    "and Edwin Aldrin "
	    "beside him. Michael Collins stayed in orbit in the command module Columbia.");
	para(b, text,
	    "The last minutes were the hardest. The computer raised alarms, the planned spot turned out to "
	    "be a field of "
	    "boulders, and Armstrong flew on by hand until he found level ground.",
	    NULL, NULL, NULL);
	para(b, head, "What comes next", NULL, NULL, NULL);
	para(b, text, "The crew asked to skip the rest period that the ", "flight plan gives them",
	    "https://a.example/plan",
	    " and to go out early. During the walk of some two and a half hours they are to:");
	para(b, item, "collect rock and soil, the first of it at once in case they must leave in a hurry;",
	    NULL, NULL, NULL);
	para(b, item, "set up a seismometer and a mirror for ", "laser light from the Earth",
	    "https://a.example/laser", ";");
	para(b, item, "take photographs, and put up a camera that sends pictures to both hemispheres.", NULL,
	    NULL, NULL);
	para(b, quote, "Houston, Tranquility Base here. The Eagle has landed.", NULL, NULL, NULL);
	para(b, text,
	    "Those were the first words from the surface. Mission control answered that there were people "
	    "there about to turn "
	    "blue, and that they were breathing again.",
	    NULL, NULL, NULL);
	para(b, head, "The way home", NULL, NULL, NULL);
	para(b, text, "The ascent engine must light on Monday and has ", "no spare",
	    "https://a.example/engine",
	    ". Eagle then meets Columbia in orbit, and the three splash down in the Pacific on Thursday.");
	static const struct block figure = {.kind = BLOCK_FIGURE};
	para(b, figure, "the shadow of the module on the surface, seen from its window", NULL, NULL, NULL);
	return doc_finish(b);
}

/* ---- Related ---- */

static const struct {
	enum related_kind kind;
	const char *title;
	int source;
	int minutes;
	bool opened, fresh;
} related_words[] = {
    {RELATED_SAME_EVENT, "Lunar module down with half a minute of fuel to spare", 2, 180, false, false},
    {RELATED_SAME_EVENT, "Zwei Menschen auf dem Mond gelandet", 4, 180, false, false},
    {RELATED_SAME_EVENT, "L’Aigle s’est posé dans la mer de la Tranquillité", 7, 240, true, false},
    {RELATED_FOLLOW_UP, "First step: the walk begins five hours early", 3, 20, false, true},
    {RELATED_BACKGROUND, "Apollo 10 went to within fifteen kilometres and came back", 1, 1440 * 62, false,
        false},
    {RELATED_BACKGROUND, "Lift-off: Apollo 11 is on its way", 1, 1440 * 4, false, false},
    {RELATED_BACKGROUND, "How the landing site was chosen", 4, 1440 * 7, true, false},
    {RELATED_BACKGROUND, "Luna 15 launched three days before Apollo", 4, 1440 * 8, false, false},
    {RELATED_ON_PAGE, "Quarantine: three weeks in a silver trailer", 1, 18 * 60, false, false},
    {RELATED_ON_PAGE, "Wall Street closed on Monday", 1, 7 * 60, false, false},
};

static void make_related(struct app *a)
{
	struct related_pane *r = &a->related;
	r->arena = arena_new();
	r->n_items = sizeof related_words / sizeof related_words[0];
	r->items = arena_array(r->arena, r->n_items, sizeof *r->items);
	for (size_t i = 0; i < r->n_items; i++) {
		r->items[i] = (struct related_item){.kind = related_words[i].kind,
		    .id = {(int64_t)i + 100},
		    .title = str_c(related_words[i].title),
		    .source = str_c(source_names[related_words[i].source]),
		    .published = STAND_IN_NOW - related_words[i].minutes * 60 - 30,
		    .opened = related_words[i].opened,
		    .is_new = related_words[i].fresh};
		r->counts[related_words[i].kind]++;
		r->n_new += related_words[i].fresh;
	}
}

/* ---- The whole ---- */

void stand_in_layout(struct app *a)
{
	a->want.focus = a->focus;
	a->want.related_open = a->focus == PLACE_RELATED;
	a->want.related_rows = a->related.n_items * 3;
	geometry_make(&a->geo, &a->want, 72);
	struct layout_head head = {.title = STR("Eagle lands: two men are on the Moon tonight"),
	    .dek = STR("The lunar module came down in the Sea of Tranquility with seconds of fuel left; the "
	               "walk follows "
	               "within hours."),
	    .byline = a->geo.text.w < 45 ? STR("Ledger · 20 Jul 22:40 · 3 min · page")
	                                 : STR("Ledger · Sun 20 Jul 1969 22:40 · 3 min · page")};
	struct layout_options o = {.width = (size_t)a->geo.text.w, .ascii = a->ascii, .number_links = true};
	layout_free(a->view.layout);
	a->view.layout = layout_make(a->view.feed_doc, &head, &o);
}

struct app *stand_in_new(int width, int height, enum pane_place focus)
{
	struct app *a = mem_new(struct app);
	bool opened = focus != PLACE_HEADLINES;
	a->now = STAND_IN_NOW;
	a->focus = focus;
	a->want.width = width;
	a->want.height = height;
	a->refresh = (struct refresh_state){.done = 12, .total = 40, .new_stories = 23, .failed = 2};
	a->view = (struct view){.id = {1}, .last_seen = SIZE_MAX, .feed_doc = make_doc()};
	make_tabs(a, opened);
	make_related(a);
	stand_in_layout(a);
	return a;
}

void stand_in_free(struct app *a)
{
	VEC_EACH (struct tab, t, &a->tabs) {
		mem_free(t->name);
		snapshot_unref(t->list.snap);
	}
	vec_free(&a->tabs);
	layout_free(a->view.layout);
	doc_free(a->view.feed_doc);
	arena_free(a->related.arena);
	mem_free(a->view.find);
	vec_free(&a->view.hits);
	mem_free(a->message);
	buf_release(&a->prompt.text);
	mem_free(a);
}
