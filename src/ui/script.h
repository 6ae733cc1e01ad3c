/* SPDX-License-Identifier: MIT */
/* The whole program without a terminal: a script of keys and sizes in, canvases out. One command a line; a
 * comment begins with #:
 *
 *     demo | config FILE | data DIR       before the first other command
 *     clock 1969-07-21T12:00:00Z          the wall clock stands there
 *     size 100 30
 *     key ctrl-n | keys jjj | type words of a prompt | paste words | run next-unread
 *     click 3 5 | drag 4 5 | wheel 3 5 down   columns and rows, 0-based
 *     rest 500                            so many ms pass; else none do between two keys
 *     copy FROM TO                        a file becomes another, as when a server has news
 *     wait idle                           until nothing is under way
 *     wait errands                        the same, but for what the network is asked
 *     end                                 the program ends; what follows starts it anew
 *     screen [NAME]                       prints the canvas under a line with the name
 *     styles [NAME]                       the same with one letter a cell (conf/theme.def)
 *     expect words                        fails unless they stand on the screen
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
