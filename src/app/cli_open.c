/* SPDX-License-Identifier: MIT */
/* open: a story or an address in the reader's browser, as o does on the screen. */
#include "app/cli.h"

#include "app/browse.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/proc.h"
#include "store/marks.h"
#include "store/story_db.h"
#include "text/url.h"

#include <stdio.h>

/* Opening is reading. */
static bool mark_opened(struct cli *c, struct db *db, struct story_id id, struct err *err)
{
	struct mark_op op = {.kind = MARK_OPENED,
	    .on = true,
	    .at_ms = clock_now_ms(),
	    .owner = random_u64() >> 1,
	    .first_opened = true,
	    .label = str_c(_("opened by a command"))};
	if (!marks_set(db, &op, &id, 1, NULL, NULL, NULL, err))
		return false;
	cli_tick(c);
	return true;
}

/* The address of a stored story, which counts as opened; an address that is not stored is itself. */
static struct str find(struct cli *c, struct arena *arena, struct err *err)
{
	struct str word = str_c(c->args[0]);
	struct err none = {0};
	struct db *db = cli_db(c, DB_WRITE, url_is_web(word) ? &none : err);
	struct story s = {0};
	struct story_id id = db ? cli_story(db, c->args[0]) : STORY_NONE;
	if (id.v && story_load(db, id, arena, &s, err) && !mark_opened(c, db, id, err))
		s.url = STR_NONE;
	db_close(db);
	if (url_is_web(word))
		return word;
	if (!err->code && !id.v)
		err_set(
		    err, ERR_NOT_FOUND, _("no story with the id '%s'; courant list shows them"), c->args[0]);
	else if (!err->code && !url_is_web(s.url))
		err_set(err, ERR_NOT_FOUND, _("this story has no address to open"));
	return s.url;
}

static bool start(const struct browse *b, struct err *err)
{
	int status = 0;
	if (!b->foreground)
		return proc_detach(b->argv, err);
	if (!proc_foreground(b->argv, &status, err))
		return false;
	return !status || err_set(err, ERR_IO, _("%s ended with status %d"), b->argv[0], status);
}

static int open_url(struct cli *c, struct arena *arena, struct str url)
{
	struct program_paths paths;
	struct err err = {0};
	struct conf *conf = NULL;
	bool created;
	if (program_paths(&paths, &c->program, NULL)) {
		conf = program_conf(&paths, false, &created, NULL, NULL);
		program_paths_release(&paths);
	}
	struct browse b = browse_choose(arena, conf, url);
	conf_free(conf);
	if (b.argv)
		return start(&b, &err) ? 0 : cli_fail(&err);
	/* Nothing here opens it: whoever asked can. */
	printf("%.*s\n", STR_ARG(url));
	err_set(&err, ERR_PARTIAL, _("no browser here; set open.browser or $BROWSER"));
	return cli_fail(&err);
}

int cli_open(struct cli *c)
{
	struct err err = {0};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	if (c->n_args != 1) {
		err_set(&err, ERR_USAGE, _("open takes the id or the address of one story"));
		return cli_fail(&err);
	}
	struct str url = find(c, arena, &err);
	return err.code ? cli_fail(&err) : open_url(c, arena, url);
}
