/* SPDX-License-Identifier: MIT */
/* Folded rows. */
#include "app/fold.h"

bool fold_is_under(const struct story_row *row)
{
	return row->event_size == 0;
}

bool fold_is_folded(const struct headlines *h, const struct story_row *row)
{
	return row->event_size > 1 && !imap_get(&h->unfolded, (uint64_t)row->event.v, NULL);
}

enum row_state fold_state(const struct headlines *h, const struct story_row *row)
{
	bool read = row->flags & STORY_READ;
	if (!fold_is_folded(h, row))
		return read ? ROW_READ : ROW_UNREAD;
	if (!row->event_unread)
		return ROW_READ;
	/* what the reader set unread is unread, whatever its fellows are */
	bool set_unread = !read && row->flags & STORY_KEPT_UNREAD;
	return set_unread || row->event_unread >= row->event_size ? ROW_UNREAD : ROW_LATER;
}

bool fold_has_unread(const struct headlines *h, const struct story_row *row)
{
	return fold_state(h, row) != ROW_READ;
}

bool fold_acts(const struct app *a, struct story_id id)
{
	const struct headlines *h = &app_tab_const(a)->list;
	ptrdiff_t at = h->snap ? snapshot_find(h->snap, id, (struct event_id){0}) : -1;
	if (at >= 0)
		return fold_is_folded(h, &h->snap->rows[at]);
	return !h->flat && a->focus != PLACE_RELATED && !a->trail_at;
}
