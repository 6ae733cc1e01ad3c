/* SPDX-License-Identifier: MIT */
/* The article pane follows the selection: at once for a single step, else when keys have rested. Main thread.
 */
#ifndef CO_APP_PREVIEW_H
#define CO_APP_PREVIEW_H

#include "app/app.h"

bool preview_init(struct app *a);
void preview_release(struct app *a);
/* The selection of the headlines may have changed. */
void preview_selected(struct app *a);

#endif
