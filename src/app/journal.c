/* SPDX-License-Identifier: MIT */
/* What was done, newest first: the journal as a page, this instance's acts and those of others. */
#include "app/journal.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/overlay.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/marks.h"
#include "text/date.h"
#include "text/width.h"

#define ACTS_SHOWN 200

struct journal_errand {
	struct errand e;
	struct undo_step *steps;
	size_t n;
};

static void journal_work(struct errand *e, struct db *db)
{
	struct journal_errand *j = (struct journal_errand *)e;
	undo_list(db, 0, ACTS_SHOWN, e->arena, &j->steps, &j->n, &e->task.err);
}

static char *act_line(const struct app *a, const struct undo_step *s)
{
	struct buf line = BUF_MAX(1024);
	SCOPED(buf) struct buf age = BUF_MAX(32);
	date_age(&age, s->at_ms / 1000, clock_now());
	width_fit(&line, buf_str(&age), 5, CUT_PLAIN, true, a->ascii);
	buf_printf(&line, "%.*s", STR_ARG(s->label));
	if (s->undone)
		/* TRANSLATORS: an act in the journal that was undone */
		buf_printf(&line, "  (%s)", _("taken back"));
	return buf_take(&line);
}

static void journal_done(struct app *a, struct errand *e)
{
	struct journal_errand *j = (struct journal_errand *)e;
	if (e->task.err.code) {
		app_tell(a, &e->task.err);
		return;
	}
	overlay_begin(a, OVERLAY_JOURNAL, _("What undoing would do, the last act first · q back"));
	for (size_t i = 0; i < j->n; i++)
		overlay_add(a, act_line(a, &j->steps[i]));
	if (!j->n)
		overlay_add(a, mem_strdup(_("Nothing to undo")));
}

void journal_open(struct app *a)
{
	struct journal_errand *j = errand_new(a, sizeof *j, journal_work, journal_done);
	errand_read(&j->e, SLOT_NONE);
}
