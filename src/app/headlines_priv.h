/* SPDX-License-Identifier: MIT */
/* What the headlines' files share. */
#ifndef CO_APP_HEADLINES_PRIV_H
#define CO_APP_HEADLINES_PRIV_H

#include "app/headlines.h"
#include "store/list_db.h"

/* The current tab's list. */
static inline struct headlines *headlines_list(struct app *a)
{
	return &app_tab(a)->list;
}
/* Asks for the rows around a place; the answer comes by the inbox. */
void headlines_ask(struct app *a, enum list_anchor anchor);

#endif
