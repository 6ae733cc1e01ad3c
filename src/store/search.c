/* SPDX-License-Identifier: MIT */
/* Owns what is lit of a search result: where in the title the words stand, and a line around the first of
 * them in the dek or the text. */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/story_db.h"
#include "store/words.h"
#include "text/utf8.h"

#define WORDS       16
#define HITS        64
#define LEAD        40 /* characters before the first hit */
#define OPEN        '\x01'
#define CLOSE       '\x02'
#define CUT         "…"
#define TOKEN_BYTES 200

struct wanted {
	char text[TOKEN_BYTES];
	size_t len;
	bool prefix;
};

struct span {
	size_t start, end;
};

struct lighter {
	struct wanted stems[WORDS], whole[WORDS]; /* stems of single words; folded words and beginnings */
	size_t n_stems, n_whole;
	struct span hits[HITS];
	size_t n_hits;
	bool by_stem; /* which of the two is looked for now */
	bool in_title;
};

static void want(struct wanted *list, size_t *n, struct str text, bool prefix)
{
	if (*n == WORDS || text.len == 0 || text.len > TOKEN_BYTES)
		return;
	memcpy(list[*n].text, text.p, text.len);
	list[*n].len = text.len;
	list[*n].prefix = prefix;
	(*n)++;
}

struct part {
	struct lighter *l;
	bool prefix;
};

static bool want_stem(void *arg, const struct word *w)
{
	struct lighter *l = arg;

	want(l->stems, &l->n_stems, w->text, false);
	return true;
}

static bool want_whole(void *arg, const struct word *w)
{
	struct part *p = arg;

	want(p->l->whole, &p->l->n_whole, w->text, p->prefix);
	return true;
}

/* Words that must occur; those under "not" are of no interest. As deep as the tree, which the parser bounds.
 */
static void collect(struct lighter *l, struct stemmer *st, enum lang lang, const struct query *q)
{
	struct part part = {l, q->prefix};

	if (!l->in_title && (q->field == QF_TITLE || query_is_short_prefix(q)))
		return;
	switch (q->kind) {
	case QUERY_AND:
	case QUERY_OR:
		collect(l, st, lang, q->left);
		collect(l, st, lang, q->right);
		break;
	case QUERY_WORD:
		if (q->prefix)
			word_each(q->text, want_whole, &part);
		else
			word_tokens(st, lang, q->text, want_stem, l);
		break;
	case QUERY_PHRASE:
		part.prefix = false;
		word_each(q->text, want_whole, &part);
		break;
	default:
		break;
	}
}

static bool is_wanted(const struct wanted *list, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++) {
		bool fits = list[i].prefix ? word.len >= list[i].len : word.len == list[i].len;

		if (fits && memcmp(word.p, list[i].text, list[i].len) == 0)
			return true;
	}
	return false;
}

static bool see(void *arg, const struct word *w)
{
	struct lighter *l = arg;
	bool hit =
	    l->by_stem ? is_wanted(l->stems, l->n_stems, w->text) : is_wanted(l->whole, l->n_whole, w->text);

	if (hit)
		l->hits[l->n_hits++] = (struct span){w->start, w->end};
	return l->n_hits < HITS;
}

static int by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static void light(struct lighter *l, struct stemmer *st, enum lang lang, struct str text)
{
	l->n_hits = 0;
	l->by_stem = true;
	if (l->n_stems)
		word_tokens(st, lang, text, see, l);
	l->by_stem = false;
	if (l->n_whole && l->n_hits < HITS)
		word_each(text, see, l);
	if (l->n_hits > 1)
		qsort(l->hits, l->n_hits, sizeof *l->hits, by_start);
}

/* Some characters before the first hit, from the beginning of a word on. */
static size_t window_start(struct str text, size_t hit)
{
	size_t at = hit, best = hit;

	for (size_t n = 0; n < LEAD && at > 0; n++) {
		at = utf8_prev(text, at);
		if (text.p[at] == '\n')
			return at + 1;
		if (text.p[at] == ' ')
			best = at + 1;
	}
	return at == 0 ? 0 : best;
}

static void put_window(const struct lighter *l, struct str text, size_t width, struct buf *out)
{
	size_t at = window_start(text, l->hits[0].start), hit = 0, n = 0, open_until = 0;

	if (at > 0)
		buf_adds(out, CUT);
	for (; at < text.len && n < width; n++) {
		size_t next = at;

		while (hit < l->n_hits && l->hits[hit].start < at)
			hit++;
		if (!open_until && hit < l->n_hits && l->hits[hit].start == at) {
			open_until = l->hits[hit].end;
			buf_addc(out, OPEN);
		}
		(void)utf8_next(text, &next);
		if (text.p[at] == '\n')
			buf_addc(out, ' ');
		else
			buf_add(out, text.p + at, next - at);
		at = next;
		if (open_until && at >= open_until) {
			buf_addc(out, CLOSE);
			open_until = 0;
		}
	}
	if (open_until)
		buf_addc(out, CLOSE);
	if (at < text.len)
		buf_adds(out, CUT);
}

static void light_title(struct lighter *l, struct stemmer *st, enum lang lang, const struct query *q,
    struct arena *a, struct story_row *r)
{
	l->in_title = true;
	collect(l, st, lang, q);
	light(l, st, lang, r->title);
	r->title_hits = arena_array(a, l->n_hits + 1, sizeof *r->title_hits);
	for (size_t i = 0; i < l->n_hits; i++)
		r->title_hits[i] = (struct title_hit){(uint32_t)l->hits[i].start, (uint32_t)l->hits[i].end};
	r->n_title_hits = l->n_hits;
	*l = (struct lighter){0};
}

bool search_light(
    struct db *db, const struct query *q, size_t width, struct arena *a, struct story_row *r, struct err *err)
{
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	SCOPED(buf) struct buf snippet = BUF_MAX(4096);
	struct stemmer *st = words_stemmer(db);
	struct lighter l = {0};
	struct story_words words;
	struct str texts[2];

	if (!story_words(db, r->id, scratch, &words, err))
		return false;
	light_title(&l, st, words.lang, q, a, r);
	collect(&l, st, words.lang, q);
	texts[0] = words.dek;
	texts[1] = words.body;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		light(&l, st, words.lang, texts[i]);
		if (!l.n_hits)
			continue;
		put_window(&l, texts[i], width, &snippet);
		r->snippet = arena_str(a, buf_str(&snippet));
		break;
	}
	return true;
}
