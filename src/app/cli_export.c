/* SPDX-License-Identifier: MIT */
/* export: the sources as OPML 2.0, a folder for each section. What other programs cannot fetch is left out
 * and named. */
#include "app/cli.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "text/url.h"

#include <stdio.h>
#include <string.h>

static void add_xml(struct buf *out, struct str s)
{
	static const char special[] = "&<>\"'";
	static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
	for (size_t i = 0; i < s.len; i++) {
		const char *at = s.p[i] ? strchr(special, s.p[i]) : NULL;
		if (at)
			buf_adds(out, names[at - special]);
		else
			buf_addc(out, s.p[i]);
	}
}

/* Why a source has no place in the list; NULL: it has. */
static const char *why_not(const struct source_conf *s)
{
	if (s->command)
		return _("it is a program, not an address");
	if (!url_is_web(s->url))
		return _("its address is not http or https");
	if (s->mapping)
		return _("its json mapping has no form in OPML");
	return NULL;
}

/* The address without user and password: a list is made to be given away. */
static void add_address(struct buf *out, struct str url)
{
	struct url u;
	if (!url_split(url, &u) || !u.userinfo.len) {
		add_xml(out, url);
		return;
	}
	const char *after = u.userinfo.p + u.userinfo.len + 1;
	add_xml(out, str_n(url.p, (size_t)(u.userinfo.p - url.p)));
	add_xml(out, str_n(after, url.len - (size_t)(after - url.p)));
}

static void add_outline(struct buf *out, const struct source_conf *s, const char *indent)
{
	buf_printf(out, "%s<outline type=\"rss\" text=\"", indent);
	add_xml(out, s->name);
	buf_adds(out, "\" title=\"");
	add_xml(out, s->name);
	buf_adds(out, "\" xmlUrl=\"");
	add_address(out, s->url);
	buf_adds(out, "\"/>\n");
}

static bool in_section(const struct source_conf *s, struct str section)
{
	return section.len ? str_eq(s->section, section) : !s->section.len;
}

/* The sources of a section; a folder only when it holds any. */
static void add_section(struct buf *out, const struct source_conf *s, size_t n, struct str section)
{
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		if (!in_section(&s[i], section) || why_not(&s[i]))
			continue;
		if (section.len && !any) {
			buf_adds(out, "    <outline text=\"");
			add_xml(out, section);
			buf_adds(out, "\">\n");
		}
		any = true;
		add_outline(out, &s[i], section.len ? "      " : "    ");
	}
	if (section.len && any)
		buf_adds(out, "    </outline>\n");
}

static bool is_first_of_section(const struct source_conf *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (in_section(&s[k], s[i].section))
			return false;
	return true;
}

static void add_list(struct buf *out, const struct conf *conf)
{
	size_t n;
	const struct source_conf *s = conf_sources(conf, &n);
	buf_adds(
	    out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
	add_xml(out, str_c(_("Sources of courant")));
	buf_adds(out, "</title>\n  </head>\n  <body>\n");
	for (size_t i = 0; i < n; i++)
		if (is_first_of_section(s, i))
			add_section(out, s, n, s[i].section);
	buf_adds(out, "  </body>\n</opml>\n");
	for (size_t i = 0; i < n; i++)
		if (why_not(&s[i]))
			fprintf(
			    stderr, _("courant: left out: %.*s: %s\n"), STR_ARG(s[i].name), why_not(&s[i]));
}

int cli_export(struct cli *c)
{
	struct err err = {0};
	struct program_paths paths = {0};
	SCOPED(buf) struct buf out = BUF_INIT;
	bool created;
	if (c->n_args)
		err_set(&err, ERR_USAGE, _("export takes no words; it writes to standard output"));
	struct conf *conf = !err.code && program_paths(&paths, &c->program, &err)
	                        ? program_conf(&paths, false, &created, NULL, &err)
	                        : NULL;
	if (conf)
		add_list(&out, conf);
	conf_free(conf);
	program_paths_release(&paths);
	return err.code ? cli_fail(&err) : cli_print(&out);
}
