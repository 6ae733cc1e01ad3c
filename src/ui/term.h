/* SPDX-License-Identifier: MIT */
/* The terminal: modes, colours, and the canvas brought to it with as few bytes as curses can. The only home
 * of curses. Everything that is set is undone in reverse on every way out, a crash too. Thread: main; one at
 * a time. */
#ifndef CO_UI_TERM_H
#define CO_UI_TERM_H

#include "base/attr.h"
#include "base/err.h"
#include "ui/cell.h"
#include "ui/theme.h"

struct term;

/* False with the reason where there is no terminal that can hold a screen. */
bool term_possible(struct err *err);
/* Takes standard input and output. Returns yours. */
struct term *term_new(struct err *err);
/* Gives the terminal back. NULL is fine. */
void term_free(struct term *t);
DEFINE_FREEP(term)
/* The terminal's present size, at least 1×1, at most 1000 × 1000. */
void term_size(const struct term *t, int *w, int *h);
/* Colours that it has: 0, 8, 16, 256, more for direct colour; 0 with NO_COLOR. */
int term_colours(const struct term *t);
/* Bytes of a key or of another ability by its terminfo name; NULL: it has none. */
const char *term_cap(const char *name);
/* Brings the canvas to the screen. all: whatever the terminal is thought to show. False: the terminal is
 * gone. */
bool term_show(struct term *t, const struct canvas *c, const struct theme *theme, bool all);
/* For another program, or a suspended one: the screen as it was before; and back, to be painted anew. */
void term_leave(struct term *t);
void term_enter(struct term *t);
/* After a stop that nobody announced (SIGSTOP): whoever had the terminal meanwhile has left it in their own
 * modes. */
void term_again(struct term *t);
/* Mouse reports in the form 1006; off at first. */
void term_mouse(struct term *t, bool on);
/* Bytes as they are, after all that was shown; the caller has cleaned them. False: the terminal is gone. */
bool term_send(struct term *t, struct str bytes);
/* True when the terminal names itself as one that has titles by OSC 2. */
bool term_has_title(const struct term *t);

#endif
