/* SPDX-License-Identifier: MIT */
/* Expiry in the background: stories that left their feed long ago go, by `store.keep` and its kin. Main
 * thread. */
#ifndef CO_APP_EXPIRE_H
#define CO_APP_EXPIRE_H

#include "app/app.h"

/* Starts a pass, in small steps behind all else; a pass that was done today already ends at once. */
void expire_start(struct app *a);

#endif
