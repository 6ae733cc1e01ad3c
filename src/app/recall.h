/* SPDX-License-Identifier: MIT */
/* What was typed at the prompts before: Up and Down bring it back, of the same kind of prompt. In memory, for
 * this run. Leaves the editing to app/prompt.c. Main thread. */
#ifndef CO_APP_RECALL_H
#define CO_APP_RECALL_H

#include "app/app.h"

/* Keeps a line; what was typed last of its kind stands there once. */
void recall_add(struct app *a, enum prompt_kind kind, struct str text);
/* The line before (-1) or after (1) the one that the prompt shows, into out; past the newest: what was being
 * typed. False: there is none that way, out is as it was. */
bool recall_step(struct app *a, int direction, struct buf *out);
/* The prompt is a fresh one: stepping begins at the newest. */
void recall_reset(struct app *a);
void recall_release(struct app *a);

#endif
