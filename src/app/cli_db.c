/* SPDX-License-Identifier: MIT */
/* The database for headless commands, and naming a story on the command line. */
#include "app/cli.h"

#include "app/engine.h"
#include "app/refresh.h"
#include "app/edition.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/story_db.h"
#include "store/tick.h"
#include "text/url.h"

#define FILL_MS 60000

/* The edition's database is made at the first use: it needs no network. */
static bool fill_edition(struct cli *c, struct err *err)
{
	struct app *a = app_new(&c->program, false, err);
	if (!a)
		return false;
	bool ok = app_settle(a, FILL_MS, err);
	if (ok) {
		refresh_start(a, NULL, 0, false);
		ok = app_settle(a, FILL_MS, err);
	}
	app_free(a);
	return ok;
}

struct db *cli_db(struct cli *c, enum db_mode mode, struct err *err)
{
	struct program_paths paths;
	struct db *db = NULL;
	if (!program_paths(&paths, &c->program, err))
		return NULL;
	SCOPED_STR path = path_join(paths.data_dir, DB_FILE_NAME);
	if (c->program.config && !file_exists(paths.config)) {
		err_set(err, ERR_CONFIG, _("there is no configuration %s"), paths.config);
		goto out;
	}
	if (paths.edition_dir) {
		if (!file_exists(path) && !fill_edition(c, err))
			goto out;
		clock_fix(edition_now(
		    paths.edition_dir, NULL)); /* for ages and queries: nothing is fetched from here on */
	}
	if (!file_exists(path) && mode != DB_CREATE) {
		err_set(err, ERR_NOT_FOUND, _("nothing is stored in %s yet; courant update fetches the news"),
		    paths.data_dir);
		goto out;
	}
	db = db_open(path, mode, err);
out:
	program_paths_release(&paths);
	return db;
}

void cli_tick(const struct cli *c)
{
	struct program_paths paths;
	if (!program_paths(&paths, &c->program, NULL))
		return;
	SCOPED_PTR(tick) struct tick *t = tick_open(paths.data_dir);
	tick_touch(t);
	program_paths_release(&paths);
}

struct story_id cli_story(struct db *db, const char *word)
{
	int64_t id = 0;
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct story story;
	if (url_is_web(str_c(word)))
		return story_by_url(db, str_c(word));
	if (!str_i64(str_c(word), &id) || id <= 0 ||
	    !story_load(db, (struct story_id){id}, arena, &story, NULL))
		return STORY_NONE;
	return (struct story_id){id};
}
