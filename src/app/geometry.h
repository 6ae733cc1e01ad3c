/* SPDX-License-Identifier: MIT */
/* Where the panes stand for a terminal size (the three widths of the screen), and how many lines a row of a
 * list takes. Pure: app scrolls by it, ui paints by it. All numbers are cells; x and y from the top left,
 * 0-based. */
#ifndef CO_APP_GEOMETRY_H
#define CO_APP_GEOMETRY_H

#include "app/place.h"
#include "base/str.h"
#include "model/story.h"

struct rect {
	int x, y, w, h; /* w or h 0: not shown */
};

enum width_class { WIDTH_NARROW, WIDTH_MEDIUM, WIDTH_WIDE, WIDTH_CLASSES };

struct geometry_want {
	int width, height;                  /* of the terminal, at least 1×1 */
	enum pane_place focus;              /* which pane is shown when there is one at a time */
	bool single[WIDTH_CLASSES];         /* z: one pane at a time in that class */
	int headlines_delta[WIDTH_CLASSES]; /* { and }: columns more or less than the rule says */
	int headlines_cells;                /* layout.headlines; 0: by the rule */
	int related_cells;                  /* layout.related; 0: by the rule, negative: off */
	bool related_open;                  /* focus is in related, where it is one row otherwise */
	size_t related_rows;                /* lines that the related list would like, for its open height */
};

struct geometry {
	int width, height;
	enum width_class class;
	bool single;           /* one pane at a time */
	bool related_is_row;   /* related is one row under the article */
	struct rect tabs, bar; /* top and bottom row; h 0 when too low */
	struct rect headlines, article, related;
	struct rect related_row; /* the row "├─ Related: … ──", from its separator column on */
	int separator1,
	    separator2;   /* column of │ between headlines and article, article and related; -1: none */
	struct rect text; /* inside article: the measure, margins off */
};

enum density { DENSITY_AUTO, DENSITY_COMFORTABLE, DENSITY_COMPACT };

/* One row of the headlines or of the related list, set for a width. */
#define HEADLINE_LINES 4
struct headline {
	size_t n_lines; /* lines of the screen that the row takes */
	size_t title_lines;
	struct str title[HEADLINE_LINES]; /* slices of the title; the last may be cut: then `cut` */
	bool cut;                         /* … stands at the end of the last title slice */
	size_t meta_line;      /* line that holds "+N source age", right-aligned; n_lines: none does */
	bool meta_source;      /* the source's name is in it */
	size_t source_columns; /* room for that name: longer ones are cut */
	bool one_line;         /* the wide form: title, +N, source and age in columns of their own */
	size_t title_columns;  /* width that the title was set to */
	int indent;            /* columns more before the title: a story of an unfolded event */
	size_t snippet_line;   /* line of what a search found; 0: none */
};

#define HEADLINE_GUTTER         3 /* columns before the title: selection, mark, blank */
#define HEADLINE_PLUS_COLUMNS   3 /* of the one-line form */
#define HEADLINE_SOURCE_COLUMNS 12
#define HEADLINE_AGE_COLUMNS    4

void geometry_make(struct geometry *g, const struct geometry_want *want, int measure);
/* Sets one row: pane_columns is the pane's whole width; the strings of +N ("+3" or ""), source and age as
 * shown. */
void headline_make(struct headline *h, struct str title, struct str plus, struct str source, struct str age,
    int pane_columns, enum density density);

#endif
