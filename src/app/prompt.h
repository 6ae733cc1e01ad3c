/* SPDX-License-Identifier: MIT */
/* The line at the bottom where words are typed: editing, and what each kind does while typing, on Enter and
 * on Esc. Main thread. */
#ifndef CO_APP_PROMPT_H
#define CO_APP_PROMPT_H

#include "app/app.h"

/* Opens a prompt, with `text` in it. What was open is ended as by Esc. */
void prompt_open(struct app *a, enum prompt_kind kind, struct str text);
void prompt_close(struct app *a);
void prompt_key(struct app *a, struct key k);
/* Pasted text: line breaks become spaces; nothing is run. */
void prompt_paste(struct app *a, struct str text);
/* The word before the text: "/", ":", "link ". Translated, borrowed. */
const char *prompt_label(const struct prompt *p);

#endif
