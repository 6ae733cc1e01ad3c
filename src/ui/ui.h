/* SPDX-License-Identifier: MIT */
/* The screen as a whole: takes the terminal, turns its bytes into keys for the app, paints the app's state
 * into it, and gives the terminal back on every way out. What main.c does:
 *
 *     ui = ui_new(loop, &err);
 *     ui_attach(ui, app);
 *     while (!app->quit && loop_turn(loop, -1, &err))
 *             ui_turn(ui);
 *     ui_free(ui);
 *
 * Thread: main. */
#ifndef CO_UI_UI_H
#define CO_UI_UI_H

#include "app/app.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/loop.h"

struct ui;

/* False with the reason when standard input or output is no terminal, or $TERM one that cannot hold a screen.
 */
bool ui_possible(struct err *err);
/* Takes the terminal: alternate screen, raw keys, hidden cursor; watches it in the loop; takes SIGWINCH,
 * SIGTSTP, SIGINT, SIGTERM and SIGHUP (the last three set app->quit). Returns yours; at most one at a time.
 */
struct ui *ui_new(struct loop *l, struct err *err);
/* From now on keys go to this app (borrowed), which is told the size. The theme is that of its configuration,
 * a new one after a reload too. */
void ui_attach(struct ui *ui, struct app *a);
/* The end of a loop's turn: app_turn, what the app asks of the terminal (copy, suspend, a browser in the
 * foreground), then paints if something changed; at most 20 times a second, the rest a timer brings. */
void ui_turn(struct ui *ui);
/* Gives the terminal back. NULL is fine. */
void ui_free(struct ui *ui);
DEFINE_FREEP(ui)
/* True where letters beyond ASCII can be shown (the locale is UTF-8): what app->ascii is made of. */
bool ui_utf8(void);

#endif
