/* SPDX-License-Identifier: MIT */
/* Copying to the reader's own clipboard, on whatever machine their terminal is, and the title of the pane.
 * What goes out is base64 or cleaned. Thread: main. */
#ifndef CO_UI_CLIP_H
#define CO_UI_CLIP_H

#include "base/buf.h"
#include "base/err.h"

#define CLIP_MAX ((size_t)74 << 10) /* bytes of text; terminals take no more in one sequence */

/* How text got to the clipboard. */
enum clip_way { CLIP_NONE, CLIP_TERMINAL, CLIP_TMUX, CLIP_BOTH };

/* The sequence of OSC 52 for text; ms is terminfo's Ms, or NULL for the usual form. False: longer than
 * CLIP_MAX. */
bool clip_sequence(struct buf *out, const char *ms, struct str text);
/* tmux load-buffer -w -, when $TMUX says that there is one. */
bool clip_tmux(struct str text, struct err *err);
/* OSC 2 with the words cleaned and cut; the form that saves the old title before, or restores it. */
void clip_title(struct buf *out, struct str words);
#define CLIP_TITLE_SAVE    "\033[22;2t"
#define CLIP_TITLE_RESTORE "\033[23;2t"

/* Appends what makes the terminal tell of something: a bell, or its own notice (OSC 9) with the words. */
void clip_notice(struct buf *out, struct str words, bool bell);

#endif
