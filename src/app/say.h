/* SPDX-License-Identifier: MIT */
/* What the bottom row tells: it stays until the next key. Main thread. */
#ifndef CO_APP_SAY_H
#define CO_APP_SAY_H

#include "app/app.h"

void say(struct app *a, const char *fmt, ...) PRINTF(2, 3);
void say_error(struct app *a, const char *fmt, ...) PRINTF(2, 3);
/* An error, once on the screen and once in the log. */
void say_err(struct app *a, const struct err *err);
void say_nothing(struct app *a);

#endif
