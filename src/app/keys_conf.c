/* SPDX-License-Identifier: MIT */
/* Keys of the configuration. */
#include "app/keys_conf.h"

#include "base/i18n.h"

static const struct {
	const char *name;
	unsigned places;
} places[] = {{"headlines", PLACE_HEADLINES}, {"article", PLACE_ARTICLE}, {"related", PLACE_RELATED},
    {"everywhere", PLACE_PANES}};

static unsigned place_named(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (str_eqc(name, places[i].name))
			return places[i].places;
	return 0;
}

void keys_from_conf(struct keymap *m, const struct conf *c, struct problems *problems)
{
	size_t n = 0;
	const struct key_conf *keys = conf_keys(c, &n);
	keymap_preset(m, conf_text(c, SET_KEYS_PRESET));
	for (size_t i = 0; i < n; i++) {
		struct err err = {0};
		unsigned place = place_named(keys[i].place);
		if (!place)
			problems_add(problems, keys[i].line, keys[i].column, false,
			    _("unknown place '%.*s': headlines, article, related or everywhere"),
			    STR_ARG(keys[i].place));
		else if (!keymap_bind(m, place, keys[i].key, keys[i].command, &err))
			problems_add(problems, keys[i].line, keys[i].column, false, "%s", err.message);
	}
}
