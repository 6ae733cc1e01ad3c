/* SPDX-License-Identifier: MIT */
/* What the painters share: the signs of the screen with their ASCII stand-ins, text at the right edge, and
 * the parts of the frame. Each part paints from the app's state alone. Thread: main. */
#ifndef CO_UI_PAINT_H
#define CO_UI_PAINT_H

#include "app/app.h"
#include "ui/cell.h"
#include "ui/theme.h"

/* The whole screen: the grid is resized to the state's geometry and painted anew. */
void frame_paint(const struct app *a, struct canvas *g);

/* The parts. */
void paint_tabs(const struct app *a, struct canvas *g);
void paint_bar(const struct app *a, struct canvas *g);
void paint_headlines(const struct app *a, struct canvas *g);
void paint_article(const struct app *a, struct canvas *g);
void paint_related(const struct app *a, struct canvas *g);
/* The same list from row y on, under an article's text; y may lie above the pane. */
void paint_related_under(const struct app *a, struct canvas *g, struct rect pane, int y);
void paint_overlay(const struct app *a, struct canvas *g);
/* What stands at a place of the screen, as it is painted; −1: nothing. */
ptrdiff_t tab_at(const struct app *a, const struct canvas *g, int column);
ptrdiff_t headline_at(const struct app *a, int row); /* index in the snapshot */
ptrdiff_t related_at(const struct app *a, int row);  /* index in the items */

/* "12/214": the place in the list of the current tab; nothing when it is empty. */
void position_words(const struct app *a, struct buf *out);
/* The first key of a command in a place, as shown to a person. */
void key_words(const struct app *a, enum command_id id, unsigned place, struct buf *out);
/* The card of the first start, in place of an article. */
void paint_card(const struct app *a, struct canvas *g);

enum sign {
	SIGN_SELECTION,
	SIGN_SELECTION_OTHER,
	SIGN_UNREAD,
	SIGN_LATER,
	SIGN_READ,
	SIGN_STAR,
	SIGN_LINE,
	SIGN_TEE,
	SIGN_RULE,
	SIGN_CUT,
	SIGN_LEFT,
	SIGN_RIGHT,
	SIGN_SEEN,
	SIGN_REFRESH,
	SIGN_UP,
	SIGN_DOT,
	SIGN_MARKED,
	SIGN_COUNT
};
struct str sign(const struct canvas *g, enum sign s);
/* Puts text so that it ends before column `right`; the column where it begins. */
int paint_right(struct canvas *g, struct rect clip, int right, int y, struct str s, unsigned style);
/* Puts text cut to `columns` with the sign of a cut; the column after it. */
int paint_fit(struct canvas *g, struct rect clip, int x, int y, struct str s, int columns, unsigned style);
/* Wraps text into the rectangle from row y on, at most max rows (0: all); rows used. */
int paint_wrapped(struct canvas *g, struct rect r, int y, struct str s, int max, unsigned style);

/* A headline as set for a pane, whose first line is row y (which may lie above the pane). */
struct headline_row {
	const struct headline *h;
	struct str plus, source, age;
	enum sign mark;
	bool selected, focused, unread;
	bool later_new;     /* the age is told as news */
	bool marked;        /* by v: the next command acts on it */
	struct str snippet; /* what a search found, hits between U+0001 and U+0002; absent: none */
	struct str title;   /* of which h's lines are slices, and what a search found in it */
	const struct title_hit *hits;
	size_t n_hits;
	/* Words of the title that this one has not are lit; absent: the title is one piece. */
	struct str compared;
};
void paint_headline(struct canvas *g, struct rect pane, int y, const struct headline_row *row);
/* A title with the words lit that `first` has not; absent: all in one style. The column after it. */
int paint_compared(
    struct canvas *g, struct rect clip, int x, int y, struct str title, struct str first, unsigned style);
/* One line of what a search found: from a little before the first hit on, hits lit. */
void paint_snippet(struct canvas *g, struct rect clip, int x, int y, struct str snippet);
/* Columns 1 to 3 of a row of the lists: selection on each of n lines, mark on the first. */
void paint_gutter(struct canvas *g, struct rect pane, int y, int n_lines, const struct headline_row *row);

#endif
