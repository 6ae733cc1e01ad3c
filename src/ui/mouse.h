/* SPDX-License-Identifier: MIT */
/* What the mouse does: a click selects, a click on the selected row opens, the wheel scrolls what is under it
 * and never selects or marks, dragging the line beside the headlines moves it. Thread: main. */
#ifndef CO_UI_MOUSE_H
#define CO_UI_MOUSE_H

#include "app/app.h"
#include "ui/cell.h"

struct mouse {
	bool dragging; /* the separator is held */
	int from;      /* column where it stood last */
};

/* g is the canvas as it was shown. */
void mouse_act(struct mouse *m, struct app *a, const struct canvas *g, struct key k);

#endif
