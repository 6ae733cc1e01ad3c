/* SPDX-License-Identifier: MIT */
/* The walk over a document from markup to markup: comments, instructions, CDATA, what stands before the root
 * and after it. Leaves tags to xml_tag.c, references and entities to xml_ref.c. */
#include "syntax/xml_repair.h"

#include "base/i18n.h"
#include "syntax/xml_priv.h"

#include <string.h>

#define BUDGET_FACTOR 10
#define BUDGET_LEAST  ((size_t)64 << 10)

void repair_cut(struct repair *r, size_t from, size_t to, struct str with)
{
	if (r->root_seen && r->skip == 0) {
		(void)buf_add(&r->lean->markup, r->in.p + r->copied, from - r->copied);
		(void)buf_addstr(&r->lean->markup, with);
	}
	r->copied = to;
}

void repair_add(struct repair *r, struct str with)
{
	if (r->skip == 0)
		(void)buf_addstr(&r->lean->markup, with);
}

void repair_hold(struct repair *r, struct str text, size_t to)
{
	char token[XML_TOKEN_LEN];
	size_t n = r->lean->texts.n;

	if (r->skip == 0 && text.len) {
		r->held_bytes += text.len;
		for (size_t i = sizeof token; i-- > 0; n >>= XML_TOKEN_BITS)
			token[i] = (char)(XML_TOKEN_FIRST + (n & ((1U << XML_TOKEN_BITS) - 1)));
		if (n > 0) /* more than can be numbered */
			r->lean->markup.failed = true;
		vec_push(&r->lean->texts, text);
		repair_cut(r, r->at, to, str_n(token, sizeof token));
	} else {
		repair_cut(r, r->at, to, STR(""));
	}
	r->at = to;
}

/* Place of `what` in in.p[at, to), SIZE_MAX when it is not there. Looks no further than it must. */
static size_t find_in(struct str in, size_t at, size_t to, const char *what)
{
	size_t len = strlen(what);

	while (at + len <= to) {
		const char *p = memchr(in.p + at, what[0], to - at - len + 1);
		if (!p)
			break;
		at = (size_t)(p - in.p);
		if (memcmp(p, what, len) == 0)
			return at;
		at++;
	}
	return SIZE_MAX;
}

static size_t find_from(struct str in, size_t at, const char *what)
{
	return find_in(in, at, in.len, what);
}

static void drop_to(struct repair *r, size_t to)
{
	repair_cut(r, r->at, to, STR(""));
	r->at = to;
}

static void do_comment(struct repair *r)
{
	size_t end = r->no_comment_end ? SIZE_MAX : find_from(r->in, r->at + 4, "-->");

	if (end == SIZE_MAX) {
		r->no_comment_end = true;
		size_t gt = find_from(r->in, r->at, ">");
		r->mended |= XML_TAGS;
		drop_to(r, gt == SIZE_MAX ? r->in.len : gt + 1);
		return;
	}
	drop_to(r, end + 3);
}

static void do_instruction(struct repair *r)
{
	size_t end = find_from(r->in, r->at, ">");

	drop_to(r, end == SIZE_MAX ? r->in.len : end + 1);
}

/* A CDATA section that was never closed ends where its element does: it either has no end at all, or only one
 * that belongs to a later section. */
static size_t cdata_end(struct repair *r, size_t from, size_t *after)
{
	size_t end = r->cdata_end < from ? find_from(r->in, from, "]]>") : r->cdata_end;
	size_t limit = end == SIZE_MAX ? r->in.len : end;
	struct str name = r->depth ? r->open[r->depth - 1].name : STR("");
	size_t again = find_in(r->in, from, limit, "<![CDATA[");

	r->cdata_end = end;
	*after = end == SIZE_MAX ? limit : end + 3;
	if (end != SIZE_MAX && again == SIZE_MAX)
		return end;
	again = again < limit ? again : limit;
	for (size_t at = from;; at += 2) {
		at = find_in(r->in, at, again, "</");
		if (at == SIZE_MAX)
			return limit;
		if (str_eq(str_sub(r->in, at + 2, name.len), name)) {
			r->mended |= XML_TAGS;
			*after = at;
			return at;
		}
	}
}

static void do_cdata(struct repair *r)
{
	size_t after, end = cdata_end(r, r->at + 9, &after);

	if (r->root_seen)
		repair_hold(r, repair_text(r, r->at + 9, end, IN_CDATA), after);
	r->at = after;
}

/* What begins with <!. */
static void do_declaration(struct repair *r, struct str rest)
{
	if (str_starts(rest, "<!--"))
		do_comment(r);
	else if (str_starts(rest, "<![CDATA["))
		do_cdata(r);
	else if (str_starts_nocase(rest, "<!doctype"))
		repair_doctype(r);
	else
		do_instruction(r);
}

/* One piece of markup at r->at, which is a <. */
static void do_markup(struct repair *r)
{
	struct str rest = str_skip(r->in, r->at);
	char next = rest.len > 1 ? rest.p[1] : '\0';

	if (next == '?')
		do_instruction(r);
	else if (next == '!')
		do_declaration(r, rest);
	else if (next == '/' ? !repair_end_tag(r) : !repair_start_tag(r)) {
		r->mended |= XML_TAGS;
		repair_hold(r, str_sub(r->in, r->at, 1), r->at + 1);
	}
}

/* What stands before the document: white space, a byte order mark, the output of a broken script. */
static void skip_prolog(struct repair *r)
{
	size_t decl = find_from(str_sub(r->in, 0, 65536), 0, "<?xml");
	size_t lt = find_from(r->in, 0, "<");
	size_t start = decl != SIZE_MAX ? decl : lt == SIZE_MAX ? r->in.len : lt;

	if (str_trim(str_sub(r->in, 0, start)).len > (str_starts(r->in, "\xEF\xBB\xBF") ? 3u : 0u))
		r->mended |= XML_JUNK;
	r->at = r->copied = start;
}

static void finish(struct repair *r)
{
	size_t end = r->at;

	if (r->depth) {
		r->mended |= XML_CUT;
		r->skip = 0;
		repair_close(r, 0, end);
	} else if (str_trim(str_skip(r->in, end)).len > 0) {
		struct str rest = str_trim(str_skip(r->in, end));
		if (!str_starts(rest, "<!--"))
			r->mended |= XML_JUNK;
	}
	if (r->copied < end)
		repair_cut(r, end, end, STR(""));
}

static void walk(struct repair *r)
{
	while (!r->done && r->at < r->in.len && !r->lean->markup.failed && r->held_bytes <= r->most_bytes) {
		const char *lt = memchr(r->in.p + r->at, '<', r->in.len - r->at);
		size_t end = lt ? (size_t)(lt - r->in.p) : r->in.len;
		if (r->root_seen && end > r->at)
			repair_hold(r, repair_text(r, r->at, end, IN_TEXT), end);
		r->at = end;
		if (lt)
			do_markup(r);
	}
}

bool xml_repair(struct arena *a, struct str in, struct xml_lean *lean, unsigned *mended, struct err *err)
{
	size_t most = in.len * BUDGET_FACTOR + BUDGET_LEAST;
	struct repair r = {.in = in, .a = a, .lean = lean, .held = BUF_MAX(most), .most_bytes = most};
	bool fits;

	lean->markup = BUF_MAX(most);
	r.budget = in.len * (BUDGET_FACTOR - 1) / 2 + BUDGET_LEAST;
	skip_prolog(&r);
	walk(&r);
	finish(&r);
	fits = !lean->markup.failed && !r.held.failed && r.held_bytes <= most && r.budget > 0;
	vec_free(&r.entities);
	buf_release(&r.held);
	*mended |= r.mended;
	if (!fits)
		return err_set(err, ERR_LIMIT, _("the document's entities grow beyond all bounds"));
	return r.root_seen || err_set(err, ERR_INPUT, _("no XML element in the document"));
}

void xml_lean_release(struct xml_lean *lean)
{
	buf_release(&lean->markup);
	vec_free(&lean->texts);
}
