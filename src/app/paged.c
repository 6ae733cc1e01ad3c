/* SPDX-License-Identifier: MIT */
/* Joining pages. */
#include "app/paged.h"

#include "base/hash.h"
#include "base/map.h"
#include "doc/append.h"
#include "text/url.h"
#include "text/url_page.h"

void paged_release(struct paged *p)
{
	article_free(p->whole);
	*p = (struct paged){0};
}

/* The page that follows `url`, when it is one of this article, of the same host, and not one too many. */
static struct str following(const struct paged *p, struct str url, struct str next)
{
	unsigned number = next.len ? url_page_after(url, next) : 0;

	if (!str_eq_nocase(url_site(url), url_site(next)) || p->n >= PAGED_MAX)
		return STR_NONE;
	return number == p->n + 1 || (number == URL_PAGE_ALL && p->n == 1) ? next : STR_NONE;
}

static uint64_t key_of(const struct block *b)
{
	uint64_t h = hash_seeded_u64((uint64_t)b->kind);

	h ^= hash_seeded(b->text.text);
	for (size_t i = 0; b->table && i < b->table->row_start[b->table->n_rows]; i++)
		h = hash_mix(h ^ hash_seeded(b->table->cells[i].text.text));
	return b->url.len ? hash_mix(h ^ hash_seeded(b->url)) : h;
}

static void remember(struct imap *seen, const struct doc *d)
{
	for (size_t i = 0; i < d->n_blocks; i++)
		imap_put(seen, key_of(&d->blocks[i]), 1);
}

/* Short lines may come twice in a text; a heading, a picture, a paragraph does so only when pages repeat it.
 */
static bool is_repeated(const struct imap *seen, const struct block *b, struct str title)
{
	uint64_t one;

	if (b->kind == BLOCK_RULE)
		return false;
	if (b->kind == BLOCK_HEADING && str_eq(b->text.text, title))
		return true;
	if (b->text.text.len < 40 && b->kind != BLOCK_HEADING && b->kind != BLOCK_FIGURE && !b->table)
		return false;
	return imap_get(seen, key_of(b), &one);
}

/* False: the page holds nothing that was not there. */
static bool join(struct article *whole, const struct doc *more)
{
	struct doc_builder *b = doc_build();
	struct imap seen = {0};
	size_t n = 0;

	if (whole->doc) {
		doc_append(b, whole->doc);
		remember(&seen, whole->doc);
	}
	for (size_t i = 0; i < more->n_blocks; i++) {
		const struct block *block = &more->blocks[i];

		if (is_repeated(&seen, block, whole->title))
			continue;
		doc_append_block(b, more, block, 0);
		n += block->kind != BLOCK_RULE && block->kind != BLOCK_FIGURE;
	}
	imap_release(&seen);
	if (!n) {
		doc_builder_free(b);
		return false;
	}
	doc_free(whole->doc);
	whole->doc = doc_finish(b);
	whole->word_count = (uint32_t)doc_words(whole->doc);
	return true;
}

static bool holds_text(const struct article *page)
{
	return page->doc && (page->state == PAGE_ARTICLE || page->state == PAGE_CUT);
}

void paged_add(struct paged *p, struct article *page, struct str url)
{
	struct str next = STR_NONE;

	p->n++;
	if (!p->whole) {
		p->whole = page;
		if (holds_text(page))
			next = following(p, url, page->next_page);
	} else {
		if (holds_text(page) && join(p->whole, page->doc))
			next = following(p, url, page->next_page);
		if (page->state == PAGE_CUT)
			p->whole->state = PAGE_CUT;
	}
	p->next = p->whole->next_page = arena_str(p->whole->arena, next);
	p->last = arena_str(p->whole->arena, url);
	if (page != p->whole)
		article_free(page);
}

struct article *paged_take(struct paged *p)
{
	struct article *whole = take(&p->whole);

	paged_release(p);
	return whole;
}
