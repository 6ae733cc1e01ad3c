/* SPDX-License-Identifier: MIT */
/* The story that a command acts on: that of the focused pane. Main thread. */
#ifndef CO_APP_TARGET_H
#define CO_APP_TARGET_H

#include "app/app.h"

struct target {
	struct story_id id;
	struct source_id source;
	struct event_id event;
	struct str title, url; /* url absent: not known yet (a row that is not previewed) */
	uint32_t flags;
};
/* Borrows from the pane. */
bool target_of(const struct app *a, struct target *t, struct err *err);
/* The same, with an address that can be opened. */
bool target_with_url(const struct app *a, struct target *t, struct err *err);

/* Says that no story is selected; false. */
bool target_none(struct err *err);

#endif
