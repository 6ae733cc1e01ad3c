/* SPDX-License-Identifier: MIT */
/* Elements of the smaller namespaces: Dublin Core, content, xhtml, syndication, news sitemaps. */
#include "feed/entry.h"

#include "text/safe.h"

void f_descend(struct entry *e, const struct xnode *n, int rank)
{
	(void)rank;
	entry_take(e, n);
}

void f_person(struct entry *e, const struct xnode *n, int rank)
{
	if (n->has_elements)
		f_author(e, n, rank);
	else
		add_person_string(e, xnode_text(e->f->a, n), rank);
}

void f_subject(struct entry *e, const struct xnode *n, int rank)
{
	struct str label = xnode_attr(n, "label");

	(void)rank;
	add_tag(e, label.len ? label : xnode_text(e->f->a, n));
}

void f_identifier(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->id, xnode_text(e->f->a, n), rank);
}

void f_keywords(struct entry *e, const struct xnode *n, int rank)
{
	(void)rank;
	add_tags_split(e, xnode_text(e->f->a, n));
}

void f_encoded(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->body, n, TEXT_HTML, rank);
}

void f_xhtml_body(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->body, n, TEXT_HTML, rank);
}

void f_sy_period(struct entry *e, const struct xnode *n, int rank)
{
	static const struct {
		const char *word;
		int minutes;
	} periods[] = {
	    {"hourly", 60}, {"daily", 1440}, {"weekly", 10080}, {"monthly", 43200}, {"yearly", 525600}};
	struct str text = xnode_text(e->f->a, n);

	(void)rank;
	for (size_t i = 0; i < ARRAY_LEN(periods); i++)
		if (str_eq_nocase(text, str_c(periods[i].word)))
			e->sy_period_minutes = periods[i].minutes;
}

void f_sy_frequency(struct entry *e, const struct xnode *n, int rank)
{
	int64_t times = file_size(xnode_text(e->f->a, n));

	(void)rank;
	if (times > 0 && times <= 1440)
		e->sy_frequency = (int)times;
}

void f_site_name(struct entry *e, const struct xnode *n, int rank)
{
	(void)rank;
	if (!e->f->site_name.len)
		e->f->site_name = safe_copy(e->f->a, xnode_text(e->f->a, n), SAFE_LINE);
}

void f_loc(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->link, entry_url(e, n, xnode_text(e->f->a, n)), rank);
}

void f_comments_feed(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->comments_feed, entry_url(e, n, xnode_text(e->f->a, n)), rank);
}

/* How many comments there are; the largest of several statements, which are of several times. */
void f_n_comments(struct entry *e, const struct xnode *n, int rank)
{
	int64_t count = file_size(xnode_text(e->f->a, n));

	(void)rank;
	if (count > e->n_comments && count < INT32_MAX)
		e->n_comments = count;
}

void f_picture(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->image, entry_url(e, n, xnode_text(e->f->a, n)), rank);
}
