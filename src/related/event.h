/* SPDX-License-Identifier: MIT */
/* Events as stories come in: a new story joins the event that it reports, or stays one of its own; one that
 * stands between two may make them one. Ids of events are stable. Thread: that of the db, in a transaction.
 */
#ifndef CO_RELATED_EVENT_H
#define CO_RELATED_EVENT_H

#include "related/find.h"

#define EVENT_DAYS 5 /* between a story and its event */

/* Places one story by what was found near it; words: how many it has to go by. One that is gone, or that is
 * near nothing, costs nothing. */
bool event_place(
    struct db *db, int64_t story, size_t words, const struct search_hit *hits, size_t n, struct err *err);

#endif
