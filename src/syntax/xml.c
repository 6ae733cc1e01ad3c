/* SPDX-License-Identifier: MIT */
/* The one caller of libxml2's XML parser: the markup of repaired documents in, our events out, the text that
 * was held back in its places. Nothing of libxml2 is seen outside. */
#include "syntax/xml.h"

#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "syntax/xml_repair.h"

#define CHUNK ((size_t)32 << 10)

struct reading {
	const struct xml_events *ev;
	void *arg;
	xmlParserCtxtPtr ctxt;
	unsigned depth;
	bool stopped;
	const struct xml_lean *lean;
	size_t token;       /* the number of the text that is being told */
	unsigned token_len; /* characters of it so far */
	struct buf values;  /* attribute values that had to be decoded */
	struct xml_attr attrs[XML_MAX_ATTRS];
};

static struct str of_xml(const xmlChar *s)
{
	return str_c((const char *)s);
}

static void stop(struct reading *r)
{
	r->stopped = true;
	xmlStopParser(r->ctxt);
}

/* libxml2 leaves "&" in values as "&#38;" unless it is told to replace entities. Only offsets are safe while
 * the buffer grows, so it is made large enough first. */
static struct str decoded(struct buf *b, struct str raw)
{
	size_t start = b->len;

	for (ptrdiff_t i; (i = str_find(raw, STR("&#38;"))) >= 0;) {
		(void)buf_add(b, raw.p, (size_t)i + 1);
		raw = str_skip(raw, (size_t)i + 5);
	}
	(void)buf_addstr(b, raw);
	return str_n(b->data + start, b->len - start);
}

static size_t take_attrs(struct reading *r, int n, const xmlChar **attrs)
{
	size_t total = 0, count = 0;

	buf_reset(&r->values);
	for (int i = 0; i < n; i++)
		total += (size_t)(attrs[i * 5 + 4] - attrs[i * 5 + 3]);
	if (!buf_reserve(&r->values, total + 1))
		return 0;
	for (int i = 0; i < n && count < XML_MAX_ATTRS; i++) {
		const xmlChar **a = attrs + i * 5;
		struct str raw = str_n((const char *)a[3], (size_t)(a[4] - a[3]));
		r->attrs[count++] = (struct xml_attr){of_xml(a[1]), of_xml(a[2]), of_xml(a[0]),
		    memchr(raw.p, '&', raw.len) ? decoded(&r->values, raw) : raw};
	}
	return count;
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
    const xmlChar **ns, int n_attrs, int n_defaulted, const xmlChar **attrs)
{
	struct reading *r = arg;
	struct xml_element el = {of_xml(prefix), of_xml(uri), of_xml(name), r->attrs, 0, r->depth++};

	(void)n_ns;
	(void)ns;
	(void)n_defaulted;
	if (r->stopped)
		return;
	el.n_attrs = take_attrs(r, n_attrs, attrs);
	if (!r->ev->start(r->arg, &el))
		stop(r);
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = arg;

	(void)name;
	(void)prefix;
	(void)uri;
	r->depth--;
	if (!r->stopped && !r->ev->end(r->arg))
		stop(r);
}

static void on_text(void *arg, const xmlChar *text, int len)
{
	struct reading *r = arg;

	for (int i = 0; i < len && !r->stopped; i++) {
		r->token = r->token << XML_TOKEN_BITS | (size_t)(text[i] - XML_TOKEN_FIRST);
		if (++r->token_len < XML_TOKEN_LEN)
			continue;
		if (r->token < r->lean->texts.n && !r->ev->text(r->arg, r->lean->texts.v[r->token]))
			stop(r);
		r->token = r->token_len = 0;
	}
}

/* What is not well-formed was mended before; what the parser still complains of, it recovers from. */
static void on_error(void *arg, xmlErrorPtr error)
{
	(void)arg;
	(void)error;
}

static xmlParserInputPtr refuse(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
	(void)url;
	(void)id;
	(void)ctxt;
	return NULL;
}

static void close_open(struct reading *r)
{
	while (r->depth-- > 0 && !r->stopped)
		if (!r->ev->end(r->arg))
			return;
}

static bool feed_parser(struct reading *r, struct str doc, struct err *err)
{
	xmlSAXHandler sax;

	memset(&sax, 0, sizeof sax);
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	sax.characters = on_text;
	sax.ignorableWhitespace = on_text;
	sax.cdataBlock = on_text;
	sax.serror = on_error;
	xmlSetExternalEntityLoader(refuse);
	r->ctxt = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (!r->ctxt)
		return err_set(err, ERR_INTERNAL, _("the XML parser could not be started"));
	xmlCtxtUseOptions(r->ctxt, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_COMPACT);
	for (size_t at = 0; at < doc.len && !r->stopped; at += CHUNK) {
		struct str piece = str_sub(doc, at, CHUNK);
		xmlParseChunk(r->ctxt, piece.p, (int)piece.len, at + piece.len == doc.len);
	}
	close_open(r);
	xmlFreeParserCtxt(r->ctxt);
	return true;
}

static bool parse_lean(const struct xml_lean *lean, const struct xml_events *ev, void *arg, struct err *err)
{
	struct reading *r = mem_new(struct reading);
	bool ok;

	r->ev = ev;
	r->arg = arg;
	r->lean = lean;
	r->values = BUF_MAX(lean->markup.len * 10 + 4096);
	ok = feed_parser(r, buf_str(&lean->markup), err);
	buf_release(&r->values);
	mem_free(r);
	return ok;
}

bool xml_parse(struct arena *a, struct str utf8, const struct xml_events *ev, void *arg, unsigned *mended,
    struct err *err)
{
	struct xml_lean lean = {.markup = BUF_INIT};
	unsigned bits = 0;
	bool ok = xml_repair(a, utf8, &lean, &bits, err);

	if (mended)
		*mended = bits;
	ok = ok && parse_lean(&lean, ev, arg, err);
	xml_lean_release(&lean);
	return ok;
}
