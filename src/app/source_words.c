/* SPDX-License-Identifier: MIT */
/* One line for a source. */
#include "app/source_words.h"

#include "app/interval.h"
#include "base/i18n.h"
#include "text/date.h"
#include "text/size.h"
#include "text/width.h"

#define DAY_S 86400

static void add_rate(struct buf *out, int64_t rhythm_s)
{
	if (rhythm_s <= 0)
		return;
	double a_day = (double)DAY_S / (double)rhythm_s;
	if (a_day >= 1)
		/* TRANSLATORS: stories that a source publishes in a day, in a week */
		buf_printf(out, _(" (%.0f a day)"), a_day);
	else
		buf_printf(out, _(" (%.1f a week)"), a_day * 7);
}

static void add_age(struct buf *out, const char *word, int64_t at, int64_t now)
{
	buf_printf(out, "  %s ", word);
	date_age(out, at > now ? now - (at - now) : at, now);
}

static void add_times(struct buf *out, const struct source_state *s, int64_t now)
{
	if (s->last_at != TIME_NONE)
		/* TRANSLATORS: before an age: the last answer of a source, the time until it is asked again
		 */
		add_age(out, _("last"), s->last_at, now);
	if (s->hold_until > now)
		add_age(out, _("asked to wait"), s->hold_until, now);
	else if (s->next_due >= INTERVAL_NEVER)
		buf_printf(out, "  %s", _("stopped until it is asked by hand"));
	else if (s->next_due > now)
		add_age(out, _("next in"), s->next_due, now);
}

void source_words(struct buf *out, const struct source_state *s, size_t columns, int64_t now, bool ascii)
{
	width_fit(out, s->name, columns, CUT_ELLIPSIS, true, ascii);
	if (s->code)
		buf_printf(out, " %3d", (int)s->code);
	else
		buf_adds(out, "   -");
	buf_printf(out, P_("  %lld story", "  %lld stories", s->stories), (long long)s->stories);
	add_rate(out, s->pace.rhythm_s);
	if (s->bytes) {
		buf_adds(out, "  ");
		size_add(out, (uint64_t)s->bytes);
	}
	add_times(out, s, now);
	if (s->moved >= SOURCE_MOVED_TIMES && s->moved_to.len)
		/* TRANSLATORS: the address of a source */
		buf_printf(out, _("  moved to %.*s: change it in the configuration"), STR_ARG(s->moved_to));
	if (s->error.len)
		buf_printf(out, "  %.*s", STR_ARG(s->error));
}
