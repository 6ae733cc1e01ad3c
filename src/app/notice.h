/* SPDX-License-Identifier: MIT */
/* Telling of new stories while nobody looks: by a program, or by what the terminal has (ui sends it). Main
 * thread. */
#ifndef CO_APP_NOTICE_H
#define CO_APP_NOTICE_H

#include "app/app.h"

/* A refresh has brought so many. Says nothing while keys are pressed, and unless `notify` asks for it. */
void notice_news(struct app *a, size_t stories);

#endif
