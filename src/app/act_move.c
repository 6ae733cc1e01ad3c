/* SPDX-License-Identifier: MIT */
/* Commands of moving, by the focused pane. */
#include "app/find.h"
#include "app/headlines.h"
#include "app/overlay.h"
#include "app/related_pane.h"
#include "app/view.h"
#include "app/walk.h"

/* A line or row; false: at the end already. */
static void by_line(struct app *a, int direction)
{
	if (a->overlay.kind)
		overlay_move(a, direction);
	else if (a->focus == PLACE_HEADLINES)
		headlines_move(a, direction);
	else if (a->focus == PLACE_ARTICLE)
		view_scroll(a, direction);
	else
		related_pane_move(a, direction);
}

static void by_page(struct app *a, int direction, bool half)
{
	if (a->overlay.kind)
		overlay_move(a, direction * (a->geo.height > 4 ? a->geo.height - 4 : 1) / (half ? 2 : 1));
	else if (a->focus == PLACE_HEADLINES)
		headlines_page(a, direction, half);
	else if (a->focus == PLACE_ARTICLE)
		view_page(a, direction, half);
	else
		related_pane_move(a, direction * (half ? 3 : 6));
}

static void to_end(struct app *a, int direction)
{
	if (a->overlay.kind)
		overlay_move(a, direction * (ptrdiff_t)a->overlay.lines.n);
	else if (a->focus == PLACE_HEADLINES)
		direction < 0 ? headlines_top(a) : headlines_bottom(a);
	else if (a->focus == PLACE_ARTICLE)
		view_set_top(a, direction < 0 ? 0 : view_max_top(a));
	else
		related_pane_move(a, direction * (ptrdiff_t)a->related.n_items);
}

#define MOVE(name, call)                                                                                     \
	bool cmd_##name(struct app *a, const struct args *args, struct err *err)                             \
	{                                                                                                    \
		(void)args, (void)err;                                                                       \
		call;                                                                                        \
		return true;                                                                                 \
	}

MOVE(line_down, by_line(a, 1))
MOVE(line_up, by_line(a, -1))
MOVE(half_down, by_page(a, 1, true))
MOVE(half_up, by_page(a, -1, true))
MOVE(page_down, by_page(a, 1, false))
MOVE(page_up, by_page(a, -1, false))
MOVE(top, to_end(a, -1))
MOVE(bottom, to_end(a, 1))
MOVE(next_unread, a->view.find ? find_step(a, 1) : walk_step(a, 1, true))
MOVE(prev_unread, walk_step(a, -1, true))
MOVE(next_story, walk_step(a, 1, false))
MOVE(prev_story, walk_step(a, -1, false))
MOVE(read_on, a->overlay.kind ? by_page(a, 1, false) : walk_read_on(a))
