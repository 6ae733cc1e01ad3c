/* SPDX-License-Identifier: MIT */
/* What only Atom has: typed texts (1.0 by type, 0.3 by type and mode), ids, content out of line or in base64.
 */
#include "feed/entry.h"

#include "text/charset.h"
#include "text/url.h"

static bool is_type(struct str type, const char *a, const char *b)
{
	return str_eq_nocase(type, str_c(a)) || str_starts_nocase(type, b);
}

enum text_type text_type_of(const struct entry *e, const struct xnode *n, enum text_type untyped)
{
	struct str type = xnode_attr(n, "type"), mode = xnode_attr(n, "mode");

	if (n->has_elements)
		return TEXT_XHTML;
	if (is_type(type, "html", "text/html"))
		return TEXT_HTML;
	if (is_type(type, "xhtml", "application/xhtml") && !str_eqc(mode, "escaped"))
		return n->ns == NS_ATOM || e->f->atom_defaults ? TEXT_PLAIN : TEXT_HTML;
	if (str_eqc(mode, "escaped") && !is_type(type, "text", "text/"))
		return TEXT_HTML;
	if (is_type(type, "text", "text/plain") || is_type(type, "plain", "plain"))
		return TEXT_PLAIN;
	return n->ns == NS_ATOM || (n->ns == NS_NONE && e->f->atom_defaults) ? TEXT_PLAIN : untyped;
}

/* An id may be relative to xml:base; other words that have no scheme are left as they are. One that is an
 * address is where an entry without a link is. */
void f_id(struct entry *e, const struct xnode *n, int rank)
{
	struct str id = xnode_text(e->f->a, n);

	if (id.len && str_chr(id, ':') < 0 && (n->base.len || id.p[0] == '/')) {
		struct str full = entry_url(e, n, id);
		id = full.len ? full : id;
	}
	offer(&e->id, id, rank);
	if (url_is_web(id))
		offer(&e->link, entry_url(e, n, id), 9);
}

static int base64_value(int c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (ch_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* False: something else than base64 stands there. */
static bool base64_decode(struct buf *out, struct str s)
{
	unsigned bits = 0, n = 0;

	for (size_t i = 0; i < s.len && s.p[i] != '='; i++) {
		int v = base64_value((unsigned char)s.p[i]);
		if (ch_space((unsigned char)s.p[i]))
			continue;
		if (v < 0)
			return false;
		bits = bits << 6 | (unsigned)v;
		n += 6;
		if (n >= 8) {
			n -= 8;
			(void)buf_addc(out, (char)(bits >> n & 0xFF));
		}
	}
	return out->len > 0;
}

static bool says_base64(const struct entry *e, const struct xnode *n)
{
	struct str type = xnode_attr(n, "type");

	if (n->has_elements)
		return false;
	if (str_eq_nocase(xnode_attr(n, "mode"), STR("base64")))
		return true;
	return (n->ns == NS_ATOM || e->f->atom_defaults) && !xnode_attr(n, "mode").p &&
	       str_chr(type, '/') > 0 && !str_starts_nocase(type, "text/") && !str_ends_nocase(type, "xml");
}

bool text_is_base64(const struct entry *e, const struct xnode *n, struct str *decoded)
{
	SCOPED(buf) struct buf raw = BUF_INIT;
	SCOPED(buf) struct buf utf8 = BUF_INIT;

	*decoded = STR_NONE;
	if (!says_base64(e, n))
		return false;
	if (base64_decode(&raw, xnode_text(e->f->a, n)) &&
	    charset_to_utf8(&utf8, buf_str(&raw), STR_NONE, CHARSET_HTML, NULL, NULL))
		*decoded = arena_str(e->f->a, buf_str(&utf8));
	return true;
}

/* Text of no stated type is text by the letter of Atom; many write HTML into it all the same. */
static enum text_type body_type(struct entry *e, const struct xnode *n)
{
	enum text_type type = text_type_of(e, n, TEXT_HTML);

	if (type == TEXT_PLAIN && !xnode_attr(n, "type").p && looks_like_html(xnode_text(e->f->a, n)))
		return TEXT_HTML;
	return type;
}

void f_summary(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->summary, n, body_type(e, n), rank);
}

void f_content(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->body, n, body_type(e, n), rank);
}

void f_icon(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->favicon, entry_url(e, n, xnode_text(e->f->a, n)), rank);
}

void f_logo(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->image, entry_url(e, n, xnode_text(e->f->a, n)), rank);
}
