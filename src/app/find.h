/* SPDX-License-Identifier: MIT */
/* Finding words in the article shown: which places are lit, which of them is the reader's. Painting is
 * ui/pane_article.c's. Main thread. */
#ifndef CO_APP_FIND_H
#define CO_APP_FIND_H

#include "app/app.h"

/* Lights what matches (folded), also over the end of a line, and goes to the first match at or after the
 * view's top; "": nothing lit. */
void find_words(struct app *a, struct str words);
/* The next (1) or previous (-1) match, around the ends. */
void find_step(struct app *a, int direction);
/* Looks for the same words in a new layout. */
void find_relight(struct app *a);

#endif
