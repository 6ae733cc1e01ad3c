/* SPDX-License-Identifier: MIT */
/* Owns the tokenizer "courant" of the full-text tables. Words are folded and stemmed by text/word before they
 * reach SQLite (which tells a tokenizer no language), one blank apart; so all that is left here is to split.
 */
#include "base/mem.h"
#include "store/db_priv.h"

static int tok_create(void *ctx, const char **args, int n_args, Fts5Tokenizer **out)
{
	(void)ctx;
	(void)args;
	(void)n_args;
	*out = (Fts5Tokenizer *)mem_alloc(1);
	return SQLITE_OK;
}

static void tok_delete(Fts5Tokenizer *t)
{
	mem_free(t);
}

static int tok_split(Fts5Tokenizer *t, void *arg, int flags, const char *text, int len,
    int (*token)(void *, int, const char *, int, int, int))
{
	int start = 0, rc = SQLITE_OK;

	(void)t;
	(void)flags;
	for (int i = 0; i <= len && rc == SQLITE_OK; i++) {
		if (i < len && text[i] != ' ')
			continue;
		if (i > start)
			rc = token(arg, 0, text + start, i - start, start, i);
		start = i + 1;
	}
	return rc;
}

static fts5_api *api_of(sqlite3 *raw)
{
	fts5_api *api = NULL;
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(raw, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL);
		sqlite3_step(st);
	}
	sqlite3_finalize(st);
	return api;
}

bool fts_tokenizer_register(struct db *db, struct err *err)
{
	static fts5_tokenizer tokenizer = {tok_create, tok_delete, tok_split};
	fts5_api *api = api_of(db->raw);

	if (!api)
		return err_set(err, ERR_DB, "this SQLite was built without FTS5");
	return api->xCreateTokenizer(api, "courant", NULL, &tokenizer, NULL) == SQLITE_OK ||
	       sql_fail(db, err);
}
