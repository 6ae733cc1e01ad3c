/* SPDX-License-Identifier: MIT */
/* Commands of the sources and of the settings. */
#include "app/add.h"
#include "app/command.h"
#include "app/prompt.h"
#include "app/say.h"
#include "app/stay.h"
#include "base/i18n.h"
#include "conf/conf.h"

bool cmd_add_source(struct app *a, const struct args *args, struct err *err)
{
	if (a->edition)
		return err_set(
		    err, ERR_USAGE, _("the edition has no sources of yours; start courant without --demo"));
	if (args->rest.len)
		add_look(a, args->rest);
	else
		prompt_open(a, PROMPT_ADD, STR(""));
	return true;
}

bool cmd_stay(struct app *a, const struct args *args, struct err *err)
{
	const struct source_ref *s;
	if (!args->rest.len)
		return err_set(err, ERR_USAGE, _("stay takes the name of a source that moved; ! lists them"));
	s = app_source_named(a, str_trim(args->rest), err);
	if (s)
		stay_toggle(a, s->id);
	return s != NULL;
}

bool cmd_set(struct app *a, const struct args *args, struct err *err)
{
	struct str value = args->rest, name;
	if (!str_split(&value, ' ', &name) || !name.len)
		return err_set(err, ERR_USAGE, _("set takes a setting and its value: set mouse on"));
	value = str_trim(value);
	const struct setting *s = schema_path(name);
	if (s && s->id >= 0 && s->flags & (SF_RESTART | SF_LATER))
		return err_set(err, ERR_USAGE, _("%s is read at the start alone; set it in %s"), s->path,
		    a->config_path);
	if (s && s->id >= 0 && !value.len) {
		struct str now = conf_text(a->conf, (enum setting_id)s->id);
		say(a, "%s: %.*s", s->path, STR_ARG(now));
		return true;
	}
	if (!conf_put(a->conf, name, value, err))
		return false;
	a->conf_changed = true;
	app_relayout(a);
	say(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(value));
	return true;
}
