/* SPDX-License-Identifier: MIT */
/* JSON Feed 1.0 and 1.1, read leniently: a field of the wrong type is a field that is not there. */
#include "feed/jsonfeed.h"

#include "base/i18n.h"
#include "syntax/sanitize.h"
#include "text/safe.h"
#include "text/url.h"

static struct str text_at(struct entry *e, const struct json *v, const char *key)
{
	const struct json *m = json_get(v, key);

	return json_kind(m) == JSON_STRING || json_kind(m) == JSON_NUMBER ? json_text(e->f->a, m) : STR_NONE;
}

static struct str url_at(struct entry *e, const struct json *v, const char *key)
{
	return entry_url(e, NULL, json_string(json_get(v, key)));
}

static void pick_text(struct pick *p, struct str text, enum text_type type)
{
	if (str_trim(text).len && !p->rank)
		*p = (struct pick){.text = text, .type = type, .rank = 1};
}

static void take_author(struct entry *e, const struct json *v)
{
	if (json_kind(v) == JSON_STRING)
		add_person_string(e, json_string(v), 1);
	else
		add_person(e, text_at(e, v, "name"), url_at(e, v, "url"), 1);
	if (e->people.n && url_at(e, v, "avatar").len)
		vec_last(&e->people).avatar = url_at(e, v, "avatar");
}

/* 1.1 has a list, 1.0 a single one; both are seen in both. */
static void take_authors(struct entry *e, const struct json *v)
{
	const struct json *list = json_get(v, "authors"), *one = json_get(v, "author");

	if (json_kind(list) == JSON_ARRAY)
		for (const struct json *c = json_first(list); c; c = json_next(c))
			take_author(e, c);
	else if (list)
		take_author(e, list);
	if (one && !e->people.n)
		take_author(e, one);
}

static void take_tags(struct entry *e, const struct json *list)
{
	if (json_kind(list) == JSON_STRING)
		add_tags_split(e, json_string(list));
	else if (json_kind(list) == JSON_ARRAY)
		for (const struct json *c = json_first(list); c; c = json_next(c))
			add_tag(e, json_text(e->f->a, c));
}

static void take_attachment(struct entry *e, const struct json *v)
{
	double n;
	struct attachment *f =
	    add_file(e, NULL, json_string(json_get(v, "url")), json_string(json_get(v, "mime_type")));

	if (!f)
		return;
	f->title = safe_copy(e->f->a, json_string(json_get(v, "title")), SAFE_LINE);
	if (json_number(json_get(v, "size_in_bytes"), &n) && n >= 0 && n < 1e15)
		f->size_in_bytes = (int64_t)n;
	if (json_number(json_get(v, "duration_in_seconds"), &n) && n >= 0 && n < 1e9)
		f->duration_s = n;
}

static void take_item(struct feed_work *f, const struct json *v, struct item *it)
{
	struct entry e;
	struct str banner, external;

	entry_init(&e, f, false);
	offer(&e.id, text_at(&e, v, "id"), 1);
	offer(&e.link, url_at(&e, v, "url"), 1);
	pick_text(&e.title, text_at(&e, v, "title"), TEXT_PLAIN);
	pick_text(&e.body, text_at(&e, v, "content_html"), TEXT_HTML);
	pick_text(&e.body, text_at(&e, v, "content_text"), TEXT_PLAIN);
	pick_text(&e.summary, text_at(&e, v, "summary"), TEXT_PLAIN);
	offer(&e.image, url_at(&e, v, "image"), 1);
	offer(&e.lang, text_at(&e, v, "language"), 1);
	set_date(&e, text_at(&e, v, "date_published"), false, 1);
	set_date(&e, text_at(&e, v, "date_modified"), true, 1);
	take_authors(&e, v);
	take_tags(&e, json_get(v, "tags"));
	for (const struct json *c = json_first(json_get(v, "attachments")); c; c = json_next(c))
		take_attachment(&e, c);
	external = url_at(&e, v, "external_url");
	banner = url_at(&e, v, "banner_image");
	entry_finish_item(&e, it);
	it->external_url = external;
	it->banner_image = banner;
	it->id_is_url = it->id.len && url_is_web(it->id);
	entry_release(&e);
}

static void take_head(struct feed_work *f, const struct json *root)
{
	struct feed *feed = f->feed;
	struct entry e;

	entry_init(&e, f, true);
	pick_text(&e.title, text_at(&e, root, "title"), TEXT_PLAIN);
	pick_text(&e.summary, text_at(&e, root, "description"), TEXT_PLAIN);
	offer(&e.link, url_at(&e, root, "home_page_url"), 1);
	offer(&e.image, url_at(&e, root, "icon"), 1);
	offer(&e.favicon, url_at(&e, root, "favicon"), 1);
	offer(&e.lang, text_at(&e, root, "language"), 1);
	take_authors(&e, root);
	e.feed_url = url_at(&e, root, "feed_url");
	e.next_url = url_at(&e, root, "next_url");
	for (const struct json *c = json_first(json_get(root, "hubs")); c; c = json_next(c))
		if (!e.hub.len)
			e.hub = url_at(&e, c, "url");
	entry_finish_head(&e, feed);
	feed->expired = json_true(json_get(root, "expired"));
	entry_release(&e);
}

static bool is_jsonfeed(const struct json *root)
{
	struct str version = json_string(json_get(root, "version"));

	if (json_kind(root) != JSON_OBJECT)
		return false;
	return str_find_nocase(version, "jsonfeed.org") >= 0 ||
	       (json_kind(json_get(root, "items")) == JSON_ARRAY && (json_get(root, "title") || version.len));
}

bool jsonfeed_read(struct feed_work *f, const struct json *root, size_t max_items, struct err *err)
{
	const struct json *items = json_get(root, "items");
	struct feed *feed = f->feed;
	size_t n = json_count(items);

	if (!is_jsonfeed(root))
		return err_set(err, ERR_INPUT,
		    _("JSON, but no feed; a JSON API needs a mapping (json: in the configuration)"));
	feed->format = FEED_JSON;
	feed->version = safe_copy(f->a, json_string(json_get(root, "version")), SAFE_LINE);
	take_head(f, root);
	if (n > max_items) {
		feed_warn(f, WARN_ITEMS, "only the first %zu items were taken", max_items);
		n = max_items;
	}
	feed->items = arena_array(f->a, n ? n : 1, sizeof *feed->items);
	for (const struct json *c = json_first(items); c && feed->n_items < n; c = json_next(c)) {
		if (json_kind(c) == JSON_OBJECT)
			take_item(f, c, &feed->items[feed->n_items++]);
		else
			feed_warn(f, WARN_FIELD, "an item that is no object was left out");
	}
	return true;
}
