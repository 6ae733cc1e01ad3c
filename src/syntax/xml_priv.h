/* SPDX-License-Identifier: MIT */
/* What the parts of the XML repair share. The document is walked once: markup goes to `markup`, text is held
 * back, and a token stands in its place. Thread: one owner. */
#ifndef CO_SYNTAX_XML_PRIV_H
#define CO_SYNTAX_XML_PRIV_H

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "syntax/xml.h"
#include "syntax/xml_repair.h"

#define XML_MAX_NS       512 /* namespace declarations in force at once */
#define XML_MAX_ENTITIES 256 /* declared by a document */

struct xml_entity {
	struct str name, value; /* value absent: outside the document, never read */
};

struct xml_open {
	struct str name; /* as it stands in the start tag that was let through */
	unsigned n_ns;   /* namespace declarations in force with it */
};

struct tag_attr {
	struct str name, value;
	char quote; /* 0: none stood there */
};

struct tag {
	struct str name;
	size_t end;                /* behind its > */
	bool self_closed, ok, cut; /* ok: as XML wants it; cut: the document ends in it */
	bool words;                /* some attribute has no value */
	size_t n;
	struct tag_attr attrs[XML_MAX_ATTRS];
};

struct repair {
	struct str in;
	size_t at;     /* the next byte to look at */
	size_t copied; /* what stands before this is in lean->markup, held, or left out */
	struct xml_lean *lean;
	struct arena *a;
	struct buf held;   /* the text being read, once something in it is not as it stands */
	size_t held_from;  /* what of the text stands before this is in `held` */
	size_t held_bytes; /* of all texts */
	size_t most_bytes;
	bool root_seen, done;
	bool no_comment_end; /* behind `at` there is none */
	size_t cdata_end;    /* the next ]]> that was found, SIZE_MAX: none follows */
	unsigned mended;
	struct xml_open open[XML_MAX_DEPTH];
	unsigned depth;
	size_t skip;   /* elements open below the depth limit */
	size_t budget; /* bytes that entities may still grow to */
	struct {
		VEC(struct xml_entity);
	} entities;
	struct tag tag; /* the one being read */
};

/* Lets in.p[copied, from) through, adds `with`, goes on at `to`. */
void repair_cut(struct repair *r, size_t from, size_t to, struct str with);
/* Adds bytes behind what was let through so far (a cut must have come before). */
void repair_add(struct repair *r, struct str with);

/* Holds text back that stood at in.p[r->at, to), and goes on at `to`. */
void repair_hold(struct repair *r, struct str text, size_t to);

/* xml_ref.c: the document type; references and forbidden characters up to end. Both leave r->at behind what
 * they read. */
enum repair_where { IN_TEXT, IN_ATTR, IN_CDATA };
void repair_doctype(struct repair *r);
void repair_value(struct repair *r, size_t end);
/* The text at in.p[from, end), its references decoded: part of the document, or in the arena. */
struct str repair_text(struct repair *r, size_t from, size_t end, enum repair_where where);

/* xml_tag.c: a tag at r->at. False: it is no tag, its < is text. */
bool repair_start_tag(struct repair *r);
bool repair_end_tag(struct repair *r);
void repair_close(struct repair *r, unsigned depth, size_t at);
/* Length of a name at `at`, 0 when none begins there. */
size_t repair_name_len(struct str in, size_t at);

#endif
