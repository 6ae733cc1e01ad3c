/* SPDX-License-Identifier: MIT */
/* The pipeline: tree, figures, metadata, furniture, choice, cleaning, document. */
#include "article/article_extract.h"

#include <string.h>

#include "article/facts.h"
#include "article/onpage.h"
#include "article/state.h"
#include "article/to_doc.h"
#include "base/i18n.h"
#include "text/charset.h"
#include "text/date.h"
#include "text/url.h"

enum { POOR_WEIGHT = 600, SCRIPT_MIN_WEIGHT = 200, EMPTY_WEIGHT = 200 };

static enum to_doc_part part_of(void *arg, const struct node *n)
{
	static const enum to_doc_part parts[] = {
	    [PART_TEXT] = TO_DOC_ALL, [PART_NONE] = TO_DOC_NONE, [PART_CAPTION] = TO_DOC_CAPTION};
	const struct page *p = arg;

	return parts[p->cut[n->index]];
}

static struct str own(struct article *out, struct str s)
{
	return arena_str(out->arena, s);
}

static struct str own_url(struct article *out, struct page *p, struct str ref)
{
	struct str url = ref.len ? url_resolve(p->arena, p->base, ref) : STR_NONE;

	return url_is_web(url) ? own(out, url) : STR_NONE;
}

static void fill(struct article *out, struct page *p, const struct facts *f)
{
	out->title = own(out, find_title(p, f));
	out->dek = own(out, facts_first(f, FIELD_DEK));
	out->byline = own(out, find_byline(p, f));
	out->site = own(out, find_site(p, f));
	out->language = own(out, find_language(p, f));
	out->image = own_url(out, p, facts_first(f, FIELD_IMAGE));
	out->canonical = own_url(out, p, facts_first(f, FIELD_CANONICAL));
	out->next_page = own(out, find_next_page(p, f));
	struct when w = find_published(p, f);
	out->published = w.t;
	out->published_zone_min = w.zone_min;
	out->modified = date_parse(facts_first(f, FIELD_MODIFIED));
}

/* Not the page itself. */
static struct str other_form(struct article *out, struct page *p, const struct facts *f)
{
	struct str url = own_url(out, p, facts_first(f, FIELD_ALTERNATE));

	return str_eq(url_key(p->arena, url), p->key) ? STR_NONE : url;
}

static uint32_t doc_weight(const struct doc *d)
{
	uint32_t w = 0;

	for (size_t i = 0; d && i < d->n_blocks; i++) {
		w += measure_text(d->blocks[i].text.text).weight;
		const struct doc_table *t = d->blocks[i].table;
		for (size_t k = 0; t && k < t->row_start[t->n_rows]; k++)
			w += measure_text(t->cells[k].text.text).weight;
	}
	return w;
}

/* A body that is next to nothing: what a script would have shown, when that is much more. Gives its weight.
 */
static uint32_t prefer_scripts(struct article *out, struct page *p, const struct facts *f)
{
	uint32_t had = doc_weight(out->doc);

	if (had >= POOR_WEIGHT)
		return had;
	struct doc *d = doc_of_scripts(p, f, had * 2 > SCRIPT_MIN_WEIGHT ? had * 2 : SCRIPT_MIN_WEIGHT);
	if (!d)
		return had;
	doc_free(out->doc);
	out->doc = d;
	return doc_weight(d);
}

struct article *article_extract(struct str utf8_html, struct str url, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(page) struct page p = {.arena = a, .url = url, .base = url, .html = html_parse(a, utf8_html)};
	struct facts f = {0};
	struct article *out = article_new();

	(void)err;
	page_measure(&p);
	facts_of_head(&p, &f);
	p.key = url_key(a, url);
	furniture_drop(&p, true);
	facts_of_ld(&p, &f);
	facts_of_micro(&p, &f);
	fill(out, &p, &f);
	body_choose(&p);
	if (p.root) {
		body_clean(&p, out);
		body_add_lead(&p, out->language);
		out->doc = to_doc(p.root, p.base, part_of, &p);
	}
	uint32_t weight = prefer_scripts(out, &p, &f);
	if (out->doc)
		out->word_count = (uint32_t)doc_words(out->doc);
	onpage_find(&p, out);
	out->state = state_of_page(&p, &f, out, weight);
	if (out->state == PAGE_NO_ARTICLE || (out->state == PAGE_ARTICLE && weight < EMPTY_WEIGHT))
		out->alternate = other_form(out, &p, &f);
	return out;
}

struct article *article_extract_bytes(
    struct str bytes, struct str content_type, struct str url, struct err *err)
{
	SCOPED(buf) struct buf utf8 = BUF_MAX((size_t)64 << 20);

	if (!charset_to_utf8(&utf8, bytes, content_type, CHARSET_HTML, NULL, NULL)) {
		err_set(err, ERR_INPUT, _("the page's text cannot be decoded"));
		return NULL;
	}
	return article_extract(buf_str(&utf8), url, err);
}
