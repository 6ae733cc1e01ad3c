/* SPDX-License-Identifier: MIT */
/* The page of acts that can be undone. Main thread. */
#ifndef CO_APP_JOURNAL_H
#define CO_APP_JOURNAL_H

#include "app/app.h"

void journal_open(struct app *a);

#endif
