/* SPDX-License-Identifier: MIT */
/* The program's state, and the one place where it changes. The screen is painted from `const struct app *`
 * alone: the same state and size give the same cells. Main thread only; the threads and helpers answer to the
 * inbox. */
#ifndef CO_APP_APP_H
#define CO_APP_APP_H

#include "app/geometry.h"
#include "app/key.h"
#include "app/keymap.h"
#include "base/buf.h"
#include "base/loop.h"
#include "base/map.h"
#include "base/vec.h"
#include "doc/article.h"
#include "doc/doc.h"
#include "doc/layout.h"
#include "model/snapshot.h"
#include "model/story.h"

struct conf;
struct rules;
struct refresh;
struct adding;
struct engine; /* threads, helpers and what is under way (app/engine.h) */
struct keymap;

enum headline_order {
	ORDER_NEWEST,
	ORDER_UNREAD,
	ORDER_OLDEST,
	ORDER_SOURCE,
	ORDER_SIZE,
	ORDER_BEST,
	ORDER_OPENED, /* of the history */
	ORDER_COUNT
};

/* ---- The headlines ---- */
struct headlines {
	struct snapshot *snap;        /* rows around the view; NULL until the first arrives */
	struct story_id cursor;       /* story of the selected row; none: the first row, whatever it is */
	struct event_id cursor_event; /* and its event: another of its stories may stand for the row */
	size_t index;                 /* its row in snap */
	size_t top;                   /* first row shown, in snap */
	enum headline_order order;
	bool unread_only;
	bool flat;            /* story by story, not folded by event */
	bool coverage;        /* all reports of one event; what came after `visited` is ● */
	int64_t visited;      /* when a story of it was opened last; TIME_NONE: never */
	size_t arrivals;      /* rows that wait above: `↑ 7 new (gg)` */
	struct story_id seen; /* the newest story that was let in: later ones wait; none: all are let in */
	int64_t entered_ms;   /* monotonic: when arrivals last went straight in */
	uint64_t asked;       /* serial of the last request */
	bool loading;         /* no answer to it yet */
	bool restored;        /* its place is that of the last session, and stays before the first key */
	ptrdiff_t owed;       /* rows still to move once the answer is here */
	struct imap kept;     /* story ids that stay in the list although they are read now */
	struct imap unfolded; /* event ids shown story by story */
	struct imap marked;   /* story ids of the rows marked for the next command, with their flags */
};

enum tab_kind { TAB_ALL, TAB_SECTION, TAB_STARRED, TAB_QUERY, TAB_SEARCH };
struct tab {
	enum tab_kind kind;
	char *name;           /* as shown */
	char *query;          /* of TAB_QUERY and TAB_SEARCH */
	char *section;        /* of TAB_SECTION */
	size_t unread;        /* rows with something unread (★: starred); shown as 999+ above 999 */
	size_t later;         /* ★: unread stories that followed: `★ 6 +2` */
	size_t count_columns; /* widest its number has been */
	size_t from;          /* TAB_SEARCH: the tab that it was opened from, and goes back to */
	struct headlines list;
};

/* ---- The article ---- */
enum page_load { PAGE_IDLE, PAGE_LOADING, PAGE_DONE, PAGE_FAILED };
struct find_hit {
	size_t line, start, columns; /* line of the layout; cells within it */
	size_t match;                /* that it is a part of: one that goes over a line's end has several */
};
/* A line of a text, found again at any width: the one that shows byte `at` of a block, and lines below it
 * that show no later place (blank ones, those of a table's row). block UINT32_MAX: line `at` of the head. */
struct view_place {
	uint32_t block, at, skip;
};
#define VIEW_HEAD ((struct view_place){UINT32_MAX, 0, 0})
struct view {
	struct story_id id;  /* none: nothing shown */
	struct arena *arena; /* of `story` */
	struct story story;
	struct str named_by;  /* of a page that is not stored: what linked to it */
	struct doc *feed_doc; /* of the feed's text; NULL when there is none */
	struct article *page; /* of the page; NULL until it is there */
	char *title, *byline; /* as shown: title, "source · date · minutes · feed" */
	bool show_page;       /* the page's text is the one shown */
	bool preview;         /* shown by selection, not by an act of reading */
	int64_t read_at; /* opened last before this, else now; TIME_NONE: never. What came since is new */
	enum page_load page_load;
	char *problem;          /* why the page did not come, in words; NULL */
	struct doc *changes;    /* what changed since it was stored, shown instead of the text; NULL */
	char *changes_words;    /* and the line above it */
	struct view_place kept; /* in the text meanwhile */
	struct layout *layout;
	size_t layout_width, pan;
	size_t top;               /* first line shown */
	struct view_place anchor; /* of the top line */
	size_t last_seen;         /* line that carries ›; SIZE_MAX: none */
	bool end_told;            /* `end · Space: next unread` is shown; the next Space opens it */
	char *find;               /* what is lit; NULL */
	struct {
		VEC(struct find_hit);
	} hits;
	size_t n_matches, match; /* found; the one that is shown */
};

/* ---- Related ---- */
enum related_kind {
	RELATED_SAME_EVENT,
	RELATED_FOLLOW_UP,
	RELATED_BACKGROUND,
	RELATED_ON_PAGE,
	RELATED_KINDS
};
struct related_item {
	enum related_kind kind;
	struct story_id id; /* none: an address of the page that is not stored */
	struct str title, dek, source, url;
	int64_t published; /* TIME_NONE: unknown */
	bool opened;       /* · instead of ● */
	bool is_new;       /* came since the story shown was read */
	bool near_copy;
	struct str also_in;      /* sources of copies folded into this row: "A, B, C"; absent */
	struct story_id *copies; /* those copies */
	size_t n_copies;
	double score;
};
struct related_pane {
	struct story_id whom; /* story that the items belong to */
	struct arena *arena;
	struct related_item *items;
	size_t n_items;
	size_t counts[RELATED_KINDS]; /* stories, folded copies included */
	size_t n_new;
	size_t index, top;      /* selected item; first line shown */
	struct story_id wanted; /* what is to be selected when the items of the story shown come */
	struct story_id why_of; /* item that says why it is related; none: none does */
	char *why;              /* in words */
	bool loading;
};

/* A page that belongs to no stored story. named_by: the address of what linked to it; private hosts are asked
 * only for private ones. */
struct page_ref {
	struct str url, title, named_by;
};

/* A step of the way back. */
struct trail_step {
	struct story_id id;
	struct page_ref page; /* when it is not stored (id STORY_LOOSE), in trail_arena */
	struct view_place at;
	enum pane_place focus;
	struct story_id related; /* selected in the related pane; none: an address, or nothing */
};

/* ---- What lies over the panes ---- */
enum overlay_kind {
	OVERLAY_NONE,
	OVERLAY_HELP,
	OVERLAY_LINKS,
	OVERLAY_SOURCES,
	OVERLAY_PICK,
	OVERLAY_JOURNAL,
	OVERLAY_ADD
};
struct overlay_line {
	char *text; /* UTF-8, owned */
	bool heading;
	bool bad;        /* painted as an error */
	uint8_t hang;    /* shown whole: columns in which its further rows stand; 0: one row, cut */
	uint32_t target; /* link number or so; 0: not selectable */
};
struct overlay {
	enum overlay_kind kind;
	char *title;
	struct {
		VEC(struct overlay_line);
	} lines;
	size_t index, top;
};

enum prompt_kind {
	PROMPT_NONE,
	PROMPT_FIND,
	PROMPT_NARROW,
	PROMPT_FOLLOW,
	PROMPT_COMMAND,
	PROMPT_ADD,
	PROMPT_HELP,
	PROMPT_SAVE,
	PROMPT_PIPE,
	PROMPT_SOURCE,
	PROMPT_MARK,
	PROMPT_TAGS
};
struct prompt {
	enum prompt_kind kind;
	struct buf text;
	size_t at;  /* cursor, byte in text */
	char *note; /* right of the text: "2 of 7", a mistake */
};

/* Lines typed before; while one of them is shown, what was being typed. */
struct recalled {
	enum prompt_kind kind;
	char *text;
};
struct recall {
	struct {
		VEC(struct recalled);
	} lines; /* oldest first */
	size_t at;
	char *typed; /* NULL: none of them is shown */
};

enum message_kind { MESSAGE_NONE, MESSAGE_INFO, MESSAGE_ERROR };

struct source_conf;
struct source_ref {
	struct source_id id;
	char *name;
	const struct source_conf *conf; /* NULL: it left the configuration */
	bool failed;                    /* its last answer was an error */
};

/* ---- The whole ---- */
enum dirty { DIRTY_SCREEN = 1, DIRTY_ALL = 2 /* draw anew, whatever the terminal is thought to show */ };

struct refresh_state {
	size_t done, total; /* of the running refresh; total 0: none runs */
	size_t new_stories, failed;
	size_t busy; /* sources that another instance is fetching */
	bool offline;
	int64_t offline_since;
};

struct app {
	struct loop *loop;
	struct conf *conf;
	struct engine *engine;
	struct keymap *keymap;
	struct keymap_state pending; /* keys of an unfinished sequence */

	struct geometry_want want;
	struct geometry geo;
	enum pane_place focus;
	bool ascii; /* stand-ins: no UTF-8 */

	struct {
		VEC(struct tab);
	} tabs;
	size_t tab;                    /* current */
	size_t tab_scroll;             /* first tab shown */
	size_t narrow_from;            /* tab that a search was opened from, while it is typed */
	bool narrow_all;               /* it searches everything stored, not that tab alone */
	struct trail_step narrow_back; /* what the article pane showed when it began */
	struct view view;
	struct related_pane related;
	struct {
		VEC(struct trail_step);
	} trail; /* [0, trail_at): the way back; from trail_at on: the way forward */
	size_t trail_at;
	struct arena *trail_arena; /* NULL: no step has needed it */
	struct overlay overlay;
	struct prompt prompt;
	struct recall recall;
	enum message_kind message_kind;
	char *message;                        /* stays until the next key */
	bool asking_read_tab, asked_read_tab; /* A was pressed just now; by the key before */
	bool first_card;                      /* the card of the first start */
	bool keyed;                           /* a key has come in this session */
	int64_t last_key_ms, last_back_ms;    /* monotonic; of the last key, of the last `back` */
	int64_t key_gap_ms;                   /* between the last key and the one before it */
	int64_t now;                          /* wall clock of this turn: ages are painted as of it */

	struct {
		VEC(struct source_ref);
	} sources;                /* all that the database knows, in the order of the configuration */
	struct imap source_index; /* id → index in sources */

	struct story_id wanted; /* story that is being loaded for the article pane; none: nothing is */
	struct loop_timer *preview_timer, *related_timer, *refresh_timer, *read_timer;

	struct page_jobs *page_jobs; /* pages under way (app/page_job.c); NULL: none yet */
	struct rules *rules;         /* of the configuration; never changed once made */
	struct refresh_state refresh;
	struct adding *adding;      /* a source that is being added (app/add.c); NULL: none yet */
	struct refresh *refreshing; /* the run under way (app/refresh.c); NULL: none */
	unsigned dirty;
	bool quit, suspend;
	bool conf_changed; /* by :set: what ui keeps of the configuration is to be read anew */
	bool with_screen, ready, restored;
	bool edition; /* --demo: the edition's own last moment is now, for ages and queries */
	int64_t edition_now;
	char *config_path, *session_key;
	char *save_asked;     /* name of a file that would be overwritten: asked once */
	struct buf clipboard; /* text that ui is to copy; empty: nothing */
	char *notice;         /* of new stories, for ui to send as `notify` says; NULL: none */
	char *run_browser; /* address that ui is to open in the foreground, after leaving the screen; NULL */
};

static inline struct tab *app_tab(struct app *a)
{
	return &a->tabs.v[a->tab];
}
static inline const struct tab *app_tab_const(const struct app *a)
{
	return &a->tabs.v[a->tab];
}

/* The document that is shown in the article pane; NULL when there is none (yet). */
const struct doc *view_doc(const struct view *v);
/* "Loading the page…", "The page did not come: …", "The page holds no more than this.": a line under the
 * text, or NULL. Translated. Returns yours (mem_free). */
char *view_status(const struct app *a);
/* The words of an empty list, or NULL when it is not empty. Returns yours. */
char *headlines_empty_words(const struct app *a);
/* The strings of a row beside its title, and how it is set for the headlines pane as it is now. */
struct headline_words {
	char plus[12], age[24];
	size_t plus_len, age_len;
};
void app_headline(
    const struct app *a, const struct story_row *row, struct headline *out, struct headline_words *w);
/* The line of waiting arrivals, `↑ 7 new (gg)`, is the first of the headlines pane when arrivals > 0; rows
 * follow. */

/* The moment that ages and queries are told by: the clock's, or the edition's own. What is stored of acts and
 * fetches goes by the real clock. */
int64_t app_clock(const struct app *a);

/* What ui calls: a key, pasted text, a new size, the end of a turn (all input taken; then it paints if
 * dirty). */
void app_key(struct app *a, struct key k);
void app_paste(struct app *a, struct str text);
void app_resize(struct app *a, int width, int height);
void app_turn(struct app *a);
void app_free_sources(struct app *a);
/* The geometry anew: focus, zoom or the related pane's height have changed; the texts follow. */
void app_relayout(struct app *a);
/* Reads the configuration again; a broken file never replaces the working one. */
bool app_reload(struct app *a, struct err *err);
/* An error that came from the background: told on the bottom row and logged. */
void app_tell(struct app *a, const struct err *err);
/* Runs a command line ("next-unread", "tab 2"): what `:` does. */
void app_run_line(struct app *a, struct str line);

/* Name of a story's source and its age, as the headlines show them; borrowed / appended. */
struct str app_source_name(const struct app *a, struct source_id id);
const struct source_ref *app_source(const struct app *a, struct source_id id); /* NULL: unknown */
/* By its name, whatever the case; NULL with the nearest in ERR_USAGE. */
const struct source_ref *app_source_named(const struct app *a, struct str name, struct err *err);

#endif
