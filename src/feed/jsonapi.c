/* SPDX-License-Identifier: MIT */
/* Replies of JSON APIs, by the pointers, alternatives and templates of a mapping. Leaves the requests to
 * app/: a list of ids becomes items that have only an id and the address of their detail, a further page the
 * feed's next_url. */
#include "feed/jsonfeed.h"

#include <string.h>

#include "base/i18n.h"
#include "feed/jsonspec.h"
#include "syntax/escape.h"
#include "text/date.h"
#include "text/safe.h"
#include "text/url.h"

struct api {
	struct feed_work *f;
	const struct mapping *map;
	const struct json *root;
};

static bool is_html(const struct api *api, enum mapping_field field)
{
	return api->map->html_fields & 1u << field;
}

/* Text of a field; one that holds HTML is unescaped as often as the mapping says. */
static struct str field_text(const struct api *api, const struct json *el, enum mapping_field field)
{
	struct str text = jsonspec_text(api->f->a, el, api->map->fields[field]);

	for (int i = 0; text.len && is_html(api, field) && i < api->map->unescape && i < 4; i++) {
		SCOPED(buf) struct buf b = BUF_MAX(text.len + 64);
		(void)html_unescape(&b, text);
		text = arena_str(api->f->a, buf_str(&b));
	}
	return text;
}

static void take_text(const struct api *api, const struct json *el, enum mapping_field field, struct pick *p)
{
	struct str text = field_text(api, el, field);

	if (str_trim(text).len)
		*p = (struct pick){
		    .text = text, .type = is_html(api, field) ? TEXT_HTML : TEXT_PLAIN, .rank = 1};
}

static int64_t epoch(double n, struct str unit)
{
	if (str_eqc(unit, "ms"))
		n /= 1000;
	return n > -6e10 && n < 2.6e11 ? (int64_t)n : TIME_NONE;
}

static void take_date(const struct api *api, const struct json *el, enum mapping_field field, struct entry *e)
{
	const struct json *v = jsonspec_value(el, api->map->fields[field]);
	struct str text = v ? json_text(api->f->a, v) : jsonspec_text(api->f->a, el, api->map->fields[field]);
	int64_t t = TIME_NONE;
	double n;

	if (!text.len)
		return;
	if (api->map->date_unit.len && v && json_number(v, &n))
		t = epoch(n, api->map->date_unit);
	else if (api->map->date_format.len)
		t = date_parse_format(text, arena_cstr(api->f->a, api->map->date_format));
	if (t == TIME_NONE) {
		set_date(e, text, field == MAP_UPDATED, 1);
		return;
	}
	*(field == MAP_UPDATED ? &e->modified : &e->published) = t;
}

/* A list may hold words, or objects that have a name. */
static struct str word_of(const struct api *api, const struct json *v)
{
	static const char *const names[] = {"name", "title", "label", "term", "webTitle"};
	struct str text = json_text(api->f->a, v);

	for (size_t i = 0; !text.p && i < ARRAY_LEN(names); i++)
		text = json_string(json_get(v, names[i]));
	return text;
}

static void take_words(
    const struct api *api, const struct json *el, enum mapping_field field, struct entry *e)
{
	const struct json *v = jsonspec_value(el, api->map->fields[field]);

	if (json_kind(v) == JSON_ARRAY) {
		for (const struct json *c = json_first(v); c; c = json_next(c))
			if (field == MAP_TAGS)
				add_tag(e, word_of(api, c));
			else
				add_person(e, word_of(api, c), STR_NONE, 1);
		return;
	}
	if (field == MAP_TAGS)
		add_tags_split(e, field_text(api, el, field));
	else
		add_person_string(
		    e, json_kind(v) == JSON_OBJECT ? word_of(api, v) : field_text(api, el, field), 1);
}

static struct str take_url(
    const struct api *api, const struct json *el, enum mapping_field field, struct entry *e)
{
	return entry_url(e, NULL, jsonspec_text(api->f->a, el, api->map->fields[field]));
}

static void take_object(const struct api *api, const struct json *el, struct item *it)
{
	struct entry e;
	struct str file;

	entry_init(&e, api->f, false);
	offer(&e.id, jsonspec_text(api->f->a, el, api->map->fields[MAP_ID]), 1);
	take_text(api, el, MAP_TITLE, &e.title);
	take_text(api, el, MAP_SUMMARY, &e.summary);
	take_text(api, el, MAP_CONTENT, &e.body);
	offer(&e.link, take_url(api, el, MAP_URL, &e), 1);
	offer(&e.image, take_url(api, el, MAP_IMAGE, &e), 1);
	offer(&e.comments, take_url(api, el, MAP_COMMENTS, &e), 1);
	take_date(api, el, MAP_PUBLISHED, &e);
	take_date(api, el, MAP_UPDATED, &e);
	take_words(api, el, MAP_AUTHOR, &e);
	take_words(api, el, MAP_TAGS, &e);
	file = jsonspec_text(api->f->a, el, api->map->fields[MAP_ENCLOSURE]);
	if (file.len)
		(void)add_file(&e, NULL, file, STR_NONE);
	entry_finish_item(&e, it);
	it->id_is_url = it->id.len && url_is_web(it->id);
	entry_release(&e);
}

/* An element that is a bare id: the first of two steps. */
static void take_stub(const struct api *api, const struct json *el, struct item *it)
{
	*it = (struct item){.published = TIME_NONE, .modified = TIME_NONE};
	it->id = safe_copy(api->f->a, json_text(api->f->a, el), SAFE_LINE);
	it->url = jsonspec_fill_id(api->f->a, api->map->detail, it->id);
}

static void take_element(const struct api *api, const struct json *el)
{
	struct feed *feed = api->f->feed;
	enum json_kind kind = json_kind(el);

	if (kind == JSON_OBJECT)
		el = api->map->each.len ? json_pointer(el, api->map->each) : el;
	if (json_kind(el) == JSON_OBJECT)
		take_object(api, el, &feed->items[feed->n_items++]);
	else if (api->map->detail.len && (kind == JSON_NUMBER || kind == JSON_STRING))
		take_stub(api, el, &feed->items[feed->n_items++]);
	else if (kind != JSON_NULL)
		feed_warn(api->f, WARN_FIELD, "an element that is no object was left out");
}

/* What the API says went wrong, also with status 200. */
static bool api_error(const struct api *api, struct err *err)
{
	const struct json *v = jsonspec_value(api->root, api->map->error);
	SCOPED(buf) struct buf line = BUF_MAX(1024);
	struct str text =
	    json_kind(v) == JSON_OBJECT ? json_string(json_get(v, "message")) : json_text(api->f->a, v);

	if (!text.len || str_eqc(text, "false") || str_eqc(text, "0"))
		return true;
	(void)safe_add(&line, str_sub(text, 0, 300), SAFE_LINE);
	return err_set(err, ERR_INPUT, _("the API answers: %s"), buf_cstr(&line));
}

static struct str next_page(const struct api *api)
{
	const struct mapping *m = api->map;
	struct arena *a = api->f->a;
	struct str value;

	if (m->next_pointer.len) {
		value = json_text(a, json_pointer(api->root, m->next_pointer));
		if (!value.len || str_eqc(value, "false"))
			return STR_NONE;
		return m->next_param.len ? jsonspec_with_param(a, api->f->url, m->next_param, value)
		                         : url_resolve(a, api->f->url, value);
	}
	if (m->page_param.len) {
		double last = 0;
		(void)json_number(m->page_last.len ? json_pointer(api->root, m->page_last) : NULL, &last);
		return jsonspec_next_number(a, api->f->url, m->page_param, api->root, last);
	}
	return STR_NONE;
}

bool jsonapi_read(struct feed_work *f, const struct json *root, const struct mapping *map, size_t max_items,
    struct err *err)
{
	struct api api = {f, map, root};
	const struct json *list = map->items.p ? json_pointer(root, map->items) : root;
	struct feed *feed = f->feed;
	size_t n;

	feed->format = FEED_API;
	if (map->base_url.len)
		f->link_base = map->base_url;
	if (!api_error(&api, err))
		return false;
	if (map->detail.len && json_kind(list) != JSON_ARRAY && json_kind(root) == JSON_OBJECT) {
		feed->items = arena_new_of(f->a, struct item);
		take_element(&api, root);
		return true;
	}
	if (json_kind(list) != JSON_ARRAY)
		return err_set(err, ERR_INPUT, _("the reply has no list at \"%.*s\" (json: items)"),
		    STR_ARG(map->items));
	n = json_count(list);
	n = n < max_items ? n : max_items;
	feed->items = arena_array(f->a, n ? n : 1, sizeof *feed->items);
	for (const struct json *c = json_first(list); c && feed->n_items < n; c = json_next(c))
		take_element(&api, c);
	feed->next_url = next_page(&api);
	if (!url_is_web(feed->next_url))
		feed->next_url = STR_NONE;
	return true;
}
