/* SPDX-License-Identifier: MIT */
/* Events as stories come in: a new story joins the event that it reports, or stays one of its own; one that
 * stands between two may make them one. Ids of events are stable. Thread: that of the db, in a transaction.
 */
#ifndef CO_RELATED_EVENT_H
#define CO_RELATED_EVENT_H

#include "related/view.h"

bool event_place(struct db *db, const struct index_view *view, int64_t story, struct err *err);

#endif
