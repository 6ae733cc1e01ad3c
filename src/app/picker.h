/* SPDX-License-Identifier: MIT */
/* Picking a source by fuzzy match: a prompt over a list that follows the typing; Enter opens the source in a
 * tab. Main thread. */
#ifndef CO_APP_PICKER_H
#define CO_APP_PICKER_H

#include "app/app.h"

void picker_open(struct app *a);
void picker_changed(struct app *a, struct str text);
void picker_enter(struct app *a, struct str text);
void picker_escape(struct app *a);

#endif
