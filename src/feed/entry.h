/* SPDX-License-Identifier: MIT */
/* An item, or the head of a feed, being put together from the elements of any namespace: each field function
 * offers what it found with a rank, and the best offer wins, whatever the order in the document. Internal to
 * feed/. */
#ifndef CO_FEED_ENTRY_H
#define CO_FEED_ENTRY_H

#include "base/vec.h"
#include "feed/feed_parse.h"
#include "feed/xtree.h"
#include "model/feed.h"

#define ENTRY_MAX_LIST    256 /* authors, tags, attachments of one item */
#define FEED_MAX_WARNINGS 32

/* What holds for the whole feed. */
struct feed_work {
	struct arena *a;      /* of the result */
	struct str url;       /* where it came from; absent when unknown */
	struct str link_base; /* the feed's own link, absolute, where references are resolved against it */
	struct feed *feed;
	feed_body_fn *take_body; /* NULL: bodies stay HTML */
	void *body_arg;
	struct arena *body_arena; /* of the tree that it is given */
	bool atom_defaults;       /* a text without type is text, not HTML */
	struct str site_name;     /* a news sitemap tells it with each item */
	struct {
		VEC(struct str);
	} warnings;
	unsigned warned; /* enum feed_warning bits, so that each is told once */
};

enum feed_warning { WARN_DATE = 1, WARN_LINK = 2, WARN_ITEMS = 4, WARN_FIELD = 8 };
void feed_warn(struct feed_work *f, enum feed_warning once, const char *fmt, ...) PRINTF(3, 4);

enum text_type { TEXT_PLAIN, TEXT_HTML, TEXT_XHTML, TEXT_GUESS /* a title of RSS */ };

struct pick {
	const struct xnode *node;
	struct str text; /* when it is no node's */
	enum text_type type;
	int rank; /* 0: nothing yet; 1 is best */
};

struct ranked {
	struct str v;
	int rank;
};

struct entry {
	struct feed_work *f;
	bool is_head;
	struct pick title, body, summary;
	struct ranked link, image, favicon, comments, comments_feed, transcript, chapters, lang, id;
	struct str feed_url, next_url, hub, copyright;
	bool id_is_url;
	int64_t published, modified;
	int published_rank, modified_rank;
	double duration_s;
	int64_t n_comments;
	int ttl_minutes, sy_period_minutes, sy_frequency;
	uint32_t skip_hours;
	uint8_t skip_days;
	int person_rank;
	struct {
		VEC(struct person);
	} people;
	struct {
		VEC(struct str);
	} tags;
	struct {
		VEC(struct attachment);
	} files;
};

void entry_init(struct entry *e, struct feed_work *f, bool is_head);
void entry_release(struct entry *e);
/* Runs the field functions over the children of n. */
void entry_take(struct entry *e, const struct xnode *n);
/* Turns what was gathered into the record. */
void entry_finish_item(struct entry *e, struct item *it);
void entry_finish_head(struct entry *e, struct feed *feed);

/* Offers. rank 1 is best; of equal ranks the first stays. Empty ones are ignored; base64 is decoded. */
void offer_text(struct entry *e, struct pick *p, const struct xnode *n, enum text_type type, int rank);
void offer(struct ranked *r, struct str v, int rank);
/* Resolved against the node's base and cleaned; absent when it is no address to show. A relative one stays as
 * it is where there is nothing to resolve it against. */
struct str entry_url(struct entry *e, const struct xnode *n, struct str ref);
void add_person(struct entry *e, struct str name, struct str url, int rank);
void add_person_string(struct entry *e, struct str s, int rank); /* "Name <a@b>" and its kin */
void add_tag(struct entry *e, struct str tag);
void add_tags_split(struct entry *e, struct str list);
/* Gives the attachment of that address, made when new; NULL when it is none. Borrowed until the next one. */
struct attachment *add_file(struct entry *e, const struct xnode *n, struct str url, struct str mime);
void set_date(struct entry *e, struct str text, bool modified, int rank); /* of equal ranks the last counts */
/* "95", "1:35", "1:02:03" → seconds; < 0 when it is none. */
double duration_seconds(struct str s);
/* "1,234 bytes" → 1234, "12 MB" → 12000000; -1 when it is none. */
int64_t file_size(struct str s);

/* The element table (field.c). */
enum { IN_HEAD = 1, IN_ITEM = 2, ANYWHERE = 3 };
typedef void field_fn(struct entry *e, const struct xnode *n, int arg);
struct field {
	enum ns ns;
	unsigned where;
	const char *name;
	field_fn *fn;
	int arg;
};
const struct field *field_find(enum ns ns, struct str name);

/* The field functions, by home. rss.c: */
field_fn f_title, f_link, f_guid, f_description, f_date, f_modified, f_author, f_category, f_enclosure,
    f_comments, f_image, f_language, f_copyright, f_ttl, f_skip_hours, f_skip_days, f_full_text;
/* atom.c: */
field_fn f_id, f_content, f_summary, f_icon, f_logo;
/* ext.c: */
field_fn f_descend, f_person, f_subject, f_keywords, f_encoded, f_xhtml_body, f_sy_period, f_sy_frequency,
    f_site_name, f_identifier, f_loc, f_picture, f_comments_feed, f_n_comments;
/* media.c: */
field_fn f_media_content, f_media_thumbnail, f_media_text, f_itunes_image, f_itunes_duration, f_itunes_text,
    f_transcript, f_chapters;

/* The type that a text element states (Atom's type and mode), or the default of the format. */
enum text_type text_type_of(const struct entry *e, const struct xnode *n, enum text_type untyped);
/* True when n says that it holds base64; *decoded is then its text in UTF-8, absent when it holds something
 * else. */
bool text_is_base64(const struct entry *e, const struct xnode *n, struct str *decoded);
bool looks_like_html(struct str s);

#endif
