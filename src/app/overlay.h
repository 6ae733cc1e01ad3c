/* SPDX-License-Identifier: MIT */
/* Pages that lie over the panes: help, the article's links, the state of the sources. Main thread. */
#ifndef CO_APP_OVERLAY_H
#define CO_APP_OVERLAY_H

#include "app/app.h"

/* Keys of the place in question, from the tables; only rows that hold the words (folded). */
void overlay_help(struct app *a, struct str words);
void overlay_links(struct app *a);
void overlay_sources(struct app *a);
/* An empty page of a kind, and a line more (takes text). */
void overlay_begin(struct app *a, enum overlay_kind kind, const char *title);
struct overlay_line *overlay_add(struct app *a, char *text);
void overlay_close(struct app *a);
void overlay_move(struct app *a, ptrdiff_t rows);
/* Enter on the selected line: follows a link. */
void overlay_enter(struct app *a);

#endif
