/* SPDX-License-Identifier: MIT */
/* What a document is, by its own first bytes and its root, and who reads it. */
#include "feed/feed_parse.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "feed/jsonfeed.h"
#include "feed/xmlfeed.h"
#include "text/charset.h"
#include "text/safe.h"

#define MAX_TEXT ((size_t)64 << 20)

/* The first byte that is no white space and no byte order mark. */
static struct str beginning(struct str s)
{
	if (str_starts(s, "\xEF\xBB\xBF"))
		s = str_skip(s, 3);
	while (s.len && (ch_space((unsigned char)s.p[0]) || s.p[0] == '\0'))
		s = str_skip(s, 1);
	return s;
}

static bool is_json(struct str s)
{
	s = beginning(s);
	return s.len && (s.p[0] == '{' || s.p[0] == '[');
}

static bool has_markup(struct str s)
{
	const char *lt = s.len ? memchr(s.p, '<', s.len) : NULL;

	return lt != NULL;
}

struct magic {
	const char *bytes;
	size_t len;
	const char *what;
};

static const struct magic magics[] = {
    {"\x1f\x8b", 2, N_("a gzip archive")},
    {"PK\x03\x04", 4, N_("a ZIP archive")},
    {"%PDF", 4, N_("a PDF document")},
    {"\x89PNG", 4, N_("a picture")},
    {"\xff\xd8\xff", 3, N_("a picture")},
    {"GIF8", 4, N_("a picture")},
    {"\x7f"
     "ELF",
        4, N_("a program")},
    {"SQLite format 3", 15, N_("a database")},
};

static const char *binary_kind(struct str bytes)
{
	for (size_t i = 0; i < ARRAY_LEN(magics); i++)
		if (bytes.len >= magics[i].len && memcmp(bytes.p, magics[i].bytes, magics[i].len) == 0)
			return magics[i].what;
	return NULL;
}

static void work_begin(struct feed_work *f, struct arena *a, const struct feed_input *in, struct feed *out)
{
	*out = (struct feed){.published = TIME_NONE, .modified = TIME_NONE, .ttl_minutes = -1};
	*f = (struct feed_work){
	    .a = a, .url = in->url, .feed = out, .take_body = in->take_body, .body_arg = in->body_arg};
	f->body_arena = in->take_body ? arena_new() : NULL;
}

static void work_end(struct feed_work *f)
{
	f->feed->n_warnings = f->warnings.n;
	if (f->warnings.n)
		f->feed->warnings =
		    arena_grow(f->a, f->warnings.v, f->warnings.n, f->warnings.n, sizeof(struct str));
	vec_free(&f->warnings);
	arena_free(f->body_arena);
}

static bool decode(struct buf *utf8, const struct feed_input *in, enum charset_kind kind, struct feed_work *f,
    struct err *err)
{
	bool lied = false;

	if (!charset_to_utf8(utf8, in->bytes, in->content_type, kind, NULL, &lied))
		return err_set(err, ERR_LIMIT, _("the document is too large"));
	if (lied)
		feed_warn(f, 0, "the encoding that was stated is not the one that the document has");
	return true;
}

/* What the document is instead, as one sentence. */
static bool no_feed(enum xml_root root, struct str text, const char *name, struct err *err)
{
	SCOPED(buf) struct buf clean = BUF_MAX(512);

	if (root == ROOT_SITEMAP_INDEX)
		return err_set(err, ERR_INPUT,
		    _("an index of sitemaps, not a feed: give one of the sitemaps that it names"));
	if (root == ROOT_HTML || str_find_nocase(str_sub(text, 0, 4096), "<html") >= 0 ||
	    str_starts_nocase(beginning(text), "<!doctype html"))
		return err_set(err, ERR_INPUT, _("a web page, not a feed"));
	if (!name[0])
		return err_set(err, ERR_INPUT, _("no feed: neither XML nor JSON"));
	(void)safe_add(&clean, str_c(name), SAFE_LINE);
	return err_set(err, ERR_INPUT, _("no feed: an XML document of another kind (%s)"), buf_cstr(&clean));
}

/* Where the root of a feed stands further on, behind something that is no part of it; the length when
 * nowhere. */
static size_t find_root(struct str s)
{
	static const char *const roots[] = {"<rss", "<rdf:RDF", "<feed", "<urlset", "<opml", "<?xml"};
	size_t first = s.len;

	s = str_sub(s, 0, 65536);
	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		ptrdiff_t at = str_find_nocase(str_skip(s, 1), roots[i]);
		if (at >= 0 && (size_t)at + 1 < first)
			first = (size_t)at + 1;
	}
	return first;
}

static bool read_xml(struct feed_work *f, struct str text, size_t max_items, struct err *err)
{
	enum xml_root root = ROOT_UNKNOWN;
	char name[64] = "";
	struct str doc = beginning(text);

	for (int tries = 0; tries < 3; tries++) {
		size_t next;
		err_clear(err);
		if (xmlfeed_read(f, doc, max_items, &root, name, err))
			return true;
		if (err && err->code == ERR_LIMIT)
			return false;
		if (root == ROOT_OPML)
			return opml_read(f, doc, max_items, err);
		next = find_root(doc);
		if (root == ROOT_HTML || next >= doc.len)
			break;
		doc = str_skip(doc, next);
		feed_warn(f, 0, "something stood before the document");
	}
	return no_feed(root, text, name, err);
}

static bool read_json(
    struct feed_work *f, struct str text, const struct feed_input *in, size_t max, struct err *err)
{
	bool rest = false;
	SCOPED_PTR(json) struct json *root = json_parse(text, &rest, err);

	if (!root)
		return false;
	if (rest)
		feed_warn(f, 0, "something stood behind the document");
	return in->mapping ? jsonapi_read(f, root, in->mapping, max, err) : jsonfeed_read(f, root, max, err);
}

/* A reply that should be JSON and is not: its first line usually says why. */
static bool not_json(struct str text, struct err *err)
{
	SCOPED(buf) struct buf line = BUF_MAX(1024);
	struct str rest = beginning(text), first;

	if (!str_split(&rest, '\n', &first))
		return err_set(err, ERR_INPUT, _("an empty reply instead of JSON"));
	(void)safe_add(&line, str_sub(first, 0, 160), SAFE_LINE);
	return err_set(err, ERR_INPUT, _("not JSON, but: %s"), buf_cstr(&line));
}

static bool read_any(struct feed_work *f, const struct feed_input *in, struct err *err)
{
	SCOPED(buf) struct buf utf8 = BUF_MAX(MAX_TEXT);
	size_t max = in->max_items && in->max_items < FEED_MAX_ITEMS ? in->max_items : FEED_MAX_ITEMS;
	const char *binary = binary_kind(in->bytes);
	struct str text;

	if (binary)
		return err_set(err, ERR_INPUT, _("%s, not a feed"), _(binary));
	if (!decode(&utf8, in, is_json(in->bytes) ? CHARSET_JSON : CHARSET_XML, f, err))
		return false;
	text = buf_str(&utf8);
	if (beginning(text).len == 0)
		return err_set(err, ERR_INPUT, _("the document is empty"));
	if (is_json(text))
		return read_json(f, text, in, max, err);
	if (in->mapping)
		return not_json(text, err);
	if (!has_markup(text))
		return err_set(err, ERR_INPUT, _("no feed: plain text"));
	return read_xml(f, text, max, err);
}

bool feed_parse(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err)
{
	struct err own = {0};
	struct feed_work f;
	bool ok;

	work_begin(&f, a, in, out);
	ok = read_any(&f, in, err ? err : &own);
	work_end(&f);
	return ok;
}

bool feed_parse_opml(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err)
{
	struct err own = {0};

	if (!feed_parse(a, in, out, err ? err : &own))
		return false;
	return out->format == FEED_OPML ||
	       err_set(err, ERR_INPUT, _("a feed, not a subscription list (OPML)"));
}
