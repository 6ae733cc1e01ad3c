/* SPDX-License-Identifier: MIT */
/* What changed in the article shown since it was stored: its two newest texts compared, in the article pane.
 * Main thread. */
#ifndef CO_APP_CHANGES_H
#define CO_APP_CHANGES_H

#include "app/app.h"

/* The text takes its place again, where it was left. False: no changes were shown. */
bool changes_end(struct app *a);

#endif
