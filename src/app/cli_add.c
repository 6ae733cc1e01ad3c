/* SPDX-License-Identifier: MIT */
/* add: the feeds of an address, the one to take, its lines in the configuration, its first refresh. */
#include "app/cli.h"

#include "app/add.h"
#include "app/add_find.h"
#include "app/source_request.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf_write.h"

#include <stdio.h>
#include <unistd.h>

bool cli_own_conf(const struct cli *c, struct program_paths *paths, struct conf **conf, struct err *err)
{
	bool created;
	*conf = NULL;
	if (!program_paths(paths, &c->program, err))
		return false;
	if (paths->edition_dir)
		return err_set(err, ERR_USAGE, _("the edition has no sources of yours; leave --demo out"));
	*conf = file_exists(paths->config) ? program_conf(paths, false, &created, NULL, err) : conf_new();
	return *conf != NULL;
}

static void on_found(void *arg, struct finding *f)
{
	(void)f;
	*(bool *)arg = true;
}

/* Prints what was found. */
static void list(const struct finding *f)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	size_t n;
	const struct found_feed *feeds = finding_feeds(f, &n);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&out, "%2zu  ", i + 1);
		add_describe(&out, &feeds[i]);
		buf_addc(&out, '\n');
		for (size_t k = 0; k < feeds[i].n_titles; k++)
			buf_printf(&out, "      %.*s\n", STR_ARG(feeds[i].titles[k]));
	}
	cli_print(&out);
}

/* Which of n feeds: as stated, as typed, else the first. 0: none. */
static size_t choose(const struct cli *c, size_t n, struct err *err)
{
	char line[32] = "";
	uint64_t number = 1;
	if (c->pick) {
		if (c->pick > n)
			err_set(err, ERR_USAGE, P_("there is %zu feed", "there are %zu feeds", n), n);
		return c->pick <= n ? c->pick : 0;
	}
	if (n < 2 || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return 1;
	/* TRANSLATORS: a question; Enter alone takes the first feed of the list */
	printf(_("Which one? [1] "));
	fflush(stdout);
	if (!fgets(line, sizeof line, stdin))
		err_set(err, ERR_CANCELLED, _("none was taken"));
	else if (str_trim(str_c(line)).len &&
	         (!str_u64(str_trim(str_c(line)), &number) || !number || number > n))
		err_set(err, ERR_USAGE, P_("there is %zu feed", "there are %zu feeds", n), n);
	return err->code ? 0 : (size_t)number;
}

/* Puts it into the file and shows the lines. *added: false when it is there already. */
static bool write_down(const struct cli *c, const struct program_paths *paths, const struct found_feed *feed,
    bool *added, struct err *err)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	struct new_source s = {
	    .name = c->name ? str_c(c->name) : feed->name, .url = feed->url, .section = str_c(c->section)};
	size_t n = 0;
	if (!conf_add_sources(paths->config, &s, 1, &n, err))
		return false;
	*added = n > 0;
	if (n) {
		buf_printf(&out, _("Added to %s:\n"), paths->config);
		conf_source_lines(&out, &s, 1, 2);
	} else {
		buf_printf(&out, _("%.*s is a source already.\n"), STR_ARG(feed->url));
	}
	return cli_print(&out) == 0;
}

/* Looks, lists, takes one. *feed borrows from the finding. */
static bool look(struct cli *c, const struct conf *conf, const struct program_paths *paths, struct buf *url,
    struct err *err)
{
	struct fetch_settings settings;
	bool found = false, added = false;
	size_t n = 0;
	fetch_settings_of(conf, &settings);
	SCOPED_PTR(loop) struct loop *l = loop_new(err);
	SCOPED_PTR(hands) struct hands *h = l ? hands_new(l, &settings, err) : NULL;
	struct finding *f = h ? finding_new(h, conf, str_c(c->args[0]), on_found, &found, err) : NULL;
	bool ok = f != NULL;
	while (ok && !found)
		ok = loop_turn(l, -1, err);
	const struct found_feed *feeds = ok ? finding_feeds(f, &n) : NULL;
	if (ok && !n)
		ok = err_set(err, ERR_NOT_FOUND, "%.*s", STR_ARG(finding_problem(f)));
	if (ok) {
		list(f);
		size_t one = choose(c, n, err);
		ok = one && write_down(c, paths, &feeds[one - 1], &added, err);
		if (ok && added)
			buf_addstr(url, feeds[one - 1].url);
		if (ok && n > 1 && !c->pick && one == 1)
			printf(_("courant add --pick N takes another one.\n"));
	}
	if (found)
		finding_free(f);
	return ok;
}

int cli_add(struct cli *c)
{
	struct err err = {0};
	struct program_paths paths = {0};
	struct conf *conf = NULL;
	SCOPED(buf) struct buf url = BUF_MAX(16384);
	bool ok = c->n_args == 1 ? cli_own_conf(c, &paths, &conf, &err) && look(c, conf, &paths, &url, &err)
	                         : err_set(&err, ERR_USAGE, _("add takes one address"));
	program_paths_release(&paths);
	conf_free(conf);
	if (!ok)
		return cli_fail(&err);
	return url.len ? cli_refresh(c, buf_str(&url)) : 0;
}
