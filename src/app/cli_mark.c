/* SPDX-License-Identifier: MIT */
/* mark: state from scripts. */
#include "app/cli.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/query.h"
#include "store/list_db.h"
#include "store/marks.h"
#include "store/tick.h"

#include <stdio.h>

/* Ids when all words are ids; else the stories that the words find as a query. */
static bool ids_of_words(struct cli *c, struct story_id *ids, size_t *n)
{
	*n = 0;
	for (int i = 0; i < c->n_args; i++) {
		int64_t id = 0;
		if (!str_i64(str_c(c->args[i]), &id) || id <= 0)
			return false;
		ids[(*n)++] = (struct story_id){id};
	}
	return *n > 0;
}

static bool find(
    struct cli *c, struct db *db, struct arena *a, struct story_id **ids, size_t *n, struct err *err)
{
	*ids = arena_array(a, (size_t)c->n_args, sizeof **ids);
	if (ids_of_words(c, *ids, n))
		return true;
	SCOPED_STR words = cli_query(c);
	struct query *q = query_parse(a, str_c(words), clock_now(), err);
	if (!q)
		return false;
	struct list_ids_spec spec = {.set = {.query = q}};
	bool ok = list_ids(db, &spec, a, ids, n, err);
	query_release(q);
	return ok;
}

static void op_of(const struct cli *c, struct mark_op *op)
{
	*op = (struct mark_op){.kind = MARK_READ,
	    .on = true,
	    .at_ms = clock_now_ms(),
	    .owner = random_u64() >> 1,
	    .label = str_c(_("marked by a command"))};
	switch (c->mark) {
	case CLI_MARK_READ:
		break;
	case CLI_MARK_UNREAD:
		op->kind = MARK_KEPT;
		break;
	case CLI_MARK_STAR:
	case CLI_MARK_UNSTAR:
		op->kind = MARK_STAR;
		op->on = c->mark == CLI_MARK_STAR;
		break;
	case CLI_MARK_TAG:
		op->kind = MARK_TAG;
		op->tag = str_c(c->tag);
		break;
	}
}

int cli_mark(struct cli *c)
{
	struct err err = {0};
	struct mark_op op;
	struct story_id *ids = NULL, *changed = NULL;
	size_t n = 0, n_changed = 0;
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	if (!c->n_args) {
		err_set(&err, ERR_USAGE, _("mark takes ids or a query; courant mark --help tells more"));
		return cli_fail(&err);
	}
	struct db *db = cli_db(c, DB_WRITE, &err);
	op_of(c, &op);
	if (db && find(c, db, arena, &ids, &n, &err) && n &&
	    marks_set(db, &op, ids, n, arena, &changed, &n_changed, &err))
		cli_tick(c);
	db_close(db);
	if (!err.code && !n)
		err_set(&err, ERR_NOT_FOUND, _("no story matches"));
	if (err.code)
		return cli_fail(&err);
	printf(P_("%zu story changed\n", "%zu stories changed\n", n_changed), n_changed);
	return 0;
}
