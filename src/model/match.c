/* SPDX-License-Identifier: MIT */
/* A query tried on one story. Words are looked for in one pass over each text, which ends at the first hit.
 */
#include "model/match.h"

#include <regex.h>
#include <string.h>

#include "base/mem.h"
#include "text/fold.h"
#include "text/utf8.h"

#define PHRASE_WORDS 64

struct matcher {
	const struct match_subject *subject;
	struct stemmer *stemmer, *own;
};

static struct stemmer *stemmer_of(struct matcher *m)
{
	if (!m->stemmer)
		m->stemmer = m->own = stemmer_new();
	return m->stemmer;
}

/* The words that are looked for, folded, in order; of a single word its stem. */
struct wanted {
	struct buf text;
	struct {
		size_t at, len;
	} words[PHRASE_WORDS];
	size_t n;
	bool prefix, found;
	bool single;    /* one character of a script without spaces, which pairs hide */
	uint64_t state; /* bit i: the words up to the i-th stand just before here */
};

static bool want_word(void *arg, const struct word *w)
{
	struct wanted *want = arg;

	want->words[want->n].at = want->text.len;
	want->words[want->n].len = w->text.len;
	want->n++;
	buf_addstr(&want->text, w->text);
	return want->n < PHRASE_WORDS;
}

static bool is_wanted(const struct wanted *want, size_t i, struct str word)
{
	struct str wanted = str_sub(buf_str(&want->text), want->words[i].at, want->words[i].len);

	if (want->prefix && i + 1 == want->n)
		return word.len >= wanted.len && memcmp(word.p, wanted.p, wanted.len) == 0;
	return str_eq(word, wanted);
}

/* Each bit of the state moves on when the next word is the one it waits for. */
static bool see_word(void *arg, const struct word *w)
{
	struct wanted *want = arg;
	uint64_t waiting = want->state << 1 | 1, state = 0;

	for (size_t i = 0; i < want->n; i++) {
		if (waiting >> i & 1 && is_wanted(want, i, w->text))
			state |= (uint64_t)1 << i;
	}
	want->state = state;
	want->found = want->n && state >> (want->n - 1) & 1;
	return !want->found;
}

struct stem_search {
	struct wanted *want;
	struct matcher *matcher;
};

/* Stems what can be the word: stemmers leave beginnings alone, but for Arabic prefixes. */
static bool see_stem(void *arg, const struct word *w)
{
	struct stem_search *search = arg;
	struct wanted *want = search->want;
	enum lang lang = search->matcher->subject->story->row.lang;
	struct str stem = w->text;

	if (w->text.p[0] != want->text.data[0] && lang != LANG_AR)
		return true;
	if (!w->number && !w->bigram)
		stem = stemmer_stem(stemmer_of(search->matcher), lang, w->text);
	want->found = str_eq(stem, buf_str(&want->text));
	return !want->found;
}

static bool look(struct matcher *m, struct wanted *want, bool stems, struct str text)
{
	struct stem_search search = {want, m};

	want->state = 0;
	if (!stems)
		word_each(text, see_word, want);
	else if (want->single)
		word_tokens(stemmer_of(m), m->subject->story->row.lang, text, see_word, want);
	else
		word_each(text, see_stem, &search);
	return want->found;
}

/* The token of a single word: its stem; of a pair of characters (which gives each of them too) the pair. */
static bool want_longest(void *arg, const struct word *w)
{
	struct wanted *want = arg;

	if (w->text.len <= want->text.len)
		return true;
	buf_reset(&want->text);
	want->n = 0;
	want->single = w->bigram && utf8_count(w->text) == 1;
	return want_word(want, w);
}

static bool match_words(struct matcher *m, const struct query *q)
{
	struct wanted want = {.text = BUF_INIT, .prefix = q->prefix};
	const struct story *story = m->subject->story;
	bool stems = q->kind == QUERY_WORD && !q->prefix, found;
	bool title = q->field == QF_TITLE || query_is_short_prefix(q);

	if (stems)
		word_tokens(stemmer_of(m), story->row.lang, q->text, want_longest, &want);
	else
		word_each(q->text, want_word, &want);
	found =
	    want.n &&
	    (look(m, &want, stems, story->row.title) ||
	        (!title && (look(m, &want, stems, story->dek) || look(m, &want, stems, m->subject->body))));
	buf_release(&want.text);
	return found;
}

static bool holds(struct str text, struct str wanted)
{
	return text.len && fold_find(text, wanted);
}

static bool match_field(const struct match_subject *s, const struct query *q)
{
	const struct story *story = s->story;

	switch (q->field) {
	case QF_AUTHOR:
		return holds(story->author, q->text);
	case QF_SOURCE:
		return holds(story->source_name, q->text);
	case QF_SECTION:
		return holds(story->section, q->text);
	case QF_URL:
		return holds(story->url, q->text);
	case QF_LANG:
		return str_eqc(q->text, lang_tag(story->row.lang));
	case QF_TAG:
		for (size_t i = 0; i < story->n_tags; i++) {
			if (holds(story->tags[i], q->text))
				return true;
		}
		return false;
	case QF_ANY:
	case QF_TITLE:
		break;
	}
	return holds(story->row.title, q->text);
}

static bool match_is(uint32_t flags, enum query_is is)
{
	static const uint32_t bits[] = {
	    [IS_READ] = STORY_READ,
	    [IS_OPENED] = STORY_OPENED,
	    [IS_STARRED] = STORY_STARRED,
	    [IS_HIDDEN] = STORY_HIDDEN,
	    [IS_FULL] = STORY_FULL,
	};

	return is == IS_UNREAD ? !(flags & STORY_READ) : flags & bits[is];
}

static bool match_regex(const struct query *q, struct str title)
{
	SCOPED_STR text = mem_strndup(title.p ? title.p : "", title.len);

	return q->regex && regexec(q->regex, text, 0, NULL, 0) == 0;
}

/* As deep as the tree, which query_parse() bounds. */
static bool match(struct matcher *m, const struct query *q)
{
	const struct story_row *row = &m->subject->story->row;
	int64_t when = row->published == TIME_NONE ? row->fetched : row->published;

	switch (q->kind) {
	case QUERY_ALL:
		return true;
	case QUERY_AND:
		return match(m, q->left) && match(m, q->right);
	case QUERY_OR:
		return match(m, q->left) || match(m, q->right);
	case QUERY_NOT:
		return !match(m, q->left);
	case QUERY_WORD:
	case QUERY_PHRASE:
		return match_words(m, q);
	case QUERY_REGEX:
		return match_regex(q, row->title);
	case QUERY_FIELD:
		return match_field(m->subject, q);
	case QUERY_IS:
		return match_is(row->flags, q->is);
	case QUERY_AFTER:
		return when >= q->number;
	case QUERY_BEFORE:
		return when < q->number;
	case QUERY_EVENT:
		return row->event.v == q->number;
	}
	return false;
}

bool match_query(const struct query *q, const struct match_subject *s)
{
	struct matcher m = {.subject = s, .stemmer = s->stemmer};
	bool found = match(&m, q);

	stemmer_free(m.own);
	return found;
}
