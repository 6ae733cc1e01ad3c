/* SPDX-License-Identifier: MIT */
/* Taking back that a source which moved for good is asked where it moved to. Main thread. */
#ifndef CO_APP_STAY_H
#define CO_APP_STAY_H

#include "app/app.h"

/* A source that moved is asked at its own address again; one that is so already, where it moved to. Says
 * which, or that it has not moved, and refreshes it. */
void stay_toggle(struct app *a, struct source_id id);

#endif
