/* SPDX-License-Identifier: MIT */
/* From one canvas to the next in few bytes: what changed, where the cursor goes on the way, which attributes.
 * Knows what the terminal shows. Curses would do it in more: it walks downwards by addresses alone and clears
 * from the left. Pure: bytes go to a buffer; the terminal's abilities are handed in by term.c. Thread: one
 * owner. */
#ifndef CO_UI_DRAW_H
#define CO_UI_DRAW_H

#include "ui/cell.h"
#include "ui/theme.h"

/* The terminal's abilities by their terminfo names; NULL: it has none. clear, cup are needed. */
struct draw_caps {
	const char *(*param)(const char *form, int a, int b); /* tiparm; valid until the next call */
	const char *cup, *cuf, *cub1, *cud1, *clear, *el, *csr, *ri;
	const char *sgr0, *bold, *dim, *sitm, *smul, *rev, *setaf, *setab;
	bool am, xenl; /* writing the last column wraps; the wrap waits for the next character */
};

struct draw {
	struct draw_caps caps;
	struct canvas shown;
	int x, y; /* the cursor; −1: not known */
	struct look look;
	bool blank; /* nothing is known of the screen: it is cleared first */
};

void draw_init(struct draw *d, const struct draw_caps *caps);
void draw_release(struct draw *d);
/* The next frame is drawn from an empty screen. */
void draw_forget(struct draw *d);
/* Appends the bytes that bring c to the screen. */
void draw_frame(struct draw *d, const struct canvas *c, const struct theme *theme, struct buf *out);

#endif
