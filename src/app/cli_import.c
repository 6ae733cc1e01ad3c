/* SPDX-License-Identifier: MIT */
/* import: another program's subscriptions into the configuration. */
#include "app/cli.h"

#include "app/cli_bytes.h"
#include "app/import.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>

#define FILE_MAX_BYTES ((size_t)64 << 20)
#define TOLD_MAX       50 /* of what was left out; the rest is counted */

static bool read_opml(struct buf *bytes, const char *path, struct import *m, struct err *err)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	SCOPED(buf) struct buf record = BUF_MAX((size_t)256 << 20);
	struct job job = {.kind = JOB_OPML, .max_items = IMPORT_MAX_SOURCES + 1};
	struct feed list;
	if (!cli_parse_bytes(bytes, path, &job, &record, err) ||
	    !feed_decode(arena, buf_str(&record), &list, err))
		return false;
	import_feed(m, &list);
	return true;
}

static bool read_file(const struct cli *c, struct import *m, struct err *err)
{
	enum import_from from = IMPORT_BY_CONTENT;
	SCOPED(buf) struct buf bytes = BUF_MAX(FILE_MAX_BYTES);
	if (c->n_args != 1)
		return err_set(err, ERR_USAGE, _("import takes one file ('-' is standard input)"));
	if ((c->from && !import_from_name(c->from, &from, err)) || !file_read(c->args[0], &bytes, err))
		return false;
	if (from == IMPORT_BY_CONTENT)
		from = import_sniff(buf_str(&bytes));
	if (from != IMPORT_OPML)
		import_text(m, from, buf_str(&bytes));
	else if (!read_opml(&bytes, c->args[0], m, err))
		return false;
	if (!m->sources.n && !m->sections.n && !m->left_out.n)
		return err_set(err, ERR_INPUT, _("%s names no subscriptions"), c->args[0]);
	return true;
}

static void tell_left_out(const struct import *m)
{
	SCOPED(buf) struct buf words = BUF_INIT;
	size_t more = m->more_left_out;
	for (size_t i = 0; i < m->left_out.n; i++) {
		const struct import_left_out *x = &m->left_out.v[i];
		if (i < TOLD_MAX)
			buf_printf(
			    &words, _("courant: left out: %.*s: %.*s\n"), STR_ARG(x->what), STR_ARG(x->why));
		else
			more++;
	}
	if (more)
		buf_printf(
		    &words, P_("courant: left out: %zu more\n", "courant: left out: %zu more\n", more), more);
	fwrite(buf_cstr(&words), 1, words.len, stderr);
}

/* What of it is new, as it will stand in the file. */
static void tell_added(const struct import *m, const char *path, struct buf *out)
{
	if (!m->sources.n && !m->sections.n) {
		buf_printf(out, _("Nothing new for %s\n"), path);
		return;
	}
	buf_printf(out, P_("%zu source added to %s:\n", "%zu sources added to %s:\n", m->sources.n),
	    m->sources.n, path);
	conf_source_lines(out, m->sources.v, m->sources.n, 2);
	if (m->sections.n)
		buf_adds(out, "sections:\n");
	conf_section_lines(out, m->sections.v, m->sections.n, 2);
}

/* Leaves only what the configuration does not have. */
static void keep_new(struct import *m, const struct conf *conf, const char *section)
{
	VEC_EACH (struct new_source, s, &m->sources)
		if (section && !s->section.len)
			s->section = str_c(section);
	if (m->sources.n)
		m->sources.n = conf_pick_sources(conf, m->sources.v, m->sources.n, m->sources.v);
	if (m->sections.n)
		m->sections.n = conf_pick_sections(conf, m->sections.v, m->sections.n, m->sections.v);
}

static bool run(struct cli *c, struct import *m, struct buf *out, struct err *err)
{
	struct program_paths paths = {0};
	struct conf *conf = NULL;
	bool ok = read_file(c, m, err) && cli_own_conf(c, &paths, &conf, err);
	if (ok) {
		keep_new(m, conf, c->section);
		ok = (!m->sources.n ||
		         conf_add_sources(paths.config, m->sources.v, m->sources.n, NULL, err)) &&
		     (!m->sections.n ||
		         conf_add_sections(paths.config, m->sections.v, m->sections.n, NULL, err));
	}
	if (ok) {
		tell_left_out(m);
		tell_added(m, paths.config, out);
	}
	conf_free(conf);
	program_paths_release(&paths);
	return ok;
}

int cli_import(struct cli *c)
{
	struct err err = {0};
	struct import m;
	SCOPED(buf) struct buf out = BUF_INIT;
	import_init(&m, c->with_commands);
	bool ok = run(c, &m, &out, &err);
	import_release(&m);
	return ok ? cli_print(&out) : cli_fail(&err);
}
