/* SPDX-License-Identifier: MIT */
/* When the selected story is shown in the article pane without being opened. */
#include "app/preview.h"

#include "app/headlines.h"
#include "app/show.h"
#include "base/clock.h"
#include "conf/conf.h"

#define REST_MS   250  /* keys have rested */
#define SINGLE_MS 1000 /* so long since the last key: a single step */

static bool wanted(const struct app *a)
{
	const struct story_row *row = headlines_row(a);
	if (!row || row->id.v == a->view.id.v || row->id.v == a->wanted.v)
		return false;
	if (!a->view.id.v && !a->wanted.v)
		return conf_bool(a->conf, SET_READING_PREVIEW);
	return a->focus == PLACE_HEADLINES && !a->trail_at && conf_bool(a->conf, SET_READING_PREVIEW);
}

static void rested(void *arg)
{
	struct app *a = arg;
	if (wanted(a))
		show_story(a, headlines_row(a)->id, SHOW_PREVIEW);
}

bool preview_init(struct app *a)
{
	a->preview_timer = loop_timer_new(a->loop, rested, a);
	return a->preview_timer != NULL;
}

void preview_release(struct app *a)
{
	loop_timer_free(a->preview_timer);
	a->preview_timer = NULL;
}

void preview_selected(struct app *a)
{
	if (!wanted(a)) {
		loop_timer_set(a->preview_timer, -1);
		return;
	}
	int64_t now = clock_mono_ms();
	if (a->key_gap_ms >= SINGLE_MS || !a->view.id.v)
		rested(a);
	else
		loop_timer_set(a->preview_timer, now + REST_MS);
}
