/* SPDX-License-Identifier: MIT */
/* The state of a screen without the program behind it: the words of the drawings, and stand-ins for what the
 * app itself would answer the painters. */
#ifndef CO_TESTS_UI_STAND_IN_H
#define CO_TESTS_UI_STAND_IN_H

#include "app/app.h"

#define STAND_IN_NOW ((int64_t)-14200000)

/* A screen as the drawings show it: tabs, headlines, the article with its related stories. */
struct app *stand_in_new(int width, int height, enum pane_place focus);
/* After a change of what the geometry is made of. */
void stand_in_layout(struct app *a);
void stand_in_free(struct app *a);

#endif
