/* SPDX-License-Identifier: MIT */
/* The headlines' `/`: a temporary tab whose query follows the typing; Enter keeps it, Esc goes back to the
 * tab it was opened from, whose selection and scroll stayed as they were. Main thread. */
#ifndef CO_APP_NARROW_H
#define CO_APP_NARROW_H

#include "app/app.h"

void narrow_open(struct app *a);
void narrow_changed(struct app *a, struct str text);
void narrow_keep(struct app *a, struct str text);
void narrow_cancel(struct app *a);
/* This list, or everything stored. */
void narrow_scope(struct app *a);

#endif
