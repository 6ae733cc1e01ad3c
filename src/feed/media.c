/* SPDX-License-Identifier: MIT */
/* Media RSS and podcasts: pictures, films, sounds and what is said of them. */
#include "feed/entry.h"

/* Told by the end of the address where nothing else tells it. */
static bool is_picture_address(struct str url)
{
	static const char *const ends[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"};
	ptrdiff_t query = str_chr(url, '?');

	url = query < 0 ? url : str_sub(url, 0, (size_t)query);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends_nocase(url, ends[i]))
			return true;
	return false;
}

static bool is_picture(const struct xnode *n)
{
	struct str medium = xnode_attr(n, "medium"), type = xnode_attr(n, "type");

	if (!medium.len && !type.len)
		return is_picture_address(xnode_attr(n, "url"));
	return str_eq_nocase(medium, STR("image")) || str_starts_nocase(type, "image/");
}

void f_media_content(struct entry *e, const struct xnode *n, int rank)
{
	struct str url = xnode_attr(n, "url");
	struct attachment *f;
	double seconds = duration_seconds(xnode_attr(n, "duration"));

	if (is_picture(n))
		offer(&e->image, entry_url(e, n, url), rank);
	f = add_file(e, n, url, xnode_attr(n, "type"));
	if (f && f->size_in_bytes < 0)
		f->size_in_bytes = file_size(xnode_attr(n, "filesize"));
	if (f && f->duration_s < 0)
		f->duration_s = seconds;
	entry_take(e, n);
}

void f_media_thumbnail(struct entry *e, const struct xnode *n, int rank)
{
	struct str url = xnode_attr(n, "url");

	offer(&e->image, entry_url(e, n, url.len ? url : xnode_text(e->f->a, n)), rank + 1);
}

bool looks_like_html(struct str s)
{
	static const char *const signs[] = {"</p>", "</a>", "</div>", "</b>", "</i>", "</em>", "</strong>",
	    "</li>", "</span>", "</h1>", "</h2>", "</h3>", "<br>", "<br/>", "<br />", "<p>", "<img "};

	if (str_chr(s, '<') < 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_find_nocase(s, signs[i]) >= 0)
			return true;
	return false;
}

/* References that only HTML would write twice. */
static bool has_references(struct str s)
{
	static const char *const signs[] = {"&lt;", "&amp;", "&#", "&nbsp;", "&quot;"};

	for (size_t i = 0; str_chr(s, '&') >= 0 && i < ARRAY_LEN(signs); i++)
		if (str_find(s, str_c(signs[i])) >= 0)
			return true;
	return false;
}

/* Plain by default, but not in practice. */
void f_media_text(struct entry *e, const struct xnode *n, int rank)
{
	struct str text = xnode_text(e->f->a, n);
	enum text_type untyped = looks_like_html(text) || has_references(text) ? TEXT_HTML : TEXT_PLAIN;

	offer_text(e, &e->summary, n,
	    text_type_of(e, n, TEXT_HTML) == TEXT_PLAIN ? untyped : text_type_of(e, n, untyped), rank);
}

void f_itunes_image(struct entry *e, const struct xnode *n, int rank)
{
	struct str ref = xnode_attr(n, "href");

	if (!ref.len)
		ref = xnode_attr(n, "url");
	offer(&e->image, entry_url(e, n, ref.len ? ref : xnode_text(e->f->a, n)), rank);
}

void f_itunes_duration(struct entry *e, const struct xnode *n, int rank)
{
	(void)rank;
	if (e->duration_s < 0)
		e->duration_s = duration_seconds(xnode_text(e->f->a, n));
}

void f_itunes_text(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->summary, n, TEXT_HTML, rank);
}

/* A transcript comes in several forms: those that a person reads count before those made for players. */
void f_transcript(struct entry *e, const struct xnode *n, int rank)
{
	static const char *const forms[] = {"text/html", "text/plain", "text/vtt"};
	struct str type = xnode_attr(n, "type");
	int form = 0;

	while (form < (int)ARRAY_LEN(forms) && !str_starts_nocase(type, forms[form]))
		form++;
	offer(&e->transcript, entry_url(e, n, xnode_attr(n, "url")), rank + form);
}

void f_chapters(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->chapters, entry_url(e, n, xnode_attr(n, "url")), rank);
}
