/* SPDX-License-Identifier: MIT */
/* Owns what a source's tags mean beyond the first, which is its section: each of them is a tab made of a
 * query, and so are the queries of the file, which may ask for tags and are therefore read last. */
#include "app/import_priv.h"
#include "base/i18n.h"

#define QUERY_MAX 4096

void import_tag(struct import *m, struct str tag)
{
	struct str clean = import_clean(m, tag, IMPORT_SECTION_BYTES);
	const struct new_source *s = &vec_last(&m->sources);
	struct import_tag t = {.tag = clean, .source = s->name};
	if (!clean.len || str_eq(clean, s->section) || m->tags.n >= IMPORT_MAX_TAGS)
		return;
	VEC_EACH (struct import_tag, have, &m->tags)
		if (str_eq(have->tag, clean) && str_eq(have->source, s->name))
			return;
	vec_push(&m->tags, t);
}

/* The value in quotation marks, which it cannot hold itself: up to the first. */
static void add_quoted(struct buf *out, const char *field, struct str value)
{
	ptrdiff_t quote = str_chr(value, '"');
	buf_printf(out, "%s\"%.*s\"", field, STR_ARG(quote < 0 ? value : str_sub(value, 0, (size_t)quote)));
}

bool import_tag_query(const struct import *m, struct str tag, struct buf *out)
{
	bool any = false;
	VEC_EACH (const struct import_tag, t, &m->tags) {
		if (!str_eq(t->tag, tag))
			continue;
		if (!any)
			add_quoted(out, "section:", tag);
		add_quoted(out, " OR source:", t->source);
		any = true;
	}
	return any;
}

static bool has_section(const struct import *m, struct str name)
{
	VEC_EACH (const struct new_section, s, &m->sections)
		if (str_eq(s->name, name))
			return true;
	return false;
}

static void add_section(struct import *m, struct str name, struct str query)
{
	struct new_section s = {.name = import_clean(m, name, IMPORT_SECTION_BYTES), .query = query};
	vec_push(&m->sections, s);
}

void import_finish(struct import *m)
{
	VEC_EACH (const struct new_section, q, &m->queries) {
		struct str ours = import_query(m, q->query);
		if (ours.len)
			add_section(m, q->name, ours);
		else
			import_leave(m, q->name, _("its query has no form in courant"));
	}
	VEC_EACH (const struct import_tag, t, &m->tags) {
		SCOPED(buf) struct buf query = BUF_MAX(QUERY_MAX);
		if (has_section(m, t->tag))
			continue;
		if (import_tag_query(m, t->tag, &query) && !query.failed)
			add_section(m, t->tag, arena_str(m->arena, buf_str(&query)));
		else
			import_leave(m, t->tag, _("it is a tag of more sources than a query can name"));
	}
}
