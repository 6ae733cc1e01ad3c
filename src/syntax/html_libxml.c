/* SPDX-License-Identifier: MIT */
/* libxml2's HTML parser, event by event, into our tree: for pages too deep or too long for gumbo. No libxml2
 * tree is built. */
#include "syntax/html_priv.h"

#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>

static void on_start(void *arg, const xmlChar *name, const xmlChar **attrs)
{
	struct tree *t = arg;
	struct str s = str_c((const char *)name);

	if (str_eqc(s, "html")) /* our root stands for it */
		return;
	for (; attrs && attrs[0]; attrs += 2)
		tree_attr(
		    t, str_c((const char *)attrs[0]), attrs[1] ? str_c((const char *)attrs[1]) : STR(""));
	tree_open(t, tag_of_name(s), s);
}

static void on_end(void *arg, const xmlChar *name)
{
	struct tree *t = arg;

	if (!str_eqc(str_c((const char *)name), "html") && t->at != t->html->root)
		tree_close(t);
}

static void on_text(void *arg, const xmlChar *text, int len)
{
	tree_text(arg, str_n((const char *)text, len > 0 ? (size_t)len : 0));
}

static void on_error(void *arg, xmlErrorPtr error)
{
	(void)arg;
	(void)error;
}

void html_by_libxml(struct tree *t, struct str lean, bool fragment)
{
	htmlParserCtxtPtr ctxt = htmlNewParserCtxt();

	if (!ctxt || lean.len > INT_MAX)
		goto out;
	htmlSAXHandler *sax = ctxt->sax;
	memset(sax, 0, sizeof *sax);
	sax->startElement = on_start;
	sax->endElement = on_end;
	sax->characters = sax->cdataBlock = sax->ignorableWhitespace = on_text;
	sax->serror = on_error;
	sax->initialized = XML_SAX2_MAGIC;
	ctxt->userData = t;
	tree_open(t, fragment ? TAG_DIV : TAG_HTML, STR_NONE);
	htmlDocPtr doc = htmlCtxtReadMemory(ctxt, lean.p, (int)lean.len, NULL, "UTF-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
	        HTML_PARSE_NOIMPLIED);
	if (doc)
		xmlFreeDoc(doc);
	while (t->at)
		tree_close(t);
out:
	if (ctxt)
		htmlFreeParserCtxt(ctxt);
}
