/* SPDX-License-Identifier: MIT */
/* One line for a source. */
#include "app/source_words.h"

#include "app/interval.h"
#include "base/i18n.h"
#include "text/date.h"
#include "text/size.h"
#include "text/width.h"

#define DAY_S        86400
#define RATE_COLUMNS 10
#define SIZE_COLUMNS 6

static void add_rate(struct buf *out, int64_t rhythm_s)
{
	SCOPED(buf) struct buf rate = BUF_MAX(64);
	double a_day = rhythm_s > 0 ? (double)DAY_S / (double)rhythm_s : 0;
	if (a_day >= 1)
		/* TRANSLATORS: stories that a source publishes in a day, in a week. At most 10 columns */
		buf_printf(&rate, _("%.0f a day"), a_day);
	else if (a_day > 0)
		buf_printf(&rate, _("%.1f a week"), a_day * 7);
	buf_adds(out, "  ");
	width_fit(out, buf_str(&rate), RATE_COLUMNS, CUT_PLAIN, true, false);
}

static void add_size(struct buf *out, int64_t bytes)
{
	SCOPED(buf) struct buf size = BUF_MAX(64);
	if (bytes)
		size_add(&size, (uint64_t)bytes);
	buf_adds(out, " ");
	for (size_t i = width_of(buf_str(&size)); i < SIZE_COLUMNS; i++)
		buf_addc(out, ' ');
	buf_addstr(out, buf_str(&size));
}

/* A time that is left, to the minute where it is short. */
static void add_left(struct buf *out, const char *word, int64_t until, int64_t now)
{
	int64_t minutes = (until - now + 59) / 60;
	buf_printf(out, "  %s ", word);
	if (minutes < 60)
		buf_printf(out, _("%lldm"), (long long)minutes);
	else
		date_age(out, now - (until - now), now);
}

static void add_times(struct buf *out, const struct source_state *s, int64_t now)
{
	if (s->last_at != TIME_NONE) {
		/* TRANSLATORS: before an age (now, 3h): the last answer of a source */
		buf_printf(out, "  %s ", _("last"));
		date_age(out, s->last_at, now);
	}
	if (s->hold_until > now)
		/* TRANSLATORS: these two stand before the time that is left */
		add_left(out, _("asked to wait"), s->hold_until, now);
	else if (s->next_due >= INTERVAL_NEVER)
		buf_printf(out, "  %s", _("stopped until it is asked by hand"));
	else if (s->next_due > now)
		add_left(out, _("next"), s->next_due, now);
}

void source_words(struct buf *out, const struct source_state *s, size_t columns, int64_t now, bool ascii)
{
	width_fit(out, s->name, columns, CUT_ELLIPSIS, true, ascii);
	if (s->code)
		buf_printf(out, " %3d", (int)s->code);
	else
		buf_adds(out, "   -");
	if (s->error.len) {
		buf_printf(out, "  %.*s", STR_ARG(s->error));
		buf_printf(out, P_("  %lld story", "  %lld stories", s->stories), (long long)s->stories);
	} else {
		buf_printf(out, P_("  %4lld story  ", "  %4lld stories", s->stories), (long long)s->stories);
		add_rate(out, s->pace.rhythm_s);
		add_size(out, s->bytes);
	}
	add_times(out, s, now);
	if (s->remark.len)
		/* TRANSLATORS: before words that a program of the reader wrote to its standard error */
		buf_printf(out, _("  says: %.*s"), STR_ARG(s->remark));
	if (!s->moved_to.len)
		return;
	if (s->moved >= SOURCE_MOVED_TIMES)
		/* TRANSLATORS: the address of a source, its name; :stay is a command */
		buf_printf(out, _("  moved to %.*s: change it in the configuration, or :stay %.*s"),
		    STR_ARG(s->moved_to), STR_ARG(s->name));
	else if (s->moved == SOURCE_STAYS)
		buf_printf(out, _("  stays, though it says that it moved to %.*s"), STR_ARG(s->moved_to));
}
