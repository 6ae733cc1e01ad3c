/* SPDX-License-Identifier: MIT */
/* Two stored texts are loaded and compared on the reader's thread; the view shows the result until it is
 * left. */
#include "app/changes.h"

#include "app/diff.h"
#include "app/errand.h"
#include "app/say.h"
#include "app/view.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/story_db.h"
#include "text/date.h"

struct changes_errand {
	struct errand e;
	struct story_id id;
	size_t n_versions;
	int64_t was_at, is_at;
	struct doc *doc; /* NULL: nothing differs */
	struct diff_counts counts;
};

static struct article *load(struct changes_errand *c, struct db *db, int version)
{
	struct article_version v;
	struct err *err = &c->e.task.err;
	return article_load(db, c->id, version, c->e.arena, &v, err) ? article_decode(v.encoded, err) : NULL;
}

static void changes_work(struct errand *e, struct db *db)
{
	struct changes_errand *c = (struct changes_errand *)e;
	struct article_version *versions;
	if (!article_versions(db, c->id, e->arena, &versions, &c->n_versions, &e->task.err) ||
	    c->n_versions < 2)
		return;
	SCOPED_PTR(article) struct article *is = load(c, db, versions[0].version);
	SCOPED_PTR(article) struct article *was = load(c, db, versions[1].version);
	c->is_at = versions[0].at;
	c->was_at = versions[1].at;
	if (is && was)
		c->doc = diff_articles(was, is, &c->counts);
}

static void changes_cleanup(struct errand *e)
{
	doc_free(((struct changes_errand *)e)->doc);
}

static char *words_of(const struct app *a, const struct changes_errand *c)
{
	SCOPED(buf) struct buf was = BUF_MAX(128), is = BUF_MAX(128);
	date_byline(&was, c->was_at, a->now, true);
	date_byline(&is, c->is_at, a->now, true);
	/* TRANSLATORS: moments at which the two texts were stored; numbers of words; = is the key */
	return mem_printf(_("Changed from %s to %s · %zu out, %zu in · = back"), buf_cstr(&was),
	    buf_cstr(&is), c->counts.taken_out, c->counts.put_in);
}

static void begin(struct app *a, struct changes_errand *c)
{
	struct view *v = &a->view;
	v->kept = v->anchor;
	v->changes = take(&c->doc);
	v->changes_words = words_of(a, c);
	v->anchor = VIEW_HEAD;
	view_text_changed(a, NULL);
}

static void changes_done(struct app *a, struct errand *e)
{
	struct changes_errand *c = (struct changes_errand *)e;
	if (a->view.id.v != c->id.v || a->view.changes)
		return;
	if (e->task.err.code)
		say_err(a, &e->task.err);
	else if (!c->n_versions)
		say(a, _("The page of this article is not stored: nothing to compare"));
	else if (c->n_versions == 1)
		say(a, _("One text of this article is stored: it has not changed since"));
	else if (!c->doc)
		say(a, _("The two newest texts of this article say the same"));
	else
		begin(a, c);
}

bool changes_end(struct app *a)
{
	struct view *v = &a->view;
	if (!v->changes)
		return false;
	doc_free(take(&v->changes));
	mem_free(take(&v->changes_words));
	v->anchor = v->kept;
	view_text_changed(a, NULL);
	return true;
}

bool cmd_changes(struct app *a, const struct args *args, struct err *err)
{
	(void)args;
	if (changes_end(a))
		return true;
	if (a->view.id.v <= 0)
		return err_set(err, ERR_NOT_FOUND, _("no stored article is shown"));
	struct changes_errand *c = errand_new(a, sizeof *c, changes_work, changes_done);
	c->e.cleanup = changes_cleanup;
	c->id = a->view.id;
	errand_read(&c->e, SLOT_NONE);
	return true;
}
