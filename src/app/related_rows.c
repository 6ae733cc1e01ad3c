/* SPDX-License-Identifier: MIT */
/* Lines of the related list. */
#include "app/related_rows.h"

#include "text/date.h"

void related_row_make(
    const struct app *a, const struct related_item *it, int pane_columns, struct headline *h, struct buf *age)
{
	buf_reset(age);
	if (it->published != TIME_NONE)
		date_age(age, it->published, a->now);
	headline_make(h, it->title, STR(""), it->source, buf_str(age), pane_columns, DENSITY_AUTO);
}

size_t related_rows_lines(const struct app *a, int pane_columns)
{
	const struct related_pane *r = &a->related;
	SCOPED(buf) struct buf age = BUF_MAX(64);
	size_t lines = 0;
	for (size_t k = 0; k < RELATED_KINDS; k++)
		if (r->counts[k])
			lines += lines ? 2 : 1;
	for (size_t i = 0; i < r->n_items; i++) {
		struct headline h;
		related_row_make(a, &r->items[i], pane_columns, &h, &age);
		lines += h.n_lines + (r->items[i].also_in.len ? 1 : 0);
	}
	return lines;
}

bool related_under_article(const struct app *a)
{
	return a->geo.single && a->related.n_items && a->related.whom.v == a->view.id.v;
}
