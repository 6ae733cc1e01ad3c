/* SPDX-License-Identifier: MIT */
/* JSON Feed 1.1 from the record. Absent fields are left out; items without an id get their address, or a
 * number made of what they hold, because the format asks for one. */
#include "model/feed_json.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "text/json_out.h"

static void write_time(struct json_out *j, const char *key, int64_t t)
{
	if (t != TIME_NONE)
		json_time(j, key, t);
}

static void write_people(struct json_out *j, const struct person *p, size_t n)
{
	if (n == 0)
		return;
	json_array(j, "authors");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_str_if(j, "name", p[i].name);
		json_str_if(j, "url", p[i].url);
		json_str_if(j, "avatar", p[i].avatar);
		json_end_object(j);
	}
	json_end_array(j);
}

static void write_tags(struct json_out *j, const char *key, const struct str *v, size_t n)
{
	if (n == 0)
		return;
	json_array(j, key);
	for (size_t i = 0; i < n; i++)
		json_str(j, NULL, v[i]);
	json_end_array(j);
}

static void write_attachments(struct json_out *j, const struct item *it)
{
	if (it->n_attachments == 0)
		return;
	json_array(j, "attachments");
	for (size_t i = 0; i < it->n_attachments; i++) {
		const struct attachment *a = &it->attachments[i];
		json_object(j, NULL);
		json_str(j, "url", a->url);
		json_str_if(j, "mime_type", a->mime_type);
		json_str_if(j, "title", a->title);
		if (a->size_in_bytes >= 0)
			json_int(j, "size_in_bytes", a->size_in_bytes);
		if (a->duration_s >= 0)
			json_num(j, "duration_in_seconds", a->duration_s);
		json_end_object(j);
	}
	json_end_array(j);
}

static void write_id(struct json_out *j, const struct item *it)
{
	char made[24];

	if (it->id.len) {
		json_str(j, "id", it->id);
	} else if (it->url.len) {
		json_str(j, "id", it->url);
	} else {
		uint64_t h = hash_stable_more(
		    hash_stable(it->title), it->content_html.len ? it->content_html : it->summary);
		(void)snprintf(made, sizeof made, "%016" PRIx64, h);
		json_str(j, "id", str_c(made));
	}
}

static void write_item_own(struct json_out *j, const struct item *it)
{
	bool talk = it->comments_url.len || it->comments_feed_url.len || it->n_comments > 0;

	if (!talk && !it->transcript_url.len && !it->chapters_url.len)
		return;
	json_object(j, "_courant");
	json_str_if(j, "comments_url", it->comments_url);
	json_str_if(j, "comments_feed_url", it->comments_feed_url);
	if (it->n_comments > 0)
		json_int(j, "comments_count", it->n_comments);
	json_str_if(j, "transcript_url", it->transcript_url);
	json_str_if(j, "chapters_url", it->chapters_url);
	json_end_object(j);
}

static void write_item(struct json_out *j, const struct item *it)
{
	json_object(j, NULL);
	write_id(j, it);
	json_str_if(j, "url", it->url);
	json_str_if(j, "external_url", it->external_url);
	json_str_if(j, "title", it->title);
	json_str_if(j, "content_html", it->content_html);
	json_str_if(j, "content_text", it->content_text);
	json_str_if(j, "summary", it->summary);
	json_str_if(j, "image", it->image);
	json_str_if(j, "banner_image", it->banner_image);
	write_time(j, "date_published", it->published);
	write_time(j, "date_modified", it->modified);
	write_people(j, it->authors, it->n_authors);
	write_tags(j, "tags", it->tags, it->n_tags);
	json_str_if(j, "language", it->language);
	write_attachments(j, it);
	write_item_own(j, it);
	json_end_object(j);
}

/* "rss2.0", "atom1.0", "jsonfeed1.1", "sitemap-news", "opml". */
static void write_format(struct json_out *j, const struct feed *f)
{
	ptrdiff_t slash = str_rchr(f->version, '/');
	struct str version = str_skip(f->version, (size_t)(slash + 1));
	char name[64];
	const char *word = feed_format_name(f->format), *between = "";

	if (f->format == FEED_RDF)
		word = "rss";
	if (f->format == FEED_JSON)
		word = "jsonfeed";
	if (f->format == FEED_SITEMAP && version.len)
		between = "-";
	if (f->format == FEED_OPML || version.len > 16)
		version.len = 0;
	(void)snprintf(name, sizeof name, "%s%s%.*s", word, between, STR_ARG(version));
	json_str(j, "format", str_c(name));
}

static void write_own(struct json_out *j, const struct feed *f)
{
	json_object(j, "_courant");
	write_format(j, f);
	if (f->ttl_minutes >= 0)
		json_int(j, "ttl_minutes", f->ttl_minutes);
	json_str_if(j, "copyright", f->copyright);
	write_time(j, "date_published", f->published);
	write_time(j, "date_modified", f->modified);
	json_array(j, "warnings");
	for (size_t i = 0; i < f->n_warnings; i++)
		json_str(j, NULL, f->warnings[i]);
	json_end_array(j);
	json_end_object(j);
}

bool feed_json(struct buf *out, const struct feed *f)
{
	struct json_out j;

	json_begin(&j, out, true);
	json_object(&j, NULL);
	json_str(&j, "version", STR("https://jsonfeed.org/version/1.1"));
	json_str(&j, "title", f->title.p ? f->title : STR(""));
	json_str_if(&j, "home_page_url", f->home_page_url);
	json_str_if(&j, "feed_url", f->feed_url);
	json_str_if(&j, "description", f->description);
	json_str_if(&j, "next_url", f->next_url);
	json_str_if(&j, "icon", f->icon);
	json_str_if(&j, "favicon", f->favicon);
	write_people(&j, f->authors, f->n_authors);
	json_str_if(&j, "language", f->language);
	if (f->expired)
		json_bool(&j, "expired", true);
	if (f->hub.len) {
		json_array(&j, "hubs");
		json_object(&j, NULL);
		json_str(&j, "type", STR("WebSub"));
		json_str(&j, "url", f->hub);
		json_end_object(&j);
		json_end_array(&j);
	}
	write_own(&j, f);
	json_array(&j, "items");
	for (size_t i = 0; i < f->n_items; i++)
		write_item(&j, &f->items[i]);
	json_end_array(&j);
	json_end_object(&j);
	return !out->failed;
}
