/* SPDX-License-Identifier: MIT */
/* How a row of the headlines is told: +N, age, and the lines that it takes in the pane as it is now. */
#include "app/fold.h"

#include "base/i18n.h"
#include "conf/conf.h"
#include "text/date.h"

#include <stdio.h>

#define SNIPPET_FROM 36 /* columns of the pane: a search shows what it found */
#define INDENT       2  /* of the stories of an unfolded event, below the first */

static enum density density_of(const struct app *a)
{
	if (conf_is(a->conf, SET_LAYOUT_DENSITY, "compact"))
		return DENSITY_COMPACT;
	return conf_is(a->conf, SET_LAYOUT_DENSITY, "comfortable") ? DENSITY_COMFORTABLE : DENSITY_AUTO;
}

static bool is_first_report(const struct headlines *h, const struct story_row *row)
{
	return h->coverage && h->snap && h->snap->at_start && h->snap->n_rows && row == h->snap->rows;
}

/* Other outlets; when all is from one, its other stories. */
static unsigned others_of(const struct story_row *row)
{
	return (unsigned)(row->event_outlets > 1 ? row->event_outlets : row->event_size) - 1;
}

static void plus_of(const struct headlines *h, const struct story_row *row, struct headline_words *w)
{
	int n = 0;
	if (is_first_report(h, row))
		/* TRANSLATORS: who reported an event first, at most 3 columns */
		n = snprintf(w->plus, sizeof w->plus, "%s", _("1st"));
	else if (row->event_size > 1)
		n = snprintf(w->plus, sizeof w->plus, "+%u", others_of(row));
	w->plus_len = n < 0 ? 0 : (size_t)n < sizeof w->plus ? (size_t)n : sizeof w->plus - 1;
}

static void age_of(
    const struct app *a, const struct headlines *h, const struct story_row *row, struct headline_words *w)
{
	SCOPED(buf) struct buf age = BUF_MAX(32);
	/* A folded row stands at the place of its newest report, and tells that one's age. */
	date_age(&age, fold_is_folded(h, row) ? row->event_newest : row->published, a->now);
	w->age_len = age.len < sizeof w->age ? age.len : sizeof w->age;
	for (size_t i = 0; i < w->age_len; i++)
		w->age[i] = age.data[i];
}

/* A line of its own below all others. */
static void add_snippet(struct headline *out)
{
	if (out->meta_line >= out->n_lines)
		out->meta_line = SIZE_MAX;
	out->snippet_line = out->n_lines++;
}

void app_headline(
    const struct app *a, const struct story_row *row, struct headline *out, struct headline_words *w)
{
	const struct headlines *h = &app_tab_const(a)->list;
	int columns = a->geo.headlines.w, indent = fold_is_under(row) && columns > 3 * INDENT ? INDENT : 0;
	plus_of(h, row, w);
	age_of(a, h, row, w);
	struct str plus = str_n(w->plus, w->plus_len), age = str_n(w->age, w->age_len);
	struct str source = app_source_name(a, row->source);
	headline_make(out, row->title, plus, source, age, columns - indent, density_of(a));
	/* Among the reports of one event each is told by its paper, if it takes a line more. */
	if (!out->meta_source && (h->coverage || fold_is_under(row)))
		headline_make(out, row->title, plus, source, age, columns - indent, DENSITY_COMFORTABLE);
	out->indent = indent;
	if (row->snippet.len && columns >= SNIPPET_FROM)
		add_snippet(out);
}
