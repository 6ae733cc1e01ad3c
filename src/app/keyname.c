/* SPDX-License-Identifier: MIT */
/* Names of keys, both ways, from the one table in key.h. */
#include "app/key.h"

#include "base/attr.h"
#include "text/utf8.h"

#define KEY_ROW(id, name, shown) {id, name, shown},
static const struct {
	uint32_t code;
	const char *name, *shown;
} named[] = {KEY_NAMES(KEY_ROW){' ', "space", "Space"}};

bool key_same(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods;
}

static bool cut_prefix(struct str *s, const char *prefix)
{
	struct str p = str_c(prefix);
	if (!str_starts_nocase(*s, prefix) || s->len == p.len)
		return false;
	*s = str_skip(*s, p.len);
	return true;
}

static bool cut_named(struct str *s, uint32_t *code)
{
	size_t best = 0;
	for (size_t i = 0; i < ARRAY_LEN(named); i++) {
		size_t len = str_c(named[i].name).len;
		if (len > best && str_starts_nocase(*s, named[i].name)) {
			best = len;
			*code = named[i].code;
		}
	}
	*s = str_skip(*s, best);
	return best > 0;
}

bool key_parse(struct str *name, struct key *out)
{
	*out = (struct key){0};
	if (!name->len)
		return false;
	for (;;) {
		if (cut_prefix(name, "ctrl-"))
			out->mods |= KEY_CTRL;
		else if (cut_prefix(name, "alt-"))
			out->mods |= KEY_ALT;
		else
			break;
	}
	if (cut_named(name, &out->code))
		return true;
	size_t at = 0;
	out->code = utf8_next(*name, &at);
	*name = str_skip(*name, at);
	if (out->mods & KEY_CTRL && out->code < 128)
		out->code = (uint32_t)ch_lower((int)out->code);
	return out->code >= ' ' && out->code != 127;
}

static void add_named(struct buf *out, struct key k, bool shown)
{
	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (named[i].code == k.code) {
			buf_adds(out, shown ? named[i].shown : named[i].name);
			return;
		}
	uint32_t cp = k.code;
	if (shown && k.mods & KEY_CTRL && cp >= 'a' && cp <= 'z')
		cp -= 'a' - 'A';
	buf_addcp(out, cp);
}

void key_name(struct buf *out, struct key k)
{
	if (k.mods & KEY_CTRL)
		buf_adds(out, "ctrl-");
	if (k.mods & KEY_ALT)
		buf_adds(out, "alt-");
	add_named(out, k, false);
}

void key_show(struct buf *out, struct key k)
{
	if (k.mods & KEY_CTRL)
		buf_adds(out, "Ctrl-");
	if (k.mods & KEY_ALT)
		buf_adds(out, "Alt-");
	add_named(out, k, true);
}
