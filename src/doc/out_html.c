/* SPDX-License-Identifier: MIT */
/* A document as HTML: the flat blocks become nested quotes and lists again, by a stack as deep as the
 * document's own bound. Everything is escaped; addresses were checked where the document was made. */
#include "doc/out.h"

#include "doc/rich.h"

struct html {
	struct buf *out;
	const struct doc *doc;
	size_t quotes, lists;
	bool ordered[DOC_MAX_DEPTH + 1]; /* of each open list */
	bool definitions;                /* a <dl> is open */
	bool sourced; /* the quote that is open has its source: the next block is of another */
};

static const struct style_tag {
	unsigned style;
	const char *tag;
} style_tags[] = {
    {RUN_BOLD, "strong"},
    {RUN_ITALIC, "em"},
    {RUN_DELETED, "del"},
    {RUN_INSERTED, "ins"},
    {RUN_MARKED, "mark"},
    {RUN_SMALL, "small"},
    {RUN_SUPER, "sup"},
    {RUN_SUB, "sub"},
    {RUN_CODE, "code"},
};

/* breaks: newlines become <br>. */
static void escape(struct buf *out, struct str s, bool breaks)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		const char *entity = s.p[i] == '&'              ? "&amp;"
		                     : s.p[i] == '<'            ? "&lt;"
		                     : s.p[i] == '>'            ? "&gt;"
		                     : s.p[i] == '"'            ? "&quot;"
		                     : s.p[i] == '\n' && breaks ? "<br>\n"
		                                                : NULL;

		if (!entity)
			continue;
		buf_add(out, s.p + done, i - done);
		buf_adds(out, entity);
		done = i + 1;
	}
	if (s.len > done)
		buf_add(out, s.p + done, s.len - done);
}

static void attribute(struct buf *out, const char *name, struct str value)
{
	if (!value.len)
		return;
	buf_printf(out, " %s=\"", name);
	escape(out, value, false);
	buf_addc(out, '"');
}

static void inline_html(struct html *h, const struct rich *rich, bool breaks)
{
	struct rich_walk walk = {.rich = rich};
	struct rich_piece piece;
	uint16_t open_link = 0;

	while (rich_next(&walk, &piece)) {
		if (piece.link && piece.link != open_link) {
			buf_adds(h->out, "<a");
			attribute(h->out, "href", h->doc->links[piece.link - 1].url);
			buf_addc(h->out, '>');
		}
		open_link = piece.link;
		for (size_t i = 0; i < ARRAY_LEN(style_tags); i++) {
			if (piece.style & style_tags[i].style)
				buf_printf(h->out, "<%s>", style_tags[i].tag);
		}
		escape(h->out, piece.text, breaks);
		for (size_t i = ARRAY_LEN(style_tags); i-- > 0;) {
			if (piece.style & style_tags[i].style)
				buf_printf(h->out, "</%s>", style_tags[i].tag);
		}
		if (open_link && rich_next_link(&walk) != open_link) {
			buf_adds(h->out, "</a>");
			open_link = 0;
		}
	}
}

static void close_definitions(struct html *h)
{
	if (h->definitions)
		buf_adds(h->out, "</dl>\n");
	h->definitions = false;
}

static void close_lists(struct html *h, size_t keep)
{
	while (h->lists > keep)
		buf_adds(h->out, h->ordered[--h->lists] ? "</li>\n</ol>\n" : "</li>\n</ul>\n");
}

static void open_list(struct html *h, const struct block *b)
{
	bool ordered = b->kind == BLOCK_ITEM && b->ordered;

	if (!ordered)
		buf_adds(h->out, "<ul>\n<li>");
	else if (b->number != 1 && h->lists + 1 == b->level)
		buf_printf(h->out, "<ol start=\"%u\">\n<li>", (unsigned)b->number);
	else
		buf_adds(h->out, "<ol>\n<li>");
	h->ordered[h->lists++] = ordered;
}

static size_t level_of(const struct block *b)
{
	return b->kind == BLOCK_HEADING ? 0 : b->level;
}

/* Quotes that begin within the open list's item. */
static size_t inner_quotes(const struct html *h, const struct block *b)
{
	size_t level = level_of(b);

	return b->kind != BLOCK_ITEM && level && h->lists >= level && b->quote > h->quotes
	           ? b->quote - h->quotes
	           : 0;
}

/* Brings the open quotes and lists to where the block stands. */
static void enter(struct html *h, const struct block *b, size_t quote)
{
	size_t level = level_of(b);

	if (b->kind != BLOCK_TERM && b->kind != BLOCK_DESC)
		close_definitions(h);
	if (quote != h->quotes) {
		close_definitions(h);
		close_lists(h, 0);
	}
	if (h->sourced && quote && quote == h->quotes)
		buf_adds(h->out, "</blockquote>\n<blockquote>\n");
	h->sourced = b->kind == BLOCK_SOURCE;
	for (; h->quotes > quote; h->quotes--)
		buf_adds(h->out, "</blockquote>\n");
	for (; h->quotes < quote; h->quotes++)
		buf_adds(h->out, "<blockquote>\n");
	close_lists(h, level);
	if (b->kind == BLOCK_ITEM && level && h->lists == level) {
		if (h->ordered[level - 1] == b->ordered)
			buf_adds(h->out, "</li>\n<li>");
		else
			close_lists(h, level - 1);
	}
	while (h->lists < level)
		open_list(h, b);
	if (!h->definitions && (b->kind == BLOCK_TERM || b->kind == BLOCK_DESC)) {
		buf_adds(h->out, "<dl>\n");
		h->definitions = true;
	}
}

static void table(struct html *h, const struct doc_table *t)
{
	buf_adds(h->out, "<table>\n");
	if (t->caption.text.len) {
		buf_adds(h->out, "<caption>");
		inline_html(h, &t->caption, true);
		buf_adds(h->out, "</caption>\n");
	}
	for (size_t row = 0; row < t->n_rows; row++) {
		buf_adds(h->out, "<tr>");
		for (uint32_t c = t->row_start[row]; c < t->row_start[row + 1]; c++) {
			const struct doc_cell *cell = &t->cells[c];
			const char *tag = cell->flags & CELL_HEAD ? "th" : "td";

			buf_printf(h->out, "<%s", tag);
			if (cell->colspan > 1)
				buf_printf(h->out, " colspan=\"%u\"", (unsigned)cell->colspan);
			if (cell->rowspan > 1)
				buf_printf(h->out, " rowspan=\"%u\"", (unsigned)cell->rowspan);
			buf_addc(h->out, '>');
			inline_html(h, &cell->text, true);
			buf_printf(h->out, "</%s>", tag);
		}
		buf_adds(h->out, "</tr>\n");
	}
	buf_adds(h->out, "</table>\n");
}

static void figure(struct html *h, const struct block *b)
{
	buf_adds(h->out, "<figure>");
	if (b->url.len) {
		buf_adds(h->out, "<img");
		attribute(h->out, "src", b->url);
		attribute(h->out, "alt", b->alt);
		buf_addc(h->out, '>');
	}
	if (b->text.text.len) {
		buf_adds(h->out, "<figcaption>");
		inline_html(h, &b->text, true);
		buf_adds(h->out, "</figcaption>");
	}
	buf_adds(h->out, "</figure>\n");
}

static void medium(struct html *h, const struct block *b)
{
	buf_adds(h->out, "<figure><a");
	attribute(h->out, "href", b->url);
	buf_addc(h->out, '>');
	escape(h->out, b->alt.len ? b->alt : b->url, false);
	buf_adds(h->out, "</a>");
	if (b->text.text.len) {
		buf_adds(h->out, "<figcaption>");
		inline_html(h, &b->text, true);
		buf_adds(h->out, "</figcaption>");
	}
	buf_adds(h->out, "</figure>\n");
}

static void embed(struct html *h, const struct block *b)
{
	if (doc_is_medium(b)) {
		medium(h, b);
		return;
	}
	buf_adds(h->out, "<blockquote");
	attribute(h->out, "cite", b->url);
	buf_adds(h->out, ">\n");
	if (b->text.text.len) {
		buf_adds(h->out, "<p>");
		inline_html(h, &b->text, true);
		buf_adds(h->out, "</p>\n");
	}
	if (b->url.len) {
		buf_adds(h->out, "<p><a");
		attribute(h->out, "href", b->url);
		buf_addc(h->out, '>');
		escape(h->out, b->url, false);
		buf_adds(h->out, "</a></p>\n");
	}
	buf_adds(h->out, "</blockquote>\n");
}

static void code(struct html *h, const struct block *b)
{
	buf_adds(h->out, "<pre><code");
	if (b->label.len) {
		buf_adds(h->out, " class=\"language-");
		escape(h->out, b->label, false);
		buf_addc(h->out, '"');
	}
	buf_addc(h->out, '>');
	inline_html(h, &b->text, false);
	buf_adds(h->out, "</code></pre>\n");
}

static void wrapped(struct html *h, const struct block *b, const char *open, const char *close)
{
	buf_adds(h->out, open);
	inline_html(h, &b->text, true);
	buf_adds(h->out, close);
}

static void block_html(struct html *h, const struct block *b)
{
	unsigned level = b->level < 1 ? 1 : b->level > 6 ? 6 : b->level;

	switch (b->kind) {
	case BLOCK_HEADING:
		buf_printf(h->out, "<h%u>", level);
		inline_html(h, &b->text, true);
		buf_printf(h->out, "</h%u>\n", level);
		break;
	case BLOCK_ITEM:
		inline_html(h, &b->text, true);
		break;
	case BLOCK_TERM:
		wrapped(h, b, "<dt>", "</dt>\n");
		break;
	case BLOCK_DESC:
		wrapped(h, b, "<dd>", "</dd>\n");
		break;
	case BLOCK_CODE:
		code(h, b);
		break;
	case BLOCK_TABLE:
		table(h, b->table);
		break;
	case BLOCK_FIGURE:
		figure(h, b);
		break;
	case BLOCK_EMBED:
		embed(h, b);
		break;
	case BLOCK_NOTE:
		buf_adds(h->out, "<p><sup>");
		escape(h->out, b->label, false);
		wrapped(h, b, "</sup> ", "</p>\n");
		break;
	case BLOCK_RULE:
		buf_adds(h->out, "<hr>\n");
		break;
	case BLOCK_SOURCE:
		wrapped(h, b, "<footer>", "</footer>\n");
		break;
	case BLOCK_PARA:
	case BLOCK_ITEM_MORE:
	case BLOCK_VERSE:
		wrapped(h, b, "<p>", "</p>\n");
	}
}

void doc_out_html(struct buf *out, const struct doc *d)
{
	struct html h = {.out = out, .doc = d};

	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];
		size_t inner = inner_quotes(&h, b);

		enter(&h, b, b->quote - inner);
		for (size_t q = 0; q < inner; q++)
			buf_adds(out, "<blockquote>\n");
		block_html(&h, b);
		for (size_t q = 0; q < inner; q++)
			buf_adds(out, "</blockquote>\n");
	}
	close_definitions(&h);
	close_lists(&h, 0);
	for (; h.quotes; h.quotes--)
		buf_adds(out, "</blockquote>\n");
}
