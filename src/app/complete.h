/* SPDX-License-Identifier: MIT */
/* Completion of the command line: names of commands, and the words that some of them take. Main thread. */
#ifndef CO_APP_COMPLETE_H
#define CO_APP_COMPLETE_H

#include "app/app.h"

/* Completes the command line as far as what is possible agrees; tells the possible ones, apart by blanks, in
 * *choices (yours) when there are several. False: nothing begins so. */
bool complete_line(const struct app *a, struct buf *line, char **choices);

#endif
