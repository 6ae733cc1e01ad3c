/* SPDX-License-Identifier: MIT */
/* What a screen remembers from one start to the next, by terminal pane. Main thread. */
#ifndef CO_APP_SESSION_H
#define CO_APP_SESSION_H

#include "app/app.h"

/* The key: --session NAME, else the tmux pane, else "". Returns yours. */
char *session_key(const char *name);
/* Loads tab, selection, zoom and widths in the background, then asks for the headlines, then calls `then`. */
void session_restore(struct app *a, void (*then)(struct app *a));
void session_save(struct app *a);

#endif
