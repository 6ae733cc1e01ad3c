/* SPDX-License-Identifier: MIT */
/* Owns the errand; what staying means for an answer is the store's. */
#include "app/stay.h"

#include "app/errand.h"
#include "app/refresh.h"
#include "app/say.h"
#include "base/i18n.h"
#include "store/source_db.h"

struct stay_errand {
	struct errand e;
	struct source_id id;
	bool stays;
};

static void stay_work(struct errand *e, struct db *db)
{
	struct stay_errand *s = (struct stay_errand *)e;
	(void)source_stay(db, s->id, true, &s->stays, &e->task.err);
}

static void stay_done(struct app *a, struct errand *e)
{
	struct stay_errand *s = (struct stay_errand *)e;
	struct str name = app_source_name(a, s->id);
	if (e->task.err.code) {
		app_tell(a, &e->task.err);
		return;
	}
	if (s->stays)
		say(a, _("%.*s is asked at its own address again"), STR_ARG(name));
	else
		say(a, _("%.*s is asked where it moved to again"), STR_ARG(name));
	refresh_start(a, &s->id, 1, true);
}

void stay_toggle(struct app *a, struct source_id id)
{
	struct stay_errand *s = errand_new(a, sizeof *s, stay_work, stay_done);
	s->id = id;
	errand_write(&s->e, TASK_MARK);
}
