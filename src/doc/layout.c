/* SPDX-License-Identifier: MIT */
/* A document set into lines for a width: goes over the blocks, decides what stands between them. Pure: the
 * same document, head and options give the same lines. Owns no look: spans say what they are. */
#include "doc/layout.h"

#include "base/i18n.h"
#include "doc/layout_priv.h"
#include "text/url.h"
#include "text/utf8.h"
#include "text/width.h"

#define VERSE_HANG 4

/* Another list begins, not the next item of the one before. */
static bool is_new_list(const struct block *a, const struct block *b)
{
	if (a->level != b->level)
		return false;
	return a->ordered != b->ordered || (b->ordered && b->number == 1 && a->number != 2);
}

/* True when the two stand together without a blank line. */
static bool is_tight(const struct block *a, const struct block *b)
{
	if (b->kind == BLOCK_SOURCE)
		return a->quote == b->quote && a->kind != BLOCK_SOURCE;
	if (a->kind == BLOCK_ITEM)
		return b->kind == BLOCK_ITEM && !is_new_list(a, b);
	if (a->kind == BLOCK_TERM || a->kind == BLOCK_DESC)
		return b->kind == BLOCK_TERM || b->kind == BLOCK_DESC;
	return a->kind == BLOCK_NOTE && b->kind == BLOCK_NOTE;
}

static void set_code(struct setter *s, const struct block *b)
{
	struct flow f;
	struct str rest, line;
	size_t widest = 0, shift;
	bool wide;

	s->maker.code = true;
	flow_rich(&s->maker, &b->text, RUN_CODE);
	s->maker.code = false;
	f = flow_take(&s->maker);
	if (b->label.len) {
		struct flow label;

		flow_words(&s->maker, b->label, LINE_DIM, 0, 0);
		label = flow_take(&s->maker);
		set_flow(s, &label);
	}
	for (rest = f.text; str_split(&rest, '\n', &line);) {
		size_t columns = width_of(line);

		widest = columns > widest ? columns : widest;
	}
	wide = widest > set_rest_width(s);
	shift = wide ? set_shift(s, widest) : 0;
	for (rest = f.text; !set_full(s) && str_split(&rest, '\n', &line);) {
		size_t start = (size_t)(line.p - f.text.p);

		line_begin(s, flow_source(&f, start), false);
		line_flow(s, &f, start, start + line.len, SIZE_MAX);
		if (wide)
			line_pan(s, shift, 0);
	}
}

static void set_verse(struct setter *s, const struct flow *f)
{
	struct str rest = f->text, line;

	while (!set_full(s) && str_split(&rest, '\n', &line)) {
		size_t start = (size_t)(line.p - f->text.p), indent = 0;

		while (indent < line.len && line.p[indent] == ' ')
			indent++;
		if (indent == line.len) {
			line_begin(s, flow_source(f, start), false);
			continue;
		}
		start += indent;
		if (indent > set_rest_width(s) / 2)
			indent = set_rest_width(s) / 2;
		set_part(s, f, start, (size_t)(line.p - f->text.p) + line.len, indent, indent + VERSE_HANG);
	}
}

/* "[picture: caption]" and its like: form holds one %s, where the caption goes, or title when there is none;
 * more stands behind it. */
static void flow_form(
    struct setter *s, const char *form, const struct block *b, struct str more, uint16_t link)
{
	struct flow_maker *m = &s->maker;
	struct str f = str_c(form);
	ptrdiff_t found = str_find(f, STR("%s"));
	size_t at = found < 0 ? f.len : (size_t)found, end = b->text.text.len;
	uint32_t look = LINE_DIM | (link ? (uint32_t)LINE_LINK : 0);

	flow_words(m, str_sub(f, 0, at), look, link, 0);
	if (end)
		flow_rich(m, &b->text, LINE_DIM);
	else
		flow_words(m, b->alt, look, link, 0);
	if (more.len && (end || b->alt.len))
		flow_words(m, STR(" · "), look, link, end);
	flow_words(m, more, look, link, end);
	flow_words(m, str_skip(f, at + 2), look, link, end);
	flow_number(m, link, end);
}

static void flow_figure(struct setter *s, const struct block *b)
{
	if (b->text.text.len || b->alt.len)
		/* TRANSLATORS: stands for a picture in the text; %s is its caption */
		flow_form(s, _("[picture: %s]"), b, STR_NONE, 0);
	else
		flow_words(&s->maker, str_c(_("[picture]")), LINE_DIM, 0, 0);
}

static void flow_medium(struct setter *s, const struct block *b)
{
	bool film = str_eqc(b->label, "film");

	/* TRANSLATORS: stand for a film or a sound in the text; %s is its title, and the site that has it */
	flow_form(s, film ? _("[film: %s]") : _("[sound: %s]"), b, url_site(b->url), (uint16_t)b->number);
}

static void flow_post(struct setter *s, const struct block *b)
{
	size_t end = b->text.text.len;
	uint16_t link = (uint16_t)b->number;

	flow_rich(&s->maker, &b->text, 0);
	if (!b->url.len)
		return;
	if (end)
		buf_addc(&s->maker.text, '\n');
	flow_words(&s->maker, url_site(b->url), LINE_DIM | (link ? (uint32_t)LINE_LINK : 0), link, end);
	flow_number(&s->maker, link, end);
}

static void set_rule(struct setter *s)
{
	size_t width = set_rest_width(s);

	line_begin(s, 0, false);
	line_blanks(s, width > 5 ? (width - 5) / 2 : 0);
	line_add(s, width >= 5 ? STR("* * *") : STR("*"), LINE_DIM, 0, width >= 5 ? 5 : 1);
}

static void set_block(struct setter *s, const struct block *b)
{
	struct flow f;

	switch (b->kind) {
	case BLOCK_TABLE:
		set_table(s, b->table);
		return;
	case BLOCK_CODE:
		set_code(s, b);
		return;
	case BLOCK_RULE:
		set_rule(s);
		return;
	case BLOCK_FIGURE:
		flow_figure(s, b);
		break;
	case BLOCK_EMBED:
		(doc_is_medium(b) ? flow_medium : flow_post)(s, b);
		break;
	case BLOCK_SOURCE:
		flow_rich(&s->maker, &b->text, LINE_DIM);
		break;
	case BLOCK_HEADING:
		flow_rich(&s->maker, &b->text, LINE_HEADING);
		break;
	case BLOCK_TERM:
		flow_rich(&s->maker, &b->text, RUN_BOLD);
		break;
	default:
		flow_rich(&s->maker, &b->text, 0);
	}
	f = flow_take(&s->maker);
	if (b->kind == BLOCK_VERSE)
		set_verse(s, &f);
	else
		set_flow(s, &f);
}

static bool is_post(const struct block *b)
{
	return b->kind == BLOCK_EMBED && !doc_is_medium(b);
}

/* The blank line between two blocks, with the bars of the quotes that both stand in. */
static void set_between(struct setter *s, const struct block *before, const struct block *b)
{
	size_t was = set_bars(before), is = set_bars(b), bars = was < is ? was : is;
	bool apart = is_post(before) || is_post(b) || before->kind == BLOCK_SOURCE;

	line_blank(s, apart && bars ? bars - 1 : bars);
}

/* What shows nothing (text of invisible characters alone) leaves no blank line behind either. */
static void set_blocks(struct setter *s)
{
	const struct block *before = NULL;

	for (size_t i = 0; i < s->doc->n_blocks && !set_full(s); i++) {
		const struct block *b = &s->doc->blocks[i];
		size_t lines = s->lines.n, spans = s->spans.n, start;

		if (before && !is_tight(before, b))
			set_between(s, before, b);
		start = s->lines.n;
		s->block = (uint32_t)i;
		s->rtl = b->rtl && b->kind != BLOCK_CODE;
		set_place(s, b);
		set_block(s, b);
		if (s->lines.n > start) {
			before = b;
			continue;
		}
		s->lines.n = s->starts.n = lines;
		s->spans.n = spans;
		s->margin_spans = 0;
	}
}

static void set_head_part(struct setter *s, struct str text, uint32_t style)
{
	struct flow f;

	if (!text.len)
		return;
	flow_words(&s->maker, text, style, 0, 0);
	f = flow_take(&s->maker);
	set_flow(s, &f);
}

static bool is_rtl(struct str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t cp = utf8_next(text, &at);

		if (cp_is_letter(cp))
			return cp_is_rtl(cp);
	}
	return false;
}

static void set_head(struct setter *s, const struct layout_head *head)
{
	s->block = UINT32_MAX;
	s->rtl = is_rtl(head->title);
	set_head_part(s, head->title, LINE_TITLE);
	set_head_part(s, head->dek, LINE_DEK);
	set_head_part(s, head->byline, LINE_BYLINE | LINE_DIM);
	if (s->lines.n)
		line_blank(s, 0);
	s->layout->head_lines = s->lines.n;
}

static struct layout *finish(struct setter *s)
{
	struct layout *l = s->layout;
	struct line_span *spans;

	line_end(s);
	spans = arena_grow(s->arena, s->spans.v, s->spans.n, s->spans.n + 1, sizeof *spans);

	l->n_lines = s->lines.n;
	l->lines = arena_grow(s->arena, s->lines.v, s->lines.n, s->lines.n + 1, sizeof *l->lines);
	for (size_t i = 0; i < l->n_lines; i++)
		l->lines[i].spans = spans + s->starts.v[i];
	vec_free(&s->lines);
	vec_free(&s->spans);
	vec_free(&s->starts);
	flow_release(&s->maker);
	return l;
}

struct layout *layout_make(
    const struct doc *doc, const struct layout_head *head, const struct layout_options *o)
{
	struct layout_options options = *o;
	struct setter s = {.doc = doc, .o = &options, .layout = mem_new(struct layout)};

	if (!options.width)
		options.width = 1;
	s.arena = s.layout->arena = arena_new();
	s.layout->width = options.width;
	flow_init(&s.maker, s.arena, doc ? doc->n_links : 0, &options);
	if (head)
		set_head(&s, head);
	if (doc)
		set_blocks(&s);
	return finish(&s);
}

void layout_free(struct layout *l)
{
	if (!l)
		return;
	arena_free(l->arena);
	mem_free(l);
}

static int compare(const struct layout_line *line, uint32_t block, uint32_t at)
{
	if (line->block != block)
		return line->block < block ? -1 : 1;
	return line->at < at ? -1 : line->at > at;
}

size_t layout_line_of(const struct layout *l, uint32_t block, uint32_t at)
{
	size_t low = l->head_lines, high = l->n_lines;

	if (block == UINT32_MAX)
		return 0;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare(&l->lines[mid], block, at) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == l->head_lines)
		return low < l->n_lines ? low : 0;
	low--;
	/* A block may begin with what is not shown: then its first line is the nearest. */
	if (l->lines[low].block != block && low + 1 < l->n_lines && l->lines[low + 1].block == block)
		return low + 1;
	while (low > l->head_lines && compare(&l->lines[low - 1], l->lines[low].block, l->lines[low].at) == 0)
		low--;
	return low;
}
