/* SPDX-License-Identifier: MIT */
/* The whole program without a terminal: a script of keys and sizes in, canvases out. One command a line, #
 * begins a comment:
 *
 *     demo | config FILE | data DIR       before the first other command
 *     clock 1969-07-21T12:00:00Z          the wall clock stands there
 *     size 100 30
 *     key ctrl-n | keys jjj | type words of a prompt | paste words | run next-unread
 *     click 3 5 | drag 4 5 | wheel 3 5 down   columns and rows, 0-based
 *     rest 500                            as if no key had come for so many ms; by nothing else does time
 * pass between keys wait idle                           until nothing is under way end the program ends; what
 * follows starts it anew screen [NAME] | styles [NAME]       prints the canvas, or one letter a cell
 * (conf/theme.def), under a line with the name expect words                        fails unless they stand on
 * the screen
 *
 * The last three fail while an errand is under way: whether it is done by then is chance.
 *
 * Thread: main. */
#ifndef CO_UI_SCRIPT_H
#define CO_UI_SCRIPT_H

#include "base/err.h"
#include "base/str.h"
#include <stdio.h>

/* False at the first command that fails, with its line. */
bool script_run(struct str text, const char *name, FILE *out, struct err *err);

#endif
